using System.Globalization;

namespace Courier.Services.Calendars;

/// <summary>Asia/Shanghai: UTC+08:00 all year (no daylight saving since 1992), so no time zone data are needed.</summary>
public static class ChinaTime
{
    /// <summary>The distance to UTC.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>For <see cref="Words"/> that may be read later, as what waits for the end of quiet hours is: seen from here every day has its date, and none is "tomorrow".</summary>
    public static readonly DateTimeOffset AnyDay = DateTimeOffset.UnixEpoch;

    /// <summary>The same moment as clocks in China show it.</summary>
    public static DateTimeOffset In(DateTimeOffset moment) => moment.ToOffset(Offset);

    /// <summary>The day in China that the moment belongs to.</summary>
    public static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(In(moment).DateTime);

    /// <summary>The day in China that the moment belongs to, as a number that counts up: days since 1970.</summary>
    public static long DayNumber(DateTimeOffset moment) => (moment.ToUnixTimeMilliseconds() + 8 * 3_600_000L) / 86_400_000L;

    /// <summary>As people say it: <c>今天 08:00</c>, <c>明天 08:00</c>, else <c>11月24日 08:00</c>.</summary>
    /// <param name="moment">What is spoken of.</param>
    /// <param name="now">When it is said.</param>
    public static string Words(DateTimeOffset moment, DateTimeOffset now)
    {
        var days = Day(moment).DayNumber - Day(now).DayNumber;
        var local = In(moment);
        var day = days switch
        {
            -1 => "昨天",
            0 => "今天",
            1 => "明天",
            _ => string.Create(CultureInfo.InvariantCulture, $"{local.Month}月{local.Day}日"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{day} {local:HH:mm}");
    }
}
