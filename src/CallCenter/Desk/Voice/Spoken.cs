using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Courier.Services.Calendars;

namespace Courier.CallCenter.Voice;

/// <summary>Numbers, times and sums as people say them in Mandarin: written out in characters, so that a synthesizer has nothing to guess. Pure.</summary>
internal static partial class Spoken
{
    private const string Figures = "零一二三四五六七八九", OneByOne = "零幺二三四五六七八九";

    private static readonly string[] Groups = ["", "万", "亿", "万亿"];

    /// <summary>A number: 12 十二, 105 一百零五, 20000 两万, -3 负三.</summary>
    public static string Number(long n)
    {
        if (n < 0) return "负" + Number(-n);
        if (n < 10) return Figures[(int)n].ToString();
        var text = new StringBuilder();
        var gap = false;
        for (var group = Groups.Length - 1; group >= 0; group--)
        {
            var four = (int)(n / (long)Math.Pow(10_000, group) % 10_000);
            if (four == 0)
            {
                gap = text.Length > 0;
                continue;
            }
            if (text.Length > 0 && (gap || four < 1000)) text.Append('零');
            text.Append(group > 0 && four == 2 ? "两" : FourFigures(four, leads: text.Length == 0)).Append(Groups[group]);
            gap = false;
        }
        return text.ToString();
    }

    /// <summary>A number with one measure word: 2 两件, 12 十二件.</summary>
    public static string Count(long n, string measure) => (n == 2 ? "两" : Number(n)) + measure;

    /// <summary>Digits one by one, 1 as 幺, as in telephone numbers; letters by themselves.</summary>
    public static string Digits(string digits) => string.Concat(digits.Select(c => char.IsAsciiDigit(c) ? OneByOne[c - '0'].ToString() : char.IsAsciiLetter(c) ? $" {c} " : "，"));

    /// <summary>A waybill number: its letters, then its digits in groups of four, the last of up to five.</summary>
    public static string Waybill(string number)
    {
        var letters = number.TakeWhile(char.IsAsciiLetter).Count();
        var groups = new List<string>();
        if (letters > 0) groups.Add(Digits(number[..letters]).Trim());
        for (var at = letters; at < number.Length;)
        {
            var left = number.Length - at;
            var size = left <= 5 ? left : 4;
            groups.Add(Digits(number.Substring(at, size)));
            at += size;
        }
        return string.Join('，', groups);
    }

    /// <summary>The end of a number: 尾号幺二三四.</summary>
    public static string Tail(string digits) => "尾号" + Digits(digits);

    /// <summary>A sum, in fen: 1250 十二元五角, 205 两元零五分, 0 零元.</summary>
    public static string Money(long fen)
    {
        if (fen < 0) return "负" + Money(-fen);
        var (yuan, jiao, rest) = (fen / 100, fen / 10 % 10, fen % 10);
        var text = new StringBuilder();
        if (yuan > 0 || fen == 0) text.Append(Count(yuan, "元"));
        if (jiao > 0) text.Append(Count(jiao, "角"));
        else if (yuan > 0 && rest > 0) text.Append('零');
        if (rest > 0) text.Append(Count(rest, "分"));
        return text.ToString();
    }

    /// <summary>A weight in grams: 500 五百克, 1500 一点五公斤, 2000 两公斤.</summary>
    public static string Weight(long grams) => grams < 1000 ? Count(grams, "克") : Tenths((grams + 50) / 100, "公斤");

    /// <summary>A distance in metres: 345 三百五十米 (to ten metres), 1500 一点五公里.</summary>
    public static string Distance(double metres) =>
        metres < 995 ? Count(Math.Max(10, (long)Math.Round(metres / 10, MidpointRounding.AwayFromZero) * 10), "米")
        : Tenths((long)Math.Round(metres / 100, MidpointRounding.AwayFromZero), "公里");

    /// <summary>How long something takes: 两分钟, 一小时二十分钟, 三天.</summary>
    public static string Length(TimeSpan time)
    {
        var minutes = Math.Max(1, (long)Math.Round(time.TotalMinutes, MidpointRounding.AwayFromZero));
        if (minutes < 60) return Count(minutes, "分钟");
        if (minutes >= 48 * 60) return Count((minutes + 720) / 1440, "天");
        return Count(minutes / 60, "小时") + (minutes % 60 == 0 ? "" : Count(minutes % 60, "分钟"));
    }

