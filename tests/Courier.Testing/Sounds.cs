namespace Courier.Testing;

/// <summary>Sounds of 8000 samples a second to be recognised again, and how alike two are.</summary>
public static class Sounds
{
    private const int Rate = 8000, Piece = 1600, Slip = 800;

    /// <summary>A tone.</summary>
    public static short[] Tone(double hertz, int samples, double amplitude = 8000) =>
        [.. Enumerable.Range(0, samples).Select(i => (short)(amplitude * Math.Sin(2 * Math.PI * hertz * i / Rate)))];

    /// <summary>Like a voice: a gliding pitch between 100 and 180 Hz with overtones, loud and quiet in syllables. Each seed is another one.</summary>
    public static short[] Voice(int samples, int seed)
    {
        var random = new Random(seed);
        var (glide, beat, shift) = (0.3 + random.NextDouble(), 2 + 2 * random.NextDouble(), random.NextDouble() * 6);
        var result = new short[samples];
        var phase = 0.0;
        for (var i = 0; i < samples; i++)
        {
            var t = i / (double)Rate;
            phase += 2 * Math.PI * (140 + 40 * Math.Sin(2 * Math.PI * glide * t + shift)) / Rate;
            var loud = 0.25 + 0.75 * Math.Pow(Math.Sin(Math.PI * beat * t + shift), 2);
            result[i] = (short)(loud * (4000 * Math.Sin(phase) + 2500 * Math.Sin(2 * phase + 1) + 1500 * Math.Sin(5 * phase + 2)));
        }
        return result;
    }

    /// <summary>Noise in syllables, in the band of a telephone: it fits nothing but itself, and only in its place. Each seed is another one.</summary>
    public static short[] Murmur(int samples, int seed)
    {
        var random = new Random(seed);
        var (slow, low) = (0.0, 0.0);
        var result = new short[samples];
        for (var i = 0; i < samples; i++)
        {
            var noise = random.NextDouble() - 0.5;
            low += 0.5 * (noise - low);
            slow += 0.1 * (low - slow);
            result[i] = (short)(20_000 * (low - slow) * (0.3 + 0.7 * Math.Pow(Math.Sin(Math.PI * 3 * i / Rate), 2)));
        }
        return result;
    }

    /// <summary>The largest correlation of a sound with a part of another, -1 to 1, at whatever delay up to so many samples.</summary>
    public static (double Correlation, int Delay) Likeness(ReadOnlySpan<short> sent, ReadOnlySpan<short> heard, int mostDelay = 4000)
    {
        // Found roughly by a short part, then told exactly by the whole.
        var (at, most) = (0, -1.0);
        var part = Math.Min(sent.Length, 4000);
        for (var delay = 0; delay <= mostDelay && delay < heard.Length - part; delay++)
        {
            var likeness = Correlation(sent[..part], heard[delay..]);
            if (likeness > most) (at, most) = (delay, likeness);
        }
        return (Correlation(sent[..Math.Min(sent.Length, heard.Length - at)], heard[at..]), at);
    }

    /// <summary>
    /// Whether a sound is in a long recording, and where: the correlation of its pieces of 0.2 s, each where it fits best near its place (a jitter
    /// buffer may have left out a packet between two, or repeated one), weighed by their energy. 1 is the sound itself. It has half a second at least.
    /// </summary>
    public static (double Likeness, int At) Find(ReadOnlySpan<short> sound, ReadOnlySpan<short> recording)
    {
        if (sound.Length < Rate / 2) return (0, 0);
        var at = Place(sound, recording);
        double sum = 0, energy = 0;
        for (var from = 0; from + Piece <= sound.Length; from += Piece)
        {
            var piece = sound.Slice(from, Piece);
            var weight = Energy(piece);
            sum += weight * Nearby(piece, recording, at + from);
            energy += weight;
        }
        return (sum / Math.Max(1, energy), at);
    }

