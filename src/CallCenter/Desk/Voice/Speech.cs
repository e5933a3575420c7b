namespace Courier.CallCenter.Voice;

/// <summary>What is said to a caller: texts and named prompts, in order.</summary>
/// <param name="Parts">One after the other.</param>
internal sealed record Speech(IReadOnlyList<SpeechPart> Parts)
{
    /// <summary>Nothing is said.</summary>
    public static Speech Nothing { get; } = new([]);

    /// <summary>Is nothing said?</summary>
    public bool IsEmpty => Parts.Count == 0;

    /// <summary>A text, in Chinese; digits in it are spoken as they are written here (<c>Spoken</c> writes numbers out).</summary>
    public static Speech Of(string text) => text.Length == 0 ? Nothing : new([new SpeechPart.Text(text)]);

    /// <summary>A prompt by its name: the recorded file where there is one, else its text.</summary>
    public static Speech Named(string prompt) => new([new SpeechPart.Prompt(prompt)]);

    /// <summary>One after the other.</summary>
    public static Speech operator +(Speech first, Speech second) => first.IsEmpty ? second : second.IsEmpty ? first : new([.. first.Parts, .. second.Parts]);
}

/// <summary>A part of a <see cref="Speech"/>.</summary>
internal abstract record SpeechPart
{
    private SpeechPart() { }

    /// <summary>Words that are made for this call.</summary>
    public sealed record Text(string Words) : SpeechPart;

    /// <summary>A prompt that has a name.</summary>
    public sealed record Prompt(string Name) : SpeechPart;
}
