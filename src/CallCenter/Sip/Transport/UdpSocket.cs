using System.Net;
using System.Net.Sockets;
using Courier.Sip.Messages;

namespace Courier.Sip.Transport;

/// <summary>One UDP socket with the thread that reads it. Answers leave by the socket that the request came to (RFC 3581 §4).</summary>
internal sealed class UdpSocket : IDisposable
{
    // Bursts wait here while the thread is busy; the system may grant less.
    private const int Buffer = 4 * 1024 * 1024;

    private readonly Socket _socket;
    private readonly Gate _gate;

    public UdpSocket(ListenAt listener, Gate gate)
    {
        _gate = gate;
        _socket = new Socket(listener.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = Buffer, SendBufferSize = Buffer };
        _socket.Bind(listener.Address);
        Local = (IPEndPoint)_socket.LocalEndPoint!;
        Advertised = listener.Advertised is { } address ? new IPEndPoint(address, Local.Port) : Local;
    }

    public IPEndPoint Local { get; }

    public IPEndPoint Advertised { get; }

    // A blocking read on a thread of its own costs half of what an asynchronous one does.
    public void Start() => new Thread(Read) { IsBackground = true, Name = "SIP UDP" }.Start();

    public Flow To(IPEndPoint remote) => new UdpFlow(this, remote, remote);

    public void Dispose() => _socket.Dispose();

    private void Read()
    {
        var buffer = new byte[SipParser.LongestMessage + 1];
        var from = new SocketAddress(_socket.AddressFamily);
        while (true)
        {
            int length;
            try
            {
                length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused or SocketError.MessageSize)
            {
                continue; // somebody's port is closed, which says nothing about others
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
            var remote = (IPEndPoint)Local.Create(from);
            _gate.Take(buffer.AsSpan(0, length), new UdpFlow(this, remote, remote));
        }
    }

    private bool TrySend(ReadOnlySpan<byte> message, SocketAddress to)
    {
        try
        {
            return _socket.SendTo(message, SocketFlags.None, to) == message.Length;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private sealed class UdpFlow(UdpSocket socket, IPEndPoint remote, IPEndPoint source) : Flow
    {
        private readonly SocketAddress _to = remote.Serialize();

        public override string Transport => "UDP";

        public override IPEndPoint Remote => remote;

        public override IPEndPoint Advertised => socket.Advertised;

        internal override IPEndPoint Source => source;

        public override bool TrySend(ReadOnlyMemory<byte> message) => socket.TrySend(message.Span, _to);

        /// <remarks>
        /// With rport answers go where the request came from. Without it they go to the port that Via names – unless the address
        /// there is another, which is NAT, where only the way back along the packet's own path leads anywhere.
        /// </remarks>
        internal override Flow ForAnswersTo(Via top)
        {
            if (top.Parameters.Has("rport") || !top.SaysAddress(remote.Address)) return this;
            var port = top.Port ?? 5060;
            return port == remote.Port ? this : new UdpFlow(socket, new IPEndPoint(remote.Address, port), remote);
        }
    }
}
