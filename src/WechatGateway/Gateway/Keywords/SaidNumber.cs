using System.Text.RegularExpressions;

namespace Courier.WechatGateway.Keywords;

/// <summary>A number as people send it, whatever asks for one: <c>1</c>, <c>01</c>, <c>1！</c>, <c>回复1</c>, <c>选 1</c>, <c>(1)</c>, <c>“1”</c>, <c>1️⃣</c>, <c>第1个</c>.</summary>
/// <param name="Digits">The digits as they were sent.</param>
/// <param name="Rest">What follows them; empty when it is nothing, or only polite.</param>
internal readonly partial record struct SaidNumber(string Digits, string Rest)
{
    private static readonly char[] Marks = [.. " .、,:;。!?~+-…)]}】》」』”’\"'"];

    /// <summary>Reads half-width words; null when they do not begin with a number of that kind. 12 is not 1, and neither is 1A, 1.5, 3-5 or 2:30; 1.13800000000 is 1 with something behind it.</summary>
    public static SaidNumber? In(string words)
    {
        if (Pattern().Match(words) is not { Success: true } match) return null;
        var rest = match.Groups["rest"].Value.TrimStart(Marks);
        return new(match.Groups["digits"].Value, Politeness.Without(rest).Length == 0 ? "" : rest);
    }

    /// <summary>Is it this one? Who types 01 means 1 where there is no 01.</summary>
    public bool Is(string number) => Digits == number || WithoutZero == number;

    /// <summary>The digits that it may stand for.</summary>
    public string WithoutZero => Digits is ['0', not '0'] ? Digits[1..] : Digits;

    /// <summary>The choice that it is when nothing follows it: 1 to 9; null for any other.</summary>
    public int? Choice => Rest.Length == 0 && WithoutZero is [>= '1' and <= '9' and var digit] ? digit - '0' : null;

    // A keycap (1️⃣) is a digit with two marks behind it.
    [GeneratedRegex("^(?:(?:请|我)?(?:回复|选择|选|按|发送|发))?[ :]*(?:[(\\[{【《「『“‘\"']*(?<digits>[0-9]+)[\uFE0F\u20E3]*(?![0-9A-Za-z]|[.:~-][0-9](?![0-9]{7}))|第(?<digits>[0-9])(?:个|号|项|种))(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
