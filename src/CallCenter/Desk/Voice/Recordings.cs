using System.Collections.Concurrent;
using Courier.Kernel.Modules;
using Courier.Media.Mixing;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Voice;

/// <summary>Recorded prompts: files <c>NAME.wav</c> of a folder, which may come and go while calls are on. One that cannot be read counts as none.</summary>
internal sealed partial class Recordings(PromptOptions options, DataDirectory data, ILogger<Recordings> log)
{
    private readonly ConcurrentDictionary<string, (DateTime Written, AudioClip? Clip)> _read = new(StringComparer.Ordinal);

    private string Folder => options.Folder.Length == 0 ? data.Folder("prompts") : Directory.CreateDirectory(options.Folder).FullName;

    /// <summary>The recording of a prompt; null when there is none.</summary>
    public AudioClip? Find(string prompt)
    {
        if (!Has(prompt)) return null;
        var written = File.GetLastWriteTimeUtc(PathOf(prompt));
        return _read.AddOrUpdate(prompt, _ => (written, Read(prompt)), (_, known) => known.Written == written ? known : (written, Read(prompt))).Clip;
    }

    /// <summary>Is there a file for this prompt?</summary>
    public bool Has(string prompt) => File.Exists(PathOf(prompt));

    /// <summary>Where the file of a prompt lies, or would.</summary>
    public string PathOf(string prompt) => Prompts.IsName(prompt) ? Path.Combine(Folder, prompt + ".wav") : throw new ArgumentException("not the name of a prompt", nameof(prompt));

    /// <summary>Takes a recording over; calls that begin from then on hear it.</summary>
    /// <exception cref="InvalidDataException">It is no WAV file that can be played, or too long.</exception>
    public async Task Keep(string prompt, byte[] wav, TimeSpan longest, CancellationToken ct)
    {
        using (var stream = new MemoryStream(wav, writable: false))
            if (AudioClip.FromWav(stream).Length > longest) throw new InvalidDataException("the recording is too long");
        var path = PathOf(prompt);
        await File.WriteAllBytesAsync(path + ".new", wav, ct).ConfigureAwait(false);
        File.Move(path + ".new", path, overwrite: true);
        _read.TryRemove(prompt, out _);
    }

    /// <summary>The synthesizer speaks it again.</summary>
    public bool Remove(string prompt)
    {
        if (!Has(prompt)) return false;
        File.Delete(PathOf(prompt));
        return true;
    }

    private AudioClip? Read(string prompt)
    {
        try
        {
            using var file = File.OpenRead(PathOf(prompt));
            return AudioClip.FromWav(file);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            NotRead(log, e, prompt);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The recording of the prompt {Prompt} cannot be played; its text is spoken instead")]
    private static partial void NotRead(ILogger log, Exception error, string prompt);
}
