using System.Buffers.Binary;
using System.Text;

namespace Courier.Media.Rtp;

/// <summary>
/// RTCP of one leg (RFC 3550 §6): our reports of what is sent and received, and what the peer says of it. Knows no socket. Reading never throws.
/// </summary>
internal sealed class Rtcp(uint ssrc, string name, Reception reception)
{
    /// <summary>The most bytes of what is written.</summary>
    public const int LargestReport = 160;

    private const byte SenderReport = 200, ReceiverReport = 201, Descriptions = 202, Goodbye = 203;
    private const int BlockLength = 24;

    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _name = Encoding.ASCII.GetBytes(name);
    private uint _lastSenderReport;
    private TimeSpan _lastSenderReportAt;

    /// <summary>There and back, from the peer's last report; null before it.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>Share of our packets that the peer missed, 0 to 1, from its last report; null before it.</summary>
    public double? RemoteLoss { get; private set; }

    /// <summary>Writes a report, or a goodbye; returns its length.</summary>
    /// <param name="buffer">At least <see cref="LargestReport"/> bytes.</param>
    /// <param name="sent">What we have sent: packets, bytes of payload, and the timestamp of this moment. No packets: a receiver's report.</param>
    /// <param name="now">The same moment on the clock that <see cref="Read"/> is given.</param>
    /// <param name="wall">The same moment for people.</param>
    /// <param name="isLast">The call ends.</param>
    public int Write(Span<byte> buffer, (long Packets, long Bytes, uint Timestamp) sent, TimeSpan now, DateTimeOffset wall, bool isLast)
    {
        var blocks = reception.Source is null ? 0 : 1;
        var isSender = sent.Packets > 0;
        var length = isSender ? 28 : 8;
        Header(buffer, blocks, isSender ? SenderReport : ReceiverReport, length + blocks * BlockLength);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], ssrc);
        if (isSender)
        {
            BinaryPrimitives.WriteUInt64BigEndian(buffer[8..], NetworkTime(wall));
            BinaryPrimitives.WriteUInt32BigEndian(buffer[16..], sent.Timestamp);
            BinaryPrimitives.WriteUInt32BigEndian(buffer[20..], (uint)sent.Packets);
            BinaryPrimitives.WriteUInt32BigEndian(buffer[24..], (uint)sent.Bytes);
        }
        if (blocks == 1) length += WriteBlock(buffer[length..], now);
        length += WriteName(buffer[length..]);
        if (!isLast) return length;
        Header(buffer[length..], 1, Goodbye, 8);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[(length + 4)..], ssrc);
        return length + 8;
    }

    /// <summary>Reads what came. False when it is no RTCP; what cannot be understood inside is passed over.</summary>
    public bool Read(ReadOnlySpan<byte> bytes, TimeSpan now, DateTimeOffset wall)
    {
        if (bytes.Length < 8 || bytes[0] >> 6 != 2 || bytes[1] is < 192 or > 223) return false;
        while (bytes.Length >= 8 && bytes[0] >> 6 == 2)
        {
            var length = 4 * (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) + 1);
            if (length > bytes.Length) break;
            ReadOne(bytes[..length], now, wall);
            bytes = bytes[length..];
        }
        return true;
    }

    private void ReadOne(ReadOnlySpan<byte> packet, TimeSpan now, DateTimeOffset wall)
    {
        var (blocks, type) = (packet[0] & 31, packet[1]);
        var at = type switch { SenderReport => 28, ReceiverReport => 8, _ => int.MaxValue };
        if (at > packet.Length) return;
        if (type == SenderReport)
        {
            _lastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(packet[10..]); // the middle of its 64-bit time
            _lastSenderReportAt = now;
        }
        for (; blocks > 0 && at + BlockLength <= packet.Length; blocks--, at += BlockLength) ReadBlock(packet.Slice(at, BlockLength), wall);
    }

    private void ReadBlock(ReadOnlySpan<byte> block, DateTimeOffset wall)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(block) != ssrc) return;
        RemoteLoss = block[4] / 256.0;
        var (lastReport, delay) = (BinaryPrimitives.ReadUInt32BigEndian(block[16..]), BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
        if (lastReport == 0) return;
        var units = (int)((uint)(NetworkTime(wall) >> 16) - lastReport - delay);
        // Less than nothing is the peer's rounding; more than a minute is nonsense.
        if (units is > -0x10000 and < 60 * 0x10000) RoundTrip = TimeSpan.FromSeconds(Math.Max(0, units) / 65536.0);
    }

    private int WriteBlock(Span<byte> block, TimeSpan now)
    {
        var (fraction, cumulative) = reception.LossForReport();
        BinaryPrimitives.WriteUInt32BigEndian(block, reception.Source!.Value);
        BinaryPrimitives.WriteInt32BigEndian(block[4..], cumulative & 0xFFFFFF);
        block[4] = fraction;
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], reception.HighestExtended);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], reception.Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], _lastSenderReport);
        var delay = _lastSenderReport == 0 ? 0 : (uint)((now - _lastSenderReportAt).TotalSeconds * 65536);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], delay);
        return BlockLength;
    }

    // One description with our name, ended by at least one zero byte and filled up to whole words.
    private int WriteName(Span<byte> buffer)
    {
        var length = (8 + 2 + _name.Length + 1 + 3) & ~3;
        buffer[..length].Clear();
        Header(buffer, 1, Descriptions, length);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], ssrc);
        (buffer[8], buffer[9]) = (1, (byte)_name.Length);
        _name.CopyTo(buffer[10..]);
        return length;
    }

    private static void Header(Span<byte> buffer, int count, byte type, int length)
    {
        (buffer[0], buffer[1]) = ((byte)(0x80 | count), type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)(length / 4 - 1));
    }

    // Seconds since 1900 in the upper half, their fraction in the lower.
    private static ulong NetworkTime(DateTimeOffset wall)
    {
        var ticks = (ulong)(wall - Epoch).Ticks;
        return (ticks / TimeSpan.TicksPerSecond << 32) | (ticks % TimeSpan.TicksPerSecond << 32) / TimeSpan.TicksPerSecond;
    }
}