    /// <summary>Correlation of two sounds that begin together.</summary>
    public static double Correlation(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        double ab = 0, aa = 1, bb = 1;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }
        return ab / Math.Sqrt(aa * bb);
    }

    /// <summary>The strength of a frequency, 0 to 1 of the whole: the squared correlation with its sine and cosine.</summary>
    public static double Share(ReadOnlySpan<short> sound, double hertz)
    {
        double re = 0, im = 0, all = 1;
        for (var i = 0; i < sound.Length; i++)
        {
            var angle = 2 * Math.PI * hertz * i / Rate;
            re += sound[i] * Math.Cos(angle);
            im += sound[i] * Math.Sin(angle);
            all += (double)sound[i] * sound[i];
        }
        return 2 * (re * re + im * im) / sound.Length / all;
    }

    /// <summary>What a recording holds, in steps of 0.1 s: the tone that makes up most of a step, 0 for silence, -1 for anything else.</summary>
    public static int[] Steps(ReadOnlySpan<short> recording, params ReadOnlySpan<int> tones)
    {
        const int Step = Rate / 10;
        var steps = new int[recording.Length / Step];
        for (var i = 0; i < steps.Length; i++)
        {
            var part = recording.Slice(i * Step, Step);
            steps[i] = Energy(part) < Step * 50.0 * 50.0 ? 0 : -1;
            if (steps[i] == 0) continue;
            foreach (var tone in tones)
                if (Share(part, tone) > 0.8) steps[i] = tone;
        }
        return steps;
    }

    // Where the loudest half second of each third of the sound lies, the one of them that is found best: a network may have damaged the others. Every second
    // sample is enough to find it.
    private static int Place(ReadOnlySpan<short> sound, ReadOnlySpan<short> recording)
    {
        var coarse = Halved(recording);
        var (place, most) = (0, -1.0);
        var third = Math.Max(Rate / 2, sound.Length / 3);
        for (var begin = 0; begin + Rate / 2 <= sound.Length; begin += third)
        {
            var from = begin + Loudest(sound.Slice(begin, Math.Min(third, sound.Length - begin)));
            var (at, likeness) = Search(Halved(sound.Slice(from, Rate / 2)), coarse);
            if (likeness > most) (place, most) = (2 * at - from, likeness);
        }
        return place;
    }

    private static int Loudest(ReadOnlySpan<short> sound)
    {
        const int Part = Rate / 2;
        var from = 0;
        for (var i = 0; i + Part <= sound.Length; i += Part / 4)
            if (Energy(sound.Slice(i, Part)) > Energy(sound.Slice(from, Part))) from = i;
        return from;
    }

    private static (int At, double Likeness) Search(short[] part, short[] coarse)
    {
        var (at, most, energy) = (0, -1.0, coarse.Length < part.Length ? 0 : Energy(coarse.AsSpan(0, part.Length)));
        for (var i = 0; i + part.Length < coarse.Length; i++)
        {
            var likeness = 0L;
            for (var j = 0; j < part.Length; j++) likeness += part[j] * coarse[i + j];
            if (likeness > 0 && likeness / Math.Sqrt(energy + 1) is var found && found > most) (at, most) = (i, found);
            energy += (double)coarse[i + part.Length] * coarse[i + part.Length] - (double)coarse[i] * coarse[i];
        }
        return (at, most / Math.Sqrt(Energy(part) + 1));
    }

    private static double Nearby(ReadOnlySpan<short> piece, ReadOnlySpan<short> recording, int at)
    {
        var most = 0.0;
        for (var i = Math.Max(0, at - Slip); i <= at + Slip && i + piece.Length <= recording.Length; i++) most = Math.Max(most, Correlation(piece, recording[i..]));
        return most;
    }

    private static short[] Halved(ReadOnlySpan<short> sound)
    {
        var halved = new short[sound.Length / 2];
        for (var i = 0; i < halved.Length; i++) halved[i] = (short)((sound[2 * i] + sound[2 * i + 1]) / 2);
        return halved;
    }

    private static double Energy(ReadOnlySpan<short> sound)
    {
        var sum = 0.0;
        foreach (var sample in sound) sum += (double)sample * sample;
        return sum;
    }
}