    /// <summary>A day as seen from another: 昨天, 今天, 明天, 后天, else 十一月二十四号; with its year when that is another.</summary>
    public static string Day(DateTimeOffset moment, DateTimeOffset now)
    {
        var (day, today) = (ChinaTime.Day(moment), ChinaTime.Day(now));
        return (day.DayNumber - today.DayNumber) switch
        {
            -2 => "前天",
            -1 => "昨天",
            0 => "今天",
            1 => "明天",
            2 => "后天",
            _ => (day.Year == today.Year ? "" : Year(day.Year)) + Number(day.Month) + "月" + Number(day.Day) + "号",
        };
    }

    /// <summary>A time of the day: 十八点, 九点零五分, 两点半.</summary>
    public static string Clock(DateTimeOffset moment)
    {
        var local = ChinaTime.In(moment);
        return Clock(local.Hour, local.Minute);
    }

    /// <summary>A moment: 今天十八点, 明天九点半.</summary>
    public static string When(DateTimeOffset moment, DateTimeOffset now) => Day(moment, now) + Clock(moment);

    /// <summary>By when: 今天十八点前. Midnight is the end of the day before.</summary>
    public static string Before(DateTimeOffset moment, DateTimeOffset now) =>
        ChinaTime.In(moment).TimeOfDay == TimeSpan.Zero ? Day(moment.AddTicks(-1), now) + "内" : When(moment, now) + "前";

    /// <summary>About when: 明天上午.</summary>
    public static string Roughly(DateTimeOffset moment, DateTimeOffset now) => Day(moment, now) + ChinaTime.In(moment).Hour switch
    {
        < 6 => "凌晨",
        < 12 => "上午",
        < 13 => "中午",
        < 18 => "下午",
        _ => "晚上",
    };

    /// <summary>From when until when: 明天九点到十一点.</summary>
    public static string Slot(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now) =>
        When(from, now) + "到" + (ChinaTime.Day(from) == ChinaTime.Day(until) ? Clock(until) : When(until, now));

    /// <summary>A text that was written to be read, as it is said: dates, times, sums and numbers in it are written out.</summary>
    public static string Text(string written)
    {
        var text = Date().Replace(written, m => Number(Of(m, 1)) + "月" + Number(Of(m, 2)) + "号");
        text = Time().Replace(text, m => Clock((int)Of(m, 1), (int)Of(m, 2)));
        text = Yuan().Replace(text, m => Money(Of(m, 1) * 100 + (m.Groups[2].Success ? long.Parse(m.Groups[2].Value.PadRight(2, '0'), CultureInfo.InvariantCulture) : 0)));
        text = Decimal().Replace(text, m => Number(Of(m, 1)) + "点" + string.Concat(m.Groups[2].Value.Select(c => Figures[c - '0'])));
        text = Run().Replace(text, m => m.Length >= 5 || (m.Length > 1 && m.Value[0] == '0') ? Digits(m.Value) : Number(long.Parse(m.Value, CultureInfo.InvariantCulture)));
        return Marks().Replace(text, "，");
    }

    private static long Of(Match match, int group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string Clock(int hour, int minute) => Count(hour, "点") + minute switch
    {
        0 => "",
        30 => "半",
        < 10 => "零" + Number(minute) + "分",
        _ => Number(minute) + "分",
    };

    private static string Year(int year) => string.Concat(year.ToString(CultureInfo.InvariantCulture).Select(c => Figures[c - '0'])) + "年";

    private static string Tenths(long tenths, string unit) =>
        tenths % 10 == 0 ? Count(tenths / 10, unit) : Number(tenths / 10) + "点" + Figures[(int)(tenths % 10)] + unit;

    // 2 before 百 is 两 where it leads the number only, before 千 always; ten leads without 一.
    private static string FourFigures(int n, bool leads)
    {
        var text = new StringBuilder();
        var gap = false;
        foreach (var (size, unit) in ((int, string)[])[(1000, "千"), (100, "百"), (10, "十"), (1, "")])
        {
            var figure = n / size % 10;
            if (figure == 0)
            {
                gap = text.Length > 0;
                continue;
            }
            if (gap) text.Append('零');
            gap = false;
            var first = leads && text.Length == 0;
            if (!(size == 10 && figure == 1 && first)) text.Append(figure == 2 && (size == 1000 || (size == 100 && first)) ? '两' : Figures[figure]);
            text.Append(unit);
        }
        return text.ToString();
    }

    [GeneratedRegex(@"(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号]")]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?!\d)")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<![\d.])(\d{1,9})(?:\.(\d{1,2}))? ?元")]
    private static partial Regex Yuan();

    [GeneratedRegex(@"(?<![\d.])(\d{1,9})\.(\d{1,3})(?![\d.])")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Run();

    [GeneratedRegex(@"[「」『』【】（）()\[\]""“”<>《》—–_*/|~]+|\s*[\r\n]+\s*")]
    private static partial Regex Marks();
}
