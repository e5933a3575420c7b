using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Insight;

/// <summary>How often something was done on a day.</summary>
public sealed record UsageOfDay
{
    /// <summary>The day in China, as days since 1970 (<see cref="ChinaTime.DayNumber"/>).</summary>
    public required long Day { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>Over which channel.</summary>
    public required UsageChannel Channel { get; init; }

    /// <summary>Where it began; empty when unknown.</summary>
    public required string Source { get; init; }

    /// <summary>Where it was asked; empty when unknown.</summary>
    public required string Page { get; init; }

    /// <summary>How often it was done.</summary>
    public required long Done { get; init; }

    /// <summary>How often it was refused.</summary>
    public required long Refused { get; init; }

    /// <summary>How often it failed by our fault.</summary>
    public required long Failed { get; init; }

    /// <summary>Milliseconds that all of them took together.</summary>
    public required long TotalMs { get; init; }
}

/// <summary>Reads how self-service was used over days.</summary>
public static class UsageTrend
{
    /// <summary>Longest span that is shown at once, in days.</summary>
    public const int MostDays = 92;

    private const string Sql =
        """
        select day as Day, action as Action, channel as Channel, source as Source, page as Page,
               sum(case when outcome = 'done' then uses else 0 end) as Done, sum(case when outcome = 'refused' then uses else 0 end) as Refused,
               sum(case when outcome = 'failed' then uses else 0 end) as Failed, sum(total_ms) as TotalMs
        from insight_usage_days
        where day between @from and @to and (@action = '' or action = @action)
        group by day, action, channel, source, page
        order by day, action, channel, source, page
        limit 5000
        """;

    /// <summary>Uses from one day to another, both included; the days count since 1970.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="action">Only this action; empty for all.</param>
    /// <param name="ct">Ends it.</param>
    public static Task<IReadOnlyList<UsageOfDay>> Execute(ISqlReader db, long from, long to, string action, CancellationToken ct) =>
        db.Query<UsageOfDay>(Sql, new { from, to, action }, ct);
}
