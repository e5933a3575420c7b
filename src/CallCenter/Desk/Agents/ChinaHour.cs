using Courier.Services.Calendars;

namespace Courier.CallCenter.Agents;

/// <summary>An hour as clocks in China show it, as a number that counts up: hours since 1970 there.</summary>
/// <param name="Number">The number; divided by 24 it is the day's (<see cref="ChinaTime.DayNumber"/>).</param>
internal readonly record struct ChinaHour(long Number)
{
    private const long Milliseconds = 3_600_000;

    /// <summary>When it ends.</summary>
    public DateTimeOffset End => DateTimeOffset.FromUnixTimeMilliseconds((Number + 1) * Milliseconds) - ChinaTime.Offset;

    /// <summary>The hour that a moment lies in.</summary>
    public static ChinaHour Of(DateTimeOffset moment) => new((moment + ChinaTime.Offset).ToUnixTimeMilliseconds() / Milliseconds);
}
