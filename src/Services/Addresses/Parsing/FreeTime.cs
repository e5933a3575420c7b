using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Services.Calendars;

namespace Courier.Services.Addresses.Parsing;

/// <summary>
/// Reads from the message of a locker or station how long the parcel lies there for nothing: 18小时内免费, 超过24小时将收费, 免费保管3天, 请于今日20:00前取件，超时收费. Such
/// messages bear no date of their own, so a span counts from when they are read. Pure.
/// </summary>
public static partial class FreeTime
{
    private const int LongestDays = 60;

    private const string Span = "(?<n>[0-9]{1,3}|[一二两三四五六七八九十]) ?个?(?<unit>小时|天|日)";

    private const string Time =
        "(?:(?:20[0-9]{2}[-年/.])?(?<month>1[0-2]|0?[1-9])[-月/.](?<day>[0-9]{1,2})日?|(?<near>今|明|后)(?:天|日)?|当[天日])? ?(?<part>早上|上午|中午|下午|傍晚|晚上|晚|早)?"
        + " ?(?:(?<hour>[0-9]{1,2})(?::(?<minute>[0-5][0-9])(?::[0-9]{2})?|[点时](?:(?<minute>[0-5]?[0-9])分?)?))?";

    /// <summary>Until when it costs nothing; a moment that is past, or <paramref name="now"/>, when it costs already; null when the message does not say.</summary>
    /// <param name="text">The message.</param>
    /// <param name="now">When it is read.</param>
    public static DateTimeOffset? Until(string text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        var message = HalfWidth.Of(text);
        if (IsOver().IsMatch(message)) return now;
        foreach (var spans in (ReadOnlySpan<Regex>)[FreeWithin(), FreeFor(), CostsAfter()])
            if (spans.Match(message) is { Success: true } span) return now + Length(span);
        foreach (var deadlines in (ReadOnlySpan<Regex>)[FreeUntil(), FreeBefore(), CostsFrom(), FetchBefore()])
        {
            foreach (Match deadline in deadlines.Matches(message))
                if (At(deadline, now) is { } at && (at - now).Duration() < TimeSpan.FromDays(LongestDays)) return at;
        }
        return null;
    }

    private static TimeSpan Length(Match span)
    {
        var said = span.Groups["n"].Value;
        var n = char.IsAsciiDigit(said[0]) ? Number(span, "n") : said == "两" ? 2 : "零一二三四五六七八九十".IndexOf(said, StringComparison.Ordinal);
        return span.Groups["unit"].Value == "小时" ? TimeSpan.FromHours(n) : TimeSpan.FromDays(Math.Min(n, LongestDays));
    }

    // A day without an hour is free to its end.
    private static DateTimeOffset? At(Match deadline, DateTimeOffset now)
    {
        if (!deadline.Groups["month"].Success && !deadline.Groups["near"].Success && !deadline.Groups["hour"].Success) return null;
        if (Day(deadline, ChinaTime.Day(now)) is not { } day) return null;
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), ChinaTime.Offset);
        if (!deadline.Groups["hour"].Success) return midnight.AddDays(1);
        var hour = Number(deadline, "hour");
        if (hour < 12 && deadline.Groups["part"].Value is "下午" or "傍晚" or "晚上" or "晚") hour += 12;
        return hour <= 24 ? midnight.AddHours(hour).AddMinutes(deadline.Groups["minute"].Success ? Number(deadline, "minute") : 0) : null;
    }

    private static DateOnly? Day(Match deadline, DateOnly today)
    {
        if (deadline.Groups["near"] is { Success: true, Value: var near }) return today.AddDays("今明后".IndexOf(near, StringComparison.Ordinal));
        if (!deadline.Groups["month"].Success) return today;
        var (month, day) = (Number(deadline, "month"), Number(deadline, "day"));
        var year = today.Year + (month - today.Month) switch { < -6 => 1, > 6 => -1, _ => 0 };
        return day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("免费(?:保管|存放|寄存|保存)?(?:时间|时长|期限|期)?已(?:经)?(?:过|到期|结束|超|用完)|已(?:经)?(?:超时|超期|逾期)|已[^,。;!]{0,8}(?:存放|保管|放置|滞留)[^,。;!]{0,4}(?:超过|超|逾)" + Span)]
    private static partial Regex IsOver();

    [GeneratedRegex(Span + "(?:之|以)?内(?:可|可以)?(?:取件|取走|领取|取|存放|保管)?(?:均|都|为|是)?(?:完全)?免费")]
    private static partial Regex FreeWithin();

    [GeneratedRegex("免费(?:为您)?(?:保管|存放|寄存|保存|取件)?(?:时间|时长|期限|期)?(?:为|是|:)? ?" + Span)]
    private static partial Regex FreeFor();

    [GeneratedRegex("(?:超过|超出|超|满)" + Span + "(?:以?后|之后)?(?:仍?未取(?:件|走)?)?,?(?:将|会|则|需|要|的)?(?:按[^,。;]{1,6})?(?:开始)?(?:收|计费|产生|加收|支付|付)")]
    private static partial Regex CostsAfter();

    [GeneratedRegex("免费(?:保管|存放|寄存|保存|取件)?(?:时间|期限|期)?(?:截止)?(?:到|至|截至|:)? ?" + Time)]
    private static partial Regex FreeUntil();

    [GeneratedRegex(Time + "(?:之|以)?前(?:取件|取走|领取|取|领)?(?:均|都|为|是)?免费")]
    private static partial Regex FreeBefore();

    [GeneratedRegex(Time + "(?:之|以)?后(?:将|会|起|开始)*(?:收费|计费|收取|产生|加收)")]
    private static partial Regex CostsFrom();

    // Only where the message speaks of what comes behind: else it is when the shop closes.
    [GeneratedRegex(Time + "(?:之|以)?前(?:到[^,。;]{1,20})?(?:取|领|提|来)(?=.*(?:超时|逾期|超期|过期|收费|保管费|滞留|退回))", RegexOptions.Singleline)]
    private static partial Regex FetchBefore();
}
