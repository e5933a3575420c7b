using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Courier.Media.Mixing;

namespace Courier.CallCenter.Voice;

/// <summary>Makes sound of what is said: recordings where there are any, else what the synthesizer speaks. A prompt whose text has changed is heard as before until the new sound is there.</summary>
internal sealed partial class Announcer(Prompts prompts, Recordings recordings, Clips clips)
{
    private readonly ConcurrentDictionary<string, AudioClip> _heard = new(StringComparer.Ordinal);

    /// <summary>The clips of a speech, in order. Never fails for want of a synthesizer or a prompt: tones are heard then.</summary>
    public async ValueTask<IReadOnlyList<AudioClip>> Render(Speech speech, CancellationToken ct)
    {
        var book = await prompts.Current(ct).ConfigureAwait(false);
        return await Task.WhenAll(speech.Parts.SelectMany(part => part switch
        {
            SpeechPart.Prompt prompt => [Of(book, prompt.Name, ct)],
            SpeechPart.Text text => Sentences(text.Words).Select(sentence => clips.Get(sentence, onDisk: false, ct)),
            _ => throw new ArgumentOutOfRangeException(nameof(speech)),
        })).ConfigureAwait(false);
    }

    /// <summary>Renders the prompts ahead, one after the other beside the calls, so that callers hear them at once.</summary>
    public async Task RenderAhead(CancellationToken ct)
    {
        var book = await prompts.Current(ct).ConfigureAwait(false);
        clips.Tidy(book.All.Values.Select(p => Spoken.Text(p.Text)));
        foreach (var name in book.All.Keys.Order(StringComparer.Ordinal)) await Of(book, name, ct).ConfigureAwait(false);
    }

    /// <summary>The WAV file of a prompt, for listening to; null when it cannot be spoken.</summary>
    public async Task<string?> File(string prompt, CancellationToken ct)
    {
        if (recordings.Has(prompt)) return recordings.PathOf(prompt);
        return (await prompts.Current(ct).ConfigureAwait(false)).TextOf(prompt) is { } text ? await clips.File(Spoken.Text(text), ct).ConfigureAwait(false) : null;
    }

    private async Task<AudioClip> Of(Prompts.Book book, string prompt, CancellationToken ct)
    {
        if (recordings.Find(prompt) is { } recorded) return recorded;
        var text = Spoken.Text(book.TextOf(prompt) ?? book.TextOf(Prompts.Absent)!);
        if (!clips.TryGet(text, out var clip))
        {
            var rendering = clips.Get(text, onDisk: true, ct);
            if (_heard.TryGetValue(prompt, out var before)) return before; // the next caller hears the new one
            clip = await rendering.ConfigureAwait(false);
        }
        return _heard[prompt] = clip;
    }

    // Sentences are kept by themselves: many calls share most of theirs.
    private static IEnumerable<string> Sentences(string words) =>
        SentenceEnd().Split(Spoken.Text(words)).Select(s => s.Trim()).Where(s => s.Any(char.IsLetterOrDigit));

    [GeneratedRegex("(?<=[。！？；!?;])")]
    private static partial Regex SentenceEnd();
}
