using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>What is heard at this moment, told by correlation.</summary>
public static class Listening
{
    private const int Moment = 4000;

    private static readonly short[] Round = [.. SoundingTelephone.Music, .. SoundingTelephone.Music.AsSpan(0, Moment)];

    /// <summary>Waits until the last half second are a tone.</summary>
    public static Task Tone(Func<short[]> heard, int hertz, string what) => Wait.Until(() => Last(heard()) is { } last && Sounds.Share(last, hertz) > 0.9, what + $" hears {hertz} Hz");

    /// <summary>Waits until the last half second are several tones together and nothing else.</summary>
    public static Task Together(Func<short[]> heard, string what, params int[] hertz) => Wait.Until(
        () => Last(heard()) is { } last && hertz.Select(h => Sounds.Share(last, h)).ToList() is var shares && shares.TrueForAll(s => s > 0.05) && shares.Sum() > 0.9, what + " hears " + string.Join(" and ", hertz));

    /// <summary>Waits until the last half second are the music.</summary>
    public static Task Music(Func<short[]> heard, string what) => Wait.Until(() => Last(heard()) is { } last && Sounds.Find(last, Round).Likeness > 0.8, what + " hears music");

    /// <summary>Waits until the last half second are sound all the time, but not that tone.</summary>
    public static Task NoMore(Func<short[]> heard, int hertz, string what) => Wait.Until(() => Last(heard()) is { } last && Sounds.Share(last, hertz) < 0.01 && Sounds.Steps(last).All(s => s != 0), what + $" hears something, and no {hertz} Hz");

    /// <summary>Waits until nothing was heard for half a second.</summary>
    public static Task Silence(Func<short[]> heard, string what) => Wait.Until(() => Last(heard()) is { } last && Sounds.Steps(last).All(s => s == 0), what + " hears nothing");

    /// <summary>The tones that follow each other in a recording; what is no tone is left out, and a tone must last 0.3 s.</summary>
    public static List<int> Tones(short[] recording, params int[] tones)
    {
        var steps = Sounds.Steps(recording, tones);
        List<int> runs = [];
        for (var i = 2; i < steps.Length; i++)
            if (steps[i] > 0 && steps[i - 1] == steps[i] && steps[i - 2] == steps[i] && (i == 2 || steps[i - 3] != steps[i])) runs.Add(steps[i]);
        return runs;
    }

    /// <summary>The tones that follow each other; one that goes on within 0.4 s is the same one still, for the machine may have stalled.</summary>
    public static List<int> Talks(short[] recording, params int[] tones)
    {
        var steps = Sounds.Steps(recording, tones);
        var (runs, tone, ended) = (new List<int>(), 0, 0);
        for (var i = 2; i < steps.Length; i++)
        {
            if (steps[i] <= 0 || steps[i - 1] != steps[i] || steps[i - 2] != steps[i]) continue;
            if (steps[i] != tone || i - 2 - ended > 4) runs.Add(steps[i]);
            (tone, ended) = (steps[i], i);
        }
        return runs;
    }

    private static short[]? Last(short[] heard) => heard.Length < Moment ? null : heard[^Moment..];
}
