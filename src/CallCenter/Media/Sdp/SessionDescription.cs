using System.Net;

namespace Courier.Media.Sdp;

/// <summary>What a peer's session description says, as far as a telephone call needs it (RFC 8866).</summary>
internal sealed class SessionDescription
{
    /// <summary>The streams in their order, which answers keep.</summary>
    public List<MediaDescription> Media { get; } = [];

    /// <summary>Where streams are received that do not say so themselves.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>The direction of streams that do not say so themselves.</summary>
    public MediaDirection? Direction { get; set; }

    /// <summary>Milliseconds of a packet for streams that do not say so themselves.</summary>
    public int? PacketMs { get; set; }

    /// <summary>Where a stream is received; null when nothing says it.</summary>
    public IPAddress? AddressOf(MediaDescription stream) => stream.Address ?? Address;

    /// <summary>The direction of a stream, seen from the peer.</summary>
    public MediaDirection DirectionOf(MediaDescription stream) => stream.Direction ?? Direction ?? MediaDirection.SendRecv;
}
