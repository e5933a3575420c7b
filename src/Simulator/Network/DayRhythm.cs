namespace Courier.Simulator.Network;

/// <summary>People and outlets keep hours, in China's one time zone; trucks and hubs work through the night.</summary>
internal static class DayRhythm
{
    static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The first moment from <paramref name="at"/> on between the two hours; the next window's begin is spread over an hour.</summary>
    public static DateTimeOffset Between(DateTimeOffset at, int fromHour, int toHour, Random random)
    {
        var local = at.ToOffset(China);
        if (local.Hour >= fromHour && local.Hour < toHour) return at;
        var day = local.Hour < fromHour ? local.Date : local.Date.AddDays(1);
        return new DateTimeOffset(day.AddHours(fromHour), China).AddSeconds(random.Next(3600)).ToUniversalTime();
    }
}
