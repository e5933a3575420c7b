using System.Text.RegularExpressions;
using Courier.CallCenter.Voice;

namespace Courier.CallCenter.Ivr;

/// <summary>What nodes say: text in which <c>[prompt.name]</c> stands for a prompt and <c>{value}</c> for what is known in the call. Pure.</summary>
internal static partial class FlowSpeech
{
    /// <summary>The speech, with what is known put in; what is not known is left out.</summary>
    public static Speech Of(string written, IReadOnlyDictionary<string, string> values)
    {
        var speech = Speech.Nothing;
        var at = 0;
        foreach (Match prompt in PromptName().Matches(written))
        {
            speech = speech + Speech.Of(Filled(written[at..prompt.Index], values)) + Speech.Named(prompt.Groups[1].Value);
            at = prompt.Index + prompt.Length;
        }
        return speech + Speech.Of(Filled(written[at..], values));
    }

    /// <summary>A text with what is known put in.</summary>
    public static string Filled(string written, IReadOnlyDictionary<string, string> values) =>
        ValueName().Replace(written, m => values.GetValueOrDefault(m.Groups[1].Value, "")).Trim();

    /// <summary>The prompts that are named.</summary>
    public static IEnumerable<string> Prompts(string written) => PromptName().Matches(written).Select(m => m.Groups[1].Value);

    /// <summary>The values that are named.</summary>
    public static IEnumerable<string> Values(string written) => ValueName().Matches(written).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\[([a-z0-9_.]+)\]")]
    private static partial Regex PromptName();

    [GeneratedRegex(@"\{([a-z0-9_]+)\}")]
    private static partial Regex ValueName();
}
