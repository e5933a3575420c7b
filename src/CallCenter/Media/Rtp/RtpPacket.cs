using System.Buffers.Binary;

namespace Courier.Media.Rtp;

/// <summary>A packet of RTP as it lies in a buffer (RFC 3550 §5.1).</summary>
internal readonly ref struct RtpPacket
{
    /// <summary>Bytes of the header without sources and extension, as we write it.</summary>
    public const int HeaderLength = 12;

    public byte PayloadType { get; private init; }

    public bool Marker { get; private init; }

    public ushort Sequence { get; private init; }

    public uint Timestamp { get; private init; }

    public uint Ssrc { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Reads what came from the network; false when it is no RTP of version 2 or its lengths do not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RtpPacket packet)
    {
        packet = default;
        if (!TryMeasureHeader(bytes, out var header)) return false;
        var end = bytes.Length;
        if ((bytes[0] & 0x20) != 0)
        {
            var padding = bytes[^1];
            if (padding == 0 || padding > end - header) return false;
            end -= padding;
        }
        packet = new RtpPacket
        {
            Marker = (bytes[1] & 0x80) != 0,
            PayloadType = (byte)(bytes[1] & 0x7F),
            Sequence = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            Timestamp = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            Ssrc = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            Payload = bytes[header..end],
        };
        return true;
    }

    /// <summary>Where the payload begins: after contributing sources and the extension.</summary>
    public static bool TryMeasureHeader(ReadOnlySpan<byte> bytes, out int header)
    {
        header = 0;
        if (bytes.Length < HeaderLength || bytes[0] >> 6 != 2) return false;
        header = HeaderLength + 4 * (bytes[0] & 0x0F);
        if ((bytes[0] & 0x10) == 0) return header <= bytes.Length;
        if (header + 4 > bytes.Length) return false;
        header += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(bytes[(header + 2)..]);
        return header <= bytes.Length;
    }

    /// <summary>Writes a header of <see cref="HeaderLength"/> bytes.</summary>
    public static void WriteHeader(Span<byte> bytes, byte payloadType, bool marker, ushort sequence, uint timestamp, uint ssrc)
    {
        bytes[0] = 0x80;
        bytes[1] = (byte)(payloadType | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], ssrc);
    }

    /// <summary>Whether a packet on a port that both share is RTCP (RFC 5761 §4).</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[1] is >= 192 and <= 223;
}
