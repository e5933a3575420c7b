using Courier.Media.Codecs;

namespace Courier.Media.Wav;

/// <summary>Other rates to 8 kHz by a windowed sinc: done once for a prompt, so exactness counts more than speed.</summary>
internal static class Resampling
{
    private const int ZeroCrossings = 16;

    // A little below half the rate, so that the filter's slope does not fold back.
    private const double Passed = 0.92;

    /// <summary>The samples at 8 kHz and 16 bit.</summary>
    public static short[] ToTelephone(float[] samples, int rate)
    {
        if (rate == Frame.Rate) return Array.ConvertAll(samples, s => Clip(s));
        var step = (int)Gcd(rate, Frame.Rate);
        var (phases, stride) = (Frame.Rate / step, rate / step);
        var cutoff = Passed * Math.Min(1, (double)Frame.Rate / rate);
        var reach = (int)Math.Ceiling(ZeroCrossings / cutoff);
        var filters = new double[phases][];
        var result = new short[(int)((long)samples.Length * Frame.Rate / rate)];
        for (var i = 0; i < result.Length; i++)
        {
            var position = (long)i * stride;
            var (at, phase) = ((int)(position / phases), (int)(position % phases));
            result[i] = Apply(filters[phase] ??= Filter((double)phase / phases, cutoff, reach), samples, at - reach + 1);
        }
        return result;
    }

    private static short Apply(double[] filter, float[] samples, int first)
    {
        var sum = 0.0;
        for (var k = Math.Max(0, -first); k < filter.Length && first + k < samples.Length; k++) sum += filter[k] * samples[first + k];
        return Clip(sum);
    }

    // Centred between two input samples, by the phase of what is wanted; gain one at zero frequency.
    private static double[] Filter(double phase, double cutoff, int reach)
    {
        var filter = new double[2 * reach];
        for (var k = 0; k < filter.Length; k++)
        {
            var distance = k - reach + 1 - phase;
            var window = 0.5 + 0.5 * Math.Cos(Math.PI * Math.Clamp(distance / reach, -1, 1));
            filter[k] = window * (distance == 0 ? 1 : Math.Sin(Math.PI * cutoff * distance) / (Math.PI * cutoff * distance));
        }
        var sum = filter.Sum();
        return Array.ConvertAll(filter, f => f / sum);
    }

    private static short Clip(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
