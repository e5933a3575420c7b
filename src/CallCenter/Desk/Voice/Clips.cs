using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Modules;
using Courier.Media.Mixing;

namespace Courier.CallCenter.Voice;

/// <summary>
/// Rendered texts. In memory those that were heard last, up to a limit; on the disk those of prompts. What is said in one call only is
/// not written to the disk: it may be somebody's pickup code. A text is rendered once, however many calls want it, and few at a time.
/// </summary>
internal sealed class Clips(Synthesizer synthesizer, PromptOptions options, DataDirectory data, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Unused = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, AudioClip Clip)>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, AudioClip Clip)> _latest = [];
    private readonly Dictionary<string, Task<AudioClip>> _underWay = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _places = new(options.Parallel);
    private TimeSpan _kept;

    private string Folder => data.Folder("voice");

    /// <summary>The clip of a text if it is in memory.</summary>
    public bool TryGet(string text, [NotNullWhen(true)] out AudioClip? clip)
    {
        lock (_gate)
        {
            clip = null;
            if (!_known.TryGetValue(KeyOf(text), out var node)) return false;
            _latest.Remove(node);
            _latest.AddFirst(node);
            clip = node.Value.Clip;
            return true;
        }
    }

    /// <summary>The clip of a text; a tone where it cannot be spoken.</summary>
    /// <param name="text">Chinese, numbers written out.</param>
    /// <param name="onDisk">Is it kept on the disk too?</param>
    /// <param name="ct">Ends the waiting, not the rendering.</param>
    public Task<AudioClip> Get(string text, bool onDisk, CancellationToken ct)
    {
        if (TryGet(text, out var known)) return Task.FromResult(known);
        var key = KeyOf(text);
        lock (_gate)
        {
            if (!_underWay.TryGetValue(key, out var task)) _underWay[key] = task = Task.Run(() => Make(key, text, onDisk), CancellationToken.None);
            return task.WaitAsync(ct);
        }
    }

    /// <summary>The file of a text on the disk, rendered when it is missing; null where it cannot be spoken.</summary>
    public async Task<string?> File(string text, CancellationToken ct)
    {
        var path = PathOf(KeyOf(text));
        if (!System.IO.File.Exists(path)) await Speak(path, text, ct).ConfigureAwait(false);
        return System.IO.File.Exists(path) ? path : null;
    }

    /// <summary>Removes from the disk what is none of these texts and older than a day: former texts, and what a crash has left.</summary>
    public void Tidy(IEnumerable<string> texts)
    {
        var used = texts.Select(t => PathOf(KeyOf(t))).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder).Where(f => !used.Contains(f) && clock.GetUtcNow() - System.IO.File.GetLastWriteTimeUtc(f) > Unused).ToList()) System.IO.File.Delete(file);
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task<AudioClip> Make(string key, string text, bool onDisk)
    {
        try
        {
            var path = PathOf(key);
            if (!System.IO.File.Exists(path) && !await Speak(path, text, CancellationToken.None).ConfigureAwait(false)) return Tones.Beep;
            AudioClip clip;
            using (var wav = System.IO.File.OpenRead(path)) clip = AudioClip.FromWav(wav);
            if (!onDisk) System.IO.File.Delete(path);
            Keep(key, clip);
            return clip;
        }
        finally
        {
            lock (_gate) _underWay.Remove(key);
        }
    }

    // What is there before stays until the new file is complete.
    private async Task<bool> Speak(string path, string text, CancellationToken ct)
    {
        await _places.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (await synthesizer.Render(text, Folder, ct).ConfigureAwait(false) is not { } made) return false;
            System.IO.File.Move(made, path, overwrite: true);
            return true;
        }
        finally
        {
            _places.Release();
        }
    }

    private void Keep(string key, AudioClip clip)
    {
        lock (_gate)
        {
            if (_known.ContainsKey(key)) return;
            _known[key] = _latest.AddFirst((key, clip));
            _kept += clip.Length;
            while (_kept.TotalSeconds > options.SecondsInMemory && _latest.Last is { } oldest && oldest.Value.Key != key)
            {
                _latest.RemoveLast();
                _known.Remove(oldest.Value.Key);
                _kept -= oldest.Value.Clip.Length;
            }
        }
    }

    private string KeyOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(synthesizer.Manner + "\n" + text)));

    private string PathOf(string key) => Path.Combine(Folder, key + ".wav");
}
