using System.Buffers.Binary;

namespace Courier.Media.Dtmf;

/// <summary>
/// Reads telephone events (RFC 4733 §2.5.2): a press is known by its source and timestamp and told once, at the first packet of it that
/// comes, whichever that is. Lost starts, lost ends and repetitions change nothing; the same key again is another timestamp.
/// </summary>
internal sealed class EventReceiver
{
    /// <summary>An event that is not heard of for so long has ended, whether its last packets came or not.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromMilliseconds(150);

    private const int LongestSegment = 0xFFFF;

    private bool _hasHeard;
    private uint _ssrc;
    private uint _timestamp;
    private byte _event;
    private bool _ended;
    private TimeSpan _lastHeard;

    /// <summary>Whether a key is down at this moment: no sound comes from the peer then.</summary>
    public bool IsDown(TimeSpan now) => _hasHeard && !_ended && now - _lastHeard < Lapse;

    /// <summary>Reads a packet's payload; the key when it is the first of a press.</summary>
    public char? Read(uint ssrc, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (payload.Length < 4) return null;
        var (number, end, duration) = (payload[0], (payload[1] & 0x80) != 0, BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        var sameSource = _hasHeard && _ssrc == ssrc;
        if (sameSource && (int)(timestamp - _timestamp) < 0) return null; // a straggler of an earlier press
        var known = sameSource && (timestamp == _timestamp || IsNextSegment(timestamp, number, duration, now));
        (_hasHeard, _ssrc, _timestamp, _event, _lastHeard) = (true, ssrc, timestamp, number, now);
        _ended = known && timestamp == _timestamp ? _ended || end : end;
        return known ? null : Keys.OfEvent(number);
    }

    // A key held down for more than eight seconds goes on under another timestamp (RFC 4733 §2.5.1.3).
    private bool IsNextSegment(uint timestamp, byte number, int duration, TimeSpan now) =>
        !_ended && number == _event && now - _lastHeard < Lapse && timestamp - _timestamp == LongestSegment && duration > 0;
}
