namespace Courier.Media.Codecs;

/// <summary>Noise of the level that a peer names while it sends nothing (RFC 3389, payload type 13); its spectrum is not rebuilt.</summary>
internal sealed class ComfortNoise
{
    /// <summary>The static payload type.</summary>
    public const byte PayloadType = 13;

    private uint _state = 0x2545F491;

    // Peak of uniform noise, 0 for none.
    private int _peak;

    /// <summary>Takes the level from a packet's payload: its first byte in -dBov, 0 the loudest, 127 the quietest; nothing in it is silence.</summary>
    public void Hear(ReadOnlySpan<byte> payload) =>
        _peak = payload.IsEmpty ? 0 : (int)(short.MaxValue * Math.Sqrt(3) * Math.Pow(10, -Math.Max(20, payload[0] & 0x7F) / 20.0)); // never louder than -20 dBov: it is to comfort

    /// <summary>Back to silence.</summary>
    public void Stop() => _peak = 0;

    /// <summary>Fills with noise of the level, or with silence.</summary>
    public void Fill(Span<short> samples)
    {
        if (_peak == 0)
        {
            samples.Clear();
            return;
        }
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)(_peak * (int)Next() >> 15);
    }

    // xorshift32; a signed 16-bit number, for it is to sound even and nothing more.
    private short Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (short)_state;
    }
}
