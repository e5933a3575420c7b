namespace Courier.Media.Codecs;

/// <summary>How loud samples are.</summary>
internal static class Loudness
{
    /// <summary>Mean square of the samples; 0 for none.</summary>
    public static double Power(ReadOnlySpan<short> samples)
    {
        var sum = 0L;
        foreach (var sample in samples) sum += sample * sample;
        return samples.IsEmpty ? 0 : (double)sum / samples.Length;
    }
}
