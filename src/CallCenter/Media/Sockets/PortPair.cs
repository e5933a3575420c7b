using System.Net;
using System.Net.Sockets;

namespace Courier.Media.Sockets;

/// <summary>Two bound sockets: an even port for RTP, the odd one after it for RTCP (RFC 3550 §11). They stay bound from call to call.</summary>
internal sealed class PortPair : IDisposable
{
    // 46, expedited forwarding (RFC 3246), in the upper six bits.
    private const int ExpeditedForwarding = 46 << 2;

    // IPV6_TCLASS of Linux; the runtime has no name for it.
    private const int TrafficClass = 67;

    private readonly SocketAddress _source;

    private PortPair(Socket rtp, Socket rtcp)
    {
        (Rtp, Rtcp) = (rtp, rtcp);
        Port = ((IPEndPoint)rtp.LocalEndPoint!).Port;
        _source = new SocketAddress(rtp.AddressFamily);
    }

    public Socket Rtp { get; }

    public Socket Rtcp { get; }

    public int Port { get; }

    /// <summary>Whether nothing has come that nobody has read.</summary>
    public bool IsQuiet => Rtp.Available == 0 && Rtcp.Available == 0;

    /// <summary>Binds a pair; null when one of the two is taken. Port 0: the system chooses.</summary>
    public static PortPair? TryBind(IPAddress address, int port)
    {
        if (TryBindOne(address, port) is not { } rtp) return null;
        var bound = ((IPEndPoint)rtp.LocalEndPoint!).Port;
        if (bound % 2 == 0 && bound < 65535 && TryBindOne(address, bound + 1) is { } rtcp) return new PortPair(rtp, rtcp);
        rtp.Dispose();
        return null;
    }

    /// <summary>Reads a packet that is there; 0 when none is. Never waits.</summary>
    public int Receive(Socket socket, Span<byte> buffer, out UdpAddress source)
    {
        source = default;
        try
        {
            var length = socket.ReceiveFrom(buffer, SocketFlags.None, _source);
            source = UdpAddress.Of(_source);
            return length;
        }
        catch (SocketException)
        {
            return 0; // too large for us, damaged on its way, or somebody's port is closed: nothing that is worth an answer
        }
    }

    /// <summary>Sends a packet; false when the system refuses.</summary>
    public static bool TrySend(Socket socket, ReadOnlySpan<byte> packet, SocketAddress to)
    {
        try
        {
            socket.SendTo(packet, SocketFlags.None, to);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Throws away what came to the ports while nobody had them.</summary>
    public void Drain()
    {
        Span<byte> buffer = stackalloc byte[MediaEngine.LargestPacket];
        foreach (var socket in (ReadOnlySpan<Socket>)[Rtp, Rtcp])
        {
            // Bounded, or a flood could hold up the thread.
            for (var i = 0; i < 1000 && socket.Available > 0; i++) Receive(socket, buffer, out _);
        }
    }

    public void Dispose()
    {
        Rtp.Dispose();
        Rtcp.Dispose();
    }

    private static Socket? TryBindOne(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            if (address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            if (address.AddressFamily == AddressFamily.InterNetwork) socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, ExpeditedForwarding);
            else if (OperatingSystem.IsLinux()) socket.SetRawSocketOption((int)SocketOptionLevel.IPv6, TrafficClass, BitConverter.GetBytes(ExpeditedForwarding));
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }
}
