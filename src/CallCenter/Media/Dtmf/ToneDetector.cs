using Courier.Media.Codecs;

namespace Courier.Media.Dtmf;

/// <summary>
/// Hears keys in the sound itself, for peers without telephone-event: Goertzel filters over blocks of 12.75 ms (ITU-T Q.24 asks for 40 ms
/// tones). A key counts when two blocks in a row say it clearly and both tones are about as loud, and again only after a pause.
/// </summary>
internal sealed class ToneDetector
{
    private const int Block = 102;
    private const double LeastPower = 4e4;      // mean square: about -43 dBov
    private const double LeastShare = 0.7;      // of the block's energy in the two tones; speech spreads wider
    private const double MostTwist = 6.3;       // 8 dB between the two tones
    private const double LeastLead = 4;         // 6 dB over the next tone of its group

    private static readonly double[] Coefficients = [.. Keys.Lows.Concat(Keys.Highs).Select(f => 2 * Math.Cos(2 * Math.PI * f / Frame.Rate))];

    private readonly short[] _block = new short[Block];
    private readonly double[] _powers = new double[8];
    private int _filled;
    private char? _last;
    private char? _down;
    private int _quiet;

    /// <summary>Hears a frame; the key when one is pressed. A frame holds at most one.</summary>
    public char? Hear(ReadOnlySpan<short> samples)
    {
        char? pressed = null;
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, Block - _filled);
            samples[..count].CopyTo(_block.AsSpan(_filled));
            samples = samples[count..];
            _filled += count;
            if (_filled < Block) break;
            _filled = 0;
            var key = Judge(KeyInBlock());
            pressed ??= key;
        }
        return pressed;
    }

    private char? Judge(char? heard)
    {
        var isSteady = heard is not null && heard == _last;
        _last = heard;
        _quiet = heard == _down ? 0 : _quiet + 1;
        if (_quiet >= 2) _down = null;
        if (!isSteady || _down == heard) return null;
        (_down, _quiet) = (heard, 0);
        return heard;
    }

    private char? KeyInBlock()
    {
        var power = Loudness.Power(_block);
        if (power < LeastPower) return null;
        for (var i = 0; i < _powers.Length; i++) _powers[i] = PowerAt(Coefficients[i]);
        var (row, low, nextLow) = Loudest(_powers.AsSpan(0, 4));
        var (column, high, nextHigh) = Loudest(_powers.AsSpan(4, 4));
        var isKey = low + high > LeastShare * power && low < high * MostTwist && high < low * MostTwist && low > nextLow * LeastLead && high > nextHigh * LeastLead;
        return isKey ? Keys.At(row, column) : null;
    }

    // Mean square of the part of the block at a frequency (Goertzel 1958).
    private double PowerAt(double coefficient)
    {
        double s1 = 0, s2 = 0;
        foreach (var sample in _block) (s1, s2) = (sample + coefficient * s1 - s2, s1);
        return 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / ((double)Block * Block);
    }

    private static (int At, double Most, double Next) Loudest(ReadOnlySpan<double> powers)
    {
        var (at, most, next) = (0, powers[0], 0.0);
        for (var i = 1; i < powers.Length; i++)
        {
            if (powers[i] > most) (at, most, next) = (i, powers[i], most);
            else next = Math.Max(next, powers[i]);
        }
        return (at, most, next);
    }
}
