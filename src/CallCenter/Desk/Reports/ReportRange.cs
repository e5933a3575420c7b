using System.Globalization;
using Courier.CallCenter.Agents;
using Courier.Http;
using Courier.Services.Calendars;

namespace Courier.CallCenter.Reports;

/// <summary>What a report sums up by.</summary>
internal enum ReportBy
{
    /// <summary>A line a queue.</summary>
    Queue,

    /// <summary>A line an agent.</summary>
    Agent,

    /// <summary>A line an hour.</summary>
    Hour,

    /// <summary>A line a day.</summary>
    Day,
}

/// <summary>Which calls: whole days of China, or one hour of them; of one queue or agent, or all.</summary>
/// <param name="First">First hour (<see cref="ChinaHour"/>).</param>
/// <param name="Last">Last hour.</param>
/// <param name="Queue">Code of the queue; empty for all.</param>
/// <param name="Agent">Id of the agent; empty for all.</param>
internal sealed record ReportRange(long First, long Last, string Queue, string Agent)
{
    private const int MostDays = 92;

    /// <summary>Reads a query; without days it is today.</summary>
    /// <exception cref="BadInput">A day is none, or the range is too long.</exception>
    public static ReportRange Read(string? from, string? to, string? queue, string? agent, DateTimeOffset now)
    {
        var last = Day(to, "to") ?? ChinaTime.DayNumber(now);
        var first = Day(from, "from") ?? last;
        if (last < first || last - first >= MostDays) throw new BadInput("from", Texts.SpanWrong);
        return new ReportRange(first * 24, last * 24 + 23, queue ?? "", agent ?? "");
    }

    /// <summary>The range within one of its hours.</summary>
    public ReportRange Within(long? hour) => hour is { } only ? this with { First = Math.Max(First, only), Last = Math.Min(Last, only) } : this;

    /// <summary>How people write an hour or a day: <c>2026-11-22 09:00</c>, <c>2026-11-22</c>.</summary>
    public static string Words(long hour, bool isDay) =>
        DateTime.UnixEpoch.AddHours(hour).ToString(isDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:00", CultureInfo.InvariantCulture);

    private static long? Day(string? text, string field) => string.IsNullOrEmpty(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber : throw new BadInput(field, Texts.DayWrong);
}
