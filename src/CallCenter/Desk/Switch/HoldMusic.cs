using Courier.Media.Mixing;

namespace Courier.CallCenter.Switch;

/// <summary>What waiting callers hear: <c>music.wav</c> in the data directory's folder <c>prompts</c>, or a quiet tune that is made here.</summary>
internal sealed class HoldMusic(Kernel.Modules.DataDirectory directory)
{
    private const int Rate = 8000;

    // A slow pentatonic phrase: frequency in hertz and length in beats.
    private static readonly (double Hertz, int Beats)[] Phrase =
        [(392.0, 2), (440.0, 1), (523.3, 3), (440.0, 1), (392.0, 1), (329.6, 3), (293.7, 1), (329.6, 2), (392.0, 2), (440.0, 1), (392.0, 1), (329.6, 2), (293.7, 1), (261.6, 4)];

    private readonly Lazy<AudioClip> _clip = new(() => Load(directory));

    /// <summary>One round of it.</summary>
    public AudioClip Clip => _clip.Value;

    private static AudioClip Load(Kernel.Modules.DataDirectory directory)
    {
        var path = Path.Combine(directory.Folder("prompts"), "music.wav");
        if (!File.Exists(path)) return Tune();
        using var file = File.OpenRead(path);
        return AudioClip.FromWav(file);
    }

    private static AudioClip Tune()
    {
        var samples = new List<short>();
        foreach (var (hertz, beats) in Phrase)
        {
            var length = beats * Rate / 2;
            for (var i = 0; i < length; i++)
            {
                var time = (double)i / Rate;
                var swell = Math.Min(1, time / 0.05) * Math.Exp(-1.5 * time);
                samples.Add((short)(4500 * swell * (Math.Sin(2 * Math.PI * hertz * time) + (0.3 * Math.Sin(4 * Math.PI * hertz * time)))));
            }
        }
        return new AudioClip(samples.ToArray());
    }
}
