using System.Text;

namespace Courier.Services.Knowledge;

/// <summary>The answer of the goods check as a customer reads it in a chat: at most 2048 bytes.</summary>
public static class GoodsText
{
    private const int LongestEcho = 30, MostBytes = 2048;

    /// <summary>One paragraph a thing; about what is not known it says so, together with the general rule.</summary>
    /// <param name="check">What was found.</param>
    /// <param name="asked">What was asked about, as written.</param>
    public static string Of(GoodsCheck check, string asked)
    {
        if (check.Known.Count == 0) return Texts.UnknownGoods(Short(asked));
        var full = Composed(check, Texts.Verdict);
        return Encoding.UTF8.GetByteCount(full) <= MostBytes ? full : Composed(check, Texts.ShortVerdict);
    }

    private static string Composed(GoodsCheck check, Func<GoodsAnswer, string> verdict)
    {
        IEnumerable<string> paragraphs = check.Known.Select(verdict);
        if (check.Unknown.Count > 0) paragraphs = paragraphs.Append(Texts.AlsoUnknown(string.Join('、', check.Unknown.Select(Short))));
        return string.Join("\n\n", paragraphs.Append(Texts.Inspection));
    }

    // An emoji is two units: it is not cut in half.
    private static string Short(string asked) =>
        asked.Length <= LongestEcho ? asked : asked[..(char.IsHighSurrogate(asked[LongestEcho - 1]) ? LongestEcho - 1 : LongestEcho)] + "…";
}
