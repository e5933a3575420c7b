using System.Globalization;
using System.Text.RegularExpressions;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// A period of the day as people say it: 22:00-8:00, 晚上十点到早上八点, 下午2点到4点, 22点半到7点. A time without its half of the day is the one
/// that lies next to the other, where that one has it.
/// </summary>
internal static class SpokenHours
{
    /// <summary>The pattern of a period in words without blanks, for the sentences that it stands in; what it matches is read by <see cref="Of"/>.</summary>
    public const string Pattern = "(?:每天|每日|每)?(?<d1>" + Halves + ")?(?<h1>" + Hour + ")(?<t1>" + Rest1 + ")?(?:到|至|[-–—~])+(?<next>次日|第二天|隔天|明天)?(?<d2>" + Halves + ")?(?<h2>" + Hour + ")(?:" + Rest2 + ")?";

    private const string Halves = "凌晨|清晨|清早|早上|早晨|早|上午|中午|下午|傍晚|晚上|夜里|夜间|夜晚|深夜|半夜|午夜|晚", Hour = "[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3}", Minutes = "[0-9]{1,2}|半|[一三]刻|[一二三四五十]{1,3}";

    private const string Rest1 = "[:点时](?:(?<m1>" + Minutes + ")分?)?[整钟]?", Rest2 = "[:点时](?:(?<m2>" + Minutes + ")分?)?[整钟]?";

    private const int Day = 24 * 60, HalfDay = Day / 2;

    /// <summary>Start and end in minutes after midnight, both below a day; the same where it is a whole day. Null when there is no such time.</summary>
    public static (int From, int To)? Of(Match match)
    {
        var (first, second) = (match.Groups["d1"].Value, match.Groups["d2"].Value);
        if (Minute(first, match.Groups["h1"].Value, match.Groups["m1"].Value) is not { } from || Minute(second, match.Groups["h2"].Value, match.Groups["m2"].Value) is not { } to) return null;
        if (first.Length > 0 && second.Length == 0 && !match.Groups["next"].Success && IsOfHalf(match.Groups["h2"].Value)) to = Nearer(to, to + HalfDay, t => t - from);
        else if (first.Length == 0 && IsMorning(second) && IsOfHalf(match.Groups["h1"].Value) && !match.Groups["t1"].Value.StartsWith(':')) from = Nearer(from, from + HalfDay, f => to - f);
        return (from % Day, to % Day);
    }

    /// <summary>The period in the form of daily hours.</summary>
    public static string Text((int From, int To) period) =>
        string.Create(CultureInfo.InvariantCulture, $"{period.From / 60:00}:{period.From % 60:00}-{(period.To == 0 ? 24 : period.To / 60):00}:{period.To % 60:00}");

    private static int Nearer(int one, int other, Func<int, int> distance) => (distance(one) + Day) % Day <= (distance(other) + Day) % Day ? one : other;

    private static bool IsMorning(string half) => half is "凌晨" or "清晨" or "清早" or "早上" or "早晨" or "早" or "上午";

    private static bool IsOfHalf(string hour) => Number(hour) is >= 1 and <= 12;

    // 晚上12点 and 凌晨12点 are midnight, 晚上2点 is after it.
    private static int? Minute(string half, string hour, string minute)
    {
        var (h, m) = (Number(hour), minute switch { "" => 0, "半" => 30, "一刻" => 15, "三刻" => 45, _ => Number(minute) });
        h = half switch
        {
            "下午" or "傍晚" when h < 12 => h + 12,
            "中午" when h <= 3 => h + 12,
            "" or "中午" or "下午" or "傍晚" => h,
            _ when IsMorning(half) => h == 12 && half == "凌晨" ? 0 : h,
            _ => h is >= 5 and < 12 ? h + 12 : h == 12 ? 0 : h,
        };
        return m < 60 && h * 60 + m <= Day ? (h * 60 + m) % Day : null;
    }

    // 10, 十, 二十二
    private static int Number(string text)
    {
        if (char.IsAsciiDigit(text[0])) return int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        var tens = text.IndexOf('十', StringComparison.Ordinal);
        if (tens < 0) return text.Length == 1 ? Digit(text[0]) : int.MaxValue / Day;
        return (tens == 0 ? 1 : Digit(text[0])) * 10 + (tens == text.Length - 1 ? 0 : Digit(text[^1]));
    }

    private static int Digit(char c) => c is '零' or '〇' ? 0 : c == '两' ? 2 : "一二三四五六七八九".IndexOf(c, StringComparison.Ordinal) + 1;
}
