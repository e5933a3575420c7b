namespace Courier.Media.Codecs;

/// <summary>
/// Covers lost packets in the manner of ITU-T G.711 Appendix I: the last periods of the voice are repeated, fading to silence within 60 ms,
/// and what comes afterwards is faded in over them. No allocation; the search for the period runs only at the first missing frame.
/// </summary>
internal sealed class LossConcealment
{
    private const int LongestPeriod = 120, ShortestPeriod = 40;      // 66 to 200 Hz
    private const int History = 3 * LongestPeriod, Compared = 160;
    private const int FullVolume = 80, Fade = 400;                   // 10 ms as loud as before, silent after 60
    private const int Overlap = 32;                                  // 4 ms

    private readonly short[] _history = new short[History];
    private readonly short[] _tail = new short[Overlap];
    private int _period;
    private int _concealed;

    /// <summary>Takes what was received, and fades it in over the end of a concealed gap.</summary>
    public void Received(Span<short> samples)
    {
        if (_concealed > 0)
        {
            var overlap = _tail.AsSpan(0, Math.Min(Overlap, samples.Length));
            Repeat(overlap);
            for (var i = 0; i < overlap.Length; i++) samples[i] = (short)((samples[i] * (i + 1) + overlap[i] * (overlap.Length - i)) / (overlap.Length + 1));
            _concealed = 0;
        }
        Remember(samples);
    }

    /// <summary>Fills a gap.</summary>
    public void Conceal(Span<short> samples)
    {
        if (_concealed == 0) _period = FindPeriod();
        Repeat(samples);
    }

    /// <summary>Forgets everything: another voice follows.</summary>
    public void Reset()
    {
        Array.Clear(_history);
        _concealed = 0;
    }

    private void Repeat(Span<short> samples)
    {
        for (var i = 0; i < samples.Length; i++, _concealed++)
        {
            var gain = _concealed < FullVolume ? Fade : Math.Max(0, Fade - (_concealed - FullVolume));
            samples[i] = (short)(_history[History - _period + _concealed % _period] * gain / Fade);
        }
    }

    private void Remember(ReadOnlySpan<short> samples)
    {
        if (samples.Length >= History)
        {
            samples[^History..].CopyTo(_history);
            return;
        }
        _history.AsSpan(samples.Length).CopyTo(_history);
        samples.CopyTo(_history.AsSpan(History - samples.Length));
    }

    // The shift at which the last 20 ms look most like what was before.
    private int FindPeriod()
    {
        var (best, bestScore) = (LongestPeriod, double.MinValue);
        var recent = _history.AsSpan(History - Compared);
        for (var shift = ShortestPeriod; shift <= LongestPeriod; shift++)
        {
            var before = _history.AsSpan(History - Compared - shift, Compared);
            long product = 0, power = 1;
            for (var i = 0; i < Compared; i++)
            {
                product += recent[i] * before[i];
                power += before[i] * before[i];
            }
            var score = product / Math.Sqrt(power);
            if (score > bestScore) (best, bestScore) = (shift, score);
        }
        return best;
    }
}
