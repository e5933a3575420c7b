using System.Collections.Concurrent;
using Courier.Kernel.Modules;
using Courier.Media.Mixing;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Switch;

/// <summary>
/// What waiting callers hear, from the data directory's folder <c>prompts</c>: <c>music-QUEUE.wav</c> in that queue and on hold after it, else
/// <c>music.wav</c>, or a quiet tune that is made here. A file that is changed counts for whoever begins to wait afterwards.
/// </summary>
internal sealed partial class HoldMusic(DataDirectory directory, ILogger<HoldMusic> log)
{
    private const int Rate = 8000;

    // A slow pentatonic phrase: frequency in hertz and length in beats.
    private static readonly (double Hertz, int Beats)[] Phrase =
        [(392.0, 2), (440.0, 1), (523.3, 3), (440.0, 1), (392.0, 1), (329.6, 3), (293.7, 1), (329.6, 2), (392.0, 2), (440.0, 1), (392.0, 1), (329.6, 2), (293.7, 1), (261.6, 4)];

    private readonly Lazy<AudioClip> _tune = new(Tune);
    private readonly ConcurrentDictionary<string, (DateTime Written, AudioClip? Clip)> _files = [];

    /// <summary>One round of it.</summary>
    /// <param name="queue">code of the queue; empty for a call of none</param>
    public AudioClip Of(string queue) => (queue.Length > 0 ? From($"music-{queue}.wav") : null) ?? From("music.wav") ?? _tune.Value;

    // Null where there is no such file, or it is no sound.
    private AudioClip? From(string name)
    {
        var path = Path.Combine(directory.Folder("prompts"), name);
        if (Path.GetFileName(name) != name || !File.Exists(path)) return null;
        var written = File.GetLastWriteTimeUtc(path);
        if (_files.TryGetValue(name, out var known) && known.Written == written) return known.Clip;
        return (_files[name] = (written, Read(path))).Clip;
    }

    private AudioClip? Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return AudioClip.FromWav(file);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            NoMusic(log, e, path);
            return null;
        }
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

    [LoggerMessage(LogLevel.Warning, "{Path} cannot be played to those who wait; they hear what they would without it")]
    private static partial void NoMusic(ILogger log, Exception error, string path);
}
