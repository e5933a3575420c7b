using Courier.Kernel;

namespace Courier.CallCenter.Voice;

/// <summary>How prompts sound; section <c>CallCenter:Prompts</c>.</summary>
public sealed record PromptOptions : ICheckedOptions
{
    /// <summary>Where recordings lie, <c>NAME.wav</c> each, which are heard instead of the synthesizer; empty for <c>prompts/</c> of the data directory. Several machines share it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Program that speaks: its name or path; empty for none.</summary>
    public string Synthesizer { get; init; } = "espeak-ng";

    /// <summary>Program that makes telephone sound of it: its name or path.</summary>
    public string Converter { get; init; } = "sox";

    /// <summary>Voice of the synthesizer. <c>cmn</c> and <c>zh</c> of espeak-ng 1.51 read pinyin as English; this one takes characters and has its tones right.</summary>
    public string Voice { get; init; } = "cmn-latn-pinyin+f2";

    /// <summary>Words a minute.</summary>
    public int Speed { get; init; } = 140;

    /// <summary>Pitch, 0 to 99.</summary>
    public int Pitch { get; init; } = 45;

    /// <summary>Texts that are rendered at the same time.</summary>
    public int Parallel { get; init; } = 2;

    /// <summary>Sound that is kept in memory, in seconds; a second takes 16 kB.</summary>
    public int SecondsInMemory { get; init; } = 1200;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (Speed is < 80 or > 450) yield return "Speed must be 80 to 450";
        if (Pitch is < 0 or > 99) yield return "Pitch must be 0 to 99";
        if (Parallel is < 1 or > 16) yield return "Parallel must be 1 to 16";
        if (SecondsInMemory is < 60 or > 36_000) yield return "SecondsInMemory must be 60 to 36000";
        if (Voice.Length == 0 || Voice.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '+' or '_'))) yield return "Voice must be the name of a voice";
        if (Synthesizer.Length > 0 && Converter.Length == 0) yield return "Converter must name a program when there is a Synthesizer";
    }
}
