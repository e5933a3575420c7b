using System.Net;

namespace Courier.Media.Sdp;

/// <summary>One m= line with what belongs to it (RFC 8866 §5.14).</summary>
internal sealed class MediaDescription
{
    /// <summary>audio, video, image …</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is received; 0 refuses or removes the stream.</summary>
    public required int Port { get; init; }

    /// <summary>RTP/AVP, RTP/SAVP …</summary>
    public required string Protocol { get; init; }

    /// <summary>Payload types, or formats of other kinds, as written.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>Where it is received, when it says so itself; <see cref="IPAddress.None"/> for a name, which is not looked up.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>Its own direction; null when it says nothing.</summary>
    public MediaDirection? Direction { get; set; }

    /// <summary>Milliseconds of a packet that it wants to receive, when it says so.</summary>
    public int? PacketMs { get; set; }

    /// <summary>The most milliseconds of a packet that it takes, when it says so.</summary>
    public int? MostPacketMs { get; set; }

    /// <summary>Where RTCP goes when not to the port after RTP's (RFC 3605).</summary>
    public int? RtcpPort { get; set; }

    /// <summary>Where RTCP goes when not to RTP's host.</summary>
    public IPAddress? RtcpAddress { get; set; }

    /// <summary>Whether RTCP may share RTP's port (RFC 5761).</summary>
    public bool RtcpMux { get; set; }

    /// <summary>Payload type → "encoding/rate" as written.</summary>
    public Dictionary<int, string> Encodings { get; } = [];

    /// <summary>Keys that are offered or chosen (RFC 4568).</summary>
    public List<CryptoLine> Crypto { get; } = [];
}
