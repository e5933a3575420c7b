using System.Text;

namespace Courier.Services.Knowledge;

/// <summary>The answer of the goods check as a customer reads it in a chat.</summary>
public static class GoodsText
{
    private const int LongestEcho = 30;

    /// <summary>One paragraph a thing; when nothing is known, says so together with the general rule.</summary>
    /// <param name="answers">What was found.</param>
    /// <param name="asked">What was asked about, as written.</param>
    public static string Of(IReadOnlyList<GoodsAnswer> answers, string asked)
    {
        if (answers.Count == 0) return Texts.UnknownGoods(Short(asked));
        var text = new StringBuilder();
        foreach (var answer in answers)
        {
            if (text.Length > 0) text.Append("\n\n");
            text.Append(Texts.Verdict(answer));
        }
        return text.Append("\n\n").Append(Texts.Inspection).ToString();
    }

    // An emoji is two units: it is not cut in half.
    private static string Short(string asked) =>
        asked.Length <= LongestEcho ? asked : asked[..(char.IsHighSurrogate(asked[LongestEcho - 1]) ? LongestEcho - 1 : LongestEcho)] + "…";
}
