using System.Net;
using System.Net.Sockets;

namespace Courier.Sip.Transport;

/// <summary>Accepts TCP connections at one address and hands each on.</summary>
internal sealed class StreamListener : IDisposable
{
    private readonly Socket _socket;
    private readonly Func<Socket, ListenAt, IPEndPoint, Task> _accepted;

    public StreamListener(ListenAt listener, Func<Socket, ListenAt, IPEndPoint, Task> accepted)
    {
        Listener = listener;
        _accepted = accepted;
        _socket = new Socket(listener.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.Bind(listener.Address);
        _socket.Listen(512);
        Local = (IPEndPoint)_socket.LocalEndPoint!;
        Advertised = listener.Advertised is { } address ? new IPEndPoint(address, Local.Port) : Local;
    }

    public ListenAt Listener { get; }

    public IPEndPoint Local { get; }

    public IPEndPoint Advertised { get; }

    public async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = _accepted(await _socket.AcceptAsync(), Listener, Advertised);
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // gone before it was accepted
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
