using Courier.Media.Codecs;

namespace Courier.Media.Rtp;

/// <summary>
/// Counts what came from a peer and what did not (RFC 3550 §6.4.1, A.1, A.3, A.8). A new source begins anew, its predecessor's sums are kept: the
/// figures are those of the leg.
/// </summary>
internal sealed class Reception
{
    private const int MostDropout = 3000, MostMisorder = 100;

    private bool _hasSource;
    private uint _ssrc;
    private ushort _highest;
    private uint _cycles;
    private uint _first;
    private int? _restartAt;
    private long _ofSource;
    private long _expectedBefore, _receivedBefore;
    private long _expectedPrior, _receivedPrior;
    private double _lastTransit;
    private double _jitter;
    private double _jitterSum;
    private long _jitterCount;

    /// <summary>Packets that came.</summary>
    public long Received => _receivedBefore + _ofSource;

    /// <summary>Packets that were sent and did not come; repetitions make it smaller, not negative.</summary>
    public long Lost => Math.Max(0, Expected - Received);

    /// <summary>Packets that the peer sent, by their numbers.</summary>
    public long Expected => _expectedBefore + ExpectedOfSource;

    /// <summary>Milliseconds of jitter, mean over all packets of the leg.</summary>
    public double MeanJitterMs => _jitterCount == 0 ? 0 : _jitterSum / _jitterCount * 1000 / Frame.Rate;

    /// <summary>Jitter at this moment in units of the timestamp, as reports say it.</summary>
    public uint Jitter => (uint)_jitter;

    /// <summary>The peer's source; null before its first packet.</summary>
    public uint? Source => _hasSource ? _ssrc : null;

    /// <summary>Its highest number with the rounds before it.</summary>
    public uint HighestExtended => _cycles + _highest;

    private long ExpectedOfSource => _hasSource ? (long)HighestExtended - _first + 1 : 0;

    /// <summary>Counts a packet. True when another source speaks now, or the same one has begun anew.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="now">When it came.</param>
    public bool Count(in RtpPacket packet, TimeSpan now)
    {
        var isNew = !_hasSource || packet.Ssrc != _ssrc;
        if (isNew) Begin(packet.Ssrc, packet.Sequence);
        else if (!Follow(packet.Sequence, out isNew)) return false;
        _ofSource++;
        Measure(packet.Timestamp, now, isNew);
        return isNew;
    }

    /// <summary>Loss since the last report: fraction in 1/256 and the sum over the source, as a report block says them.</summary>
    public (byte Fraction, int Cumulative) LossForReport()
    {
        var (expected, received) = (ExpectedOfSource - _expectedPrior, _ofSource - _receivedPrior);
        (_expectedPrior, _receivedPrior) = (ExpectedOfSource, _ofSource);
        var lost = expected - received;
        var fraction = expected <= 0 || lost <= 0 ? 0 : Math.Min(255, (lost << 8) / expected);
        return ((byte)fraction, (int)Math.Clamp(ExpectedOfSource - _ofSource, -0x800000, 0x7FFFFF));
    }

    private void Begin(uint ssrc, ushort sequence)
    {
        _expectedBefore += ExpectedOfSource;
        _receivedBefore += _ofSource;
        (_hasSource, _ssrc, _highest, _cycles, _first, _restartAt) = (true, ssrc, sequence, 0, sequence, null);
        (_ofSource, _expectedPrior, _receivedPrior, _jitter) = (0, 0, 0, 0);
    }

    // False when the packet is not counted: one far away may be an error, two in a row are a new beginning.
    private bool Follow(ushort sequence, out bool restarted)
    {
        restarted = false;
        var ahead = (ushort)(sequence - _highest);
        if (ahead < MostDropout)
        {
            if (sequence < _highest) _cycles += 0x10000;
            _highest = sequence;
        }
        else if (ahead <= 0x10000 - MostMisorder)
        {
            restarted = sequence == _restartAt;
            _restartAt = (sequence + 1) & 0xFFFF;
            if (restarted) Begin(_ssrc, sequence);
            return restarted;
        }
        _restartAt = null;
        return true;
    }

    private void Measure(uint timestamp, TimeSpan now, bool isNew)
    {
        // Differences of timestamps wrap, so transit is kept modulo 2^32.
        var transit = (double)(uint)((long)(now.TotalSeconds * Frame.Rate) - timestamp);
        var difference = transit - _lastTransit;
        _lastTransit = transit;
        if (isNew) return;
        if (difference > uint.MaxValue / 2.0) difference -= uint.MaxValue + 1.0;
        if (difference < -(uint.MaxValue / 2.0)) difference += uint.MaxValue + 1.0;
        // A jump of more than a second is a pause of the sender's clock, not the network's doing.
        if (Math.Abs(difference) > Frame.Rate) return;
        _jitter += (Math.Abs(difference) - _jitter) / 16;
        _jitterSum += _jitter;
        _jitterCount++;
    }
}
