using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Services.Calendars;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>明天下午, 后天, 周六上午, 12月1日晚上, 明天下午3点: a time at which a parcel shall be brought. Pure.</summary>
internal static partial class TimeWords
{
    private const int Begin = 9, End = 21, Hours = 2;

    private static readonly string[] Days = ["今", "明", "后", "大后"];

    /// <summary>Does it name a day or a part of one?</summary>
    public static bool MayBe(string words) => Said().Match(words) is { Success: true, Length: > 0 };

    /// <summary>The time that is meant: part of a day, or two hours from the one that is said; null when it is none.</summary>
    /// <param name="words">What was said, in half-width form.</param>
    /// <param name="now">When it was said.</param>
    public static (DateTimeOffset From, DateTimeOffset Until)? Read(string words, DateTimeOffset now)
    {
        if (Said().Match(words.Trim()) is not { Success: true, Length: > 0 } match || Day(match, ChinaTime.Day(now)) is not { } day) return null;
        var (first, last) = Part(match);
        var (from, until) = (At(day, first), At(day, last));
        // What is left of today begins with the next full hour.
        var earliest = At(ChinaTime.Day(now), ChinaTime.In(now).Hour).AddHours(1);
        return (from < earliest && until > earliest ? earliest : from, until);
    }

    private static DateOnly? Day(Match match, DateOnly today)
    {
        if (match.Groups["near"] is { Success: true, Value: var near }) return today.AddDays(Array.IndexOf(Days, near));
        if (match.Groups["week"] is { Success: true, Value: var week })
        {
            var wanted = "一二三四五六日天".IndexOf(week[0], StringComparison.Ordinal) is var n and < 6 ? n : 6;
            var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7) + (match.Groups["next"].Success ? 7 : 0));
            return monday.AddDays(wanted) is var day && day < today ? day.AddDays(7) : day;
        }
        if (!match.Groups["day"].Success) return today;
        var number = Number(match.Groups["day"].Value);
        var month = match.Groups["month"].Success ? Number(match.Groups["month"].Value) : number < today.Day ? today.Month % 12 + 1 : today.Month;
        var year = month < today.Month ? today.Year + 1 : today.Year;
        return month is >= 1 and <= 12 && number >= 1 && number <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, number) : null;
    }

    private static (int First, int Last) Part(Match match)
    {
        var part = match.Groups["part"].Value;
        if (match.Groups["hour"].Success)
        {
            var hour = Number(match.Groups["hour"].Value);
            if (hour < 12 && (part is "下午" or "晚上" or "晚" or "傍晚" || part.Length == 0 && hour < 8)) hour += 12;
            return (Math.Min(hour, 23), Math.Clamp(hour + Hours, 0, 23));
        }
        return part switch
        {
            "早上" or "早" or "上午" => (Begin, 12),
            "中午" => (12, 15),
            "下午" => (14, 18),
            "傍晚" or "晚上" or "晚" => (18, End),
            _ => (Begin, End),
        };
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), ChinaTime.Offset);

    [GeneratedRegex("^(?=.)(?:(?<near>大后|今|明|后)(?:天|日)?|(?<next>下)?(?:个)?(?:周|星期|礼拜)(?<week>[一二三四五六日天])|(?:(?<month>[0-9]{1,2})月)?(?<day>[0-9]{1,2})(?:日|号))?(?:的)? *(?<part>早上|上午|中午|下午|傍晚|晚上|早|晚)? *(?:(?<hour>[0-9]{1,2})(?:点钟?|时))?$")]
    private static partial Regex Said();
}
