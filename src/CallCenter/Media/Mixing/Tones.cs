using Courier.Media.Codecs;
using Courier.Media.Dtmf;

namespace Courier.Media.Mixing;

/// <summary>The tones of the Chinese telephone network (GB/T 3380: 450 Hz) and of keys. Each of the first two is one period: play it in a loop.</summary>
public static class Tones
{
    // About -13 dBm0, as networks send them.
    private const double Amplitude = 0.15 * short.MaxValue;

    /// <summary>It rings at the other end: 1 s on, 4 s off.</summary>
    public static AudioClip RingBack { get; } = Cadence(1000, 4000, 450);

    /// <summary>Busy: 0.35 s on, 0.35 s off.</summary>
    public static AudioClip Busy { get; } = Cadence(350, 350, 450);

    /// <summary>Speak after the tone: 0.4 s.</summary>
    public static AudioClip Beep { get; } = Cadence(400, 0, 1000);

    private static readonly Dictionary<char, AudioClip> Digits = Keys.All.ToDictionary(k => k, k => Cadence(100, 80, Keys.Tones(k).Low, Keys.Tones(k).High));

    /// <summary>A key as a telephone without signalling sends it: 100 ms of its two tones (ITU-T Q.23), then 80 ms of silence.</summary>
    internal static AudioClip OfKey(char key) => Digits[key];

    private static AudioClip Cadence(int onMs, int offMs, params int[] frequencies)
    {
        var samples = new short[(onMs + offMs) * Frame.Rate / 1000];
        for (var i = 0; i < onMs * Frame.Rate / 1000; i++)
            samples[i] = (short)frequencies.Sum(f => Amplitude * Math.Sin(2 * Math.PI * f * i / Frame.Rate));
        return new AudioClip(samples);
    }
}
