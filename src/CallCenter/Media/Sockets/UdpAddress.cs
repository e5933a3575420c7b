using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Courier.Media.Sockets;

/// <summary>An address and a port that can be compared without making objects of them. IPv4 is kept mapped into IPv6.</summary>
internal readonly record struct UdpAddress(UInt128 Host, ushort Port)
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    public static UdpAddress Of(IPEndPoint endPoint) => new(HostOf(endPoint.Address), (ushort)endPoint.Port);

    public static UInt128 HostOf(IPAddress address) => BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());

    /// <summary>From what a socket says of a packet's source. Port and host lie at the same places on all systems.</summary>
    public static UdpAddress Of(SocketAddress source)
    {
        var bytes = source.Buffer.Span;
        var host = source.Family == AddressFamily.InterNetwork
            ? new UInt128(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]))
            : BinaryPrimitives.ReadUInt128BigEndian(bytes[8..]);
        return new UdpAddress(host, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
    }

    /// <summary>As a socket of a family wants it; null when an IPv4 socket is to send to IPv6.</summary>
    public SocketAddress? ToSocketAddress(AddressFamily family)
    {
        var end = ToEndPoint();
        if (family == AddressFamily.InterNetworkV6) return new IPEndPoint(end.Address.MapToIPv6(), Port).Serialize();
        return end.AddressFamily == family ? end.Serialize() : null;
    }

    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Host);
        var address = new IPAddress(bytes);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, Port);
    }

    public override string ToString() => ToEndPoint().ToString();
}
