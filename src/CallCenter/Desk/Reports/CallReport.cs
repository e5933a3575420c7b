using Courier.CallCenter.Routing;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.CallCenter.Reports;

/// <summary>What is counted; sums of two counts are counts.</summary>
internal sealed record ReportCounts
{
    /// <summary>Code of the queue, id of the agent, number of the hour (a day has that of its first).</summary>
    public string Part { get; init; } = "";

    /// <summary>Calls that were let in and have left again.</summary>
    public long Offered { get; init; }
    public long Answered { get; init; }
    public long Abandoned { get; init; }

    /// <summary>Hung up within five seconds.</summary>
    public long ShortAbandoned { get; init; }
    public long Overflowed { get; init; }
    public long AskedCallBack { get; init; }
    public long Voicemail { get; init; }
    public long TimedOut { get; init; }

    /// <summary>Not let in: closed, full, nobody there.</summary>
    public long TurnedAway { get; init; }
    public long Lost { get; init; }

    /// <summary>Answered within the seconds that the queue, or the caller's tier, promises.</summary>
    public long InTime { get; init; }

    /// <summary>Customers who were called back and reached.</summary>
    public long CalledBack { get; init; }
    public long WaitedMs { get; init; }
    public long LongestMs { get; init; }
    public long TalkMs { get; init; }
    public long WrapMs { get; init; }

    /// <summary>Of agents: talking and wrapping up.</summary>
    public long BusyMs { get; init; }

    /// <summary>Of agents: ready for a call.</summary>
    public long IdleMs { get; init; }

    /// <summary>Of agents: not ready.</summary>
    public long NotReadyMs { get; init; }

    public static ReportCounts operator +(ReportCounts a, ReportCounts b) => new()
    {
        Part = a.Part,
        Offered = a.Offered + b.Offered, Answered = a.Answered + b.Answered, Abandoned = a.Abandoned + b.Abandoned, ShortAbandoned = a.ShortAbandoned + b.ShortAbandoned,
        Overflowed = a.Overflowed + b.Overflowed, AskedCallBack = a.AskedCallBack + b.AskedCallBack, Voicemail = a.Voicemail + b.Voicemail, TimedOut = a.TimedOut + b.TimedOut,
        TurnedAway = a.TurnedAway + b.TurnedAway, Lost = a.Lost + b.Lost, InTime = a.InTime + b.InTime, CalledBack = a.CalledBack + b.CalledBack, WaitedMs = a.WaitedMs + b.WaitedMs,
        LongestMs = Math.Max(a.LongestMs, b.LongestMs), TalkMs = a.TalkMs + b.TalkMs, WrapMs = a.WrapMs + b.WrapMs, BusyMs = a.BusyMs + b.BusyMs, IdleMs = a.IdleMs + b.IdleMs,
        NotReadyMs = a.NotReadyMs + b.NotReadyMs,
    };
}

/// <summary>
/// A line of a report. Rates are null where there is nothing to divide by.
/// </summary>
/// <param name="Part">Code of the queue, id of the agent, number of the hour (a day has that of its first); empty for the sum.</param>
/// <param name="Name">What people read.</param>
/// <param name="Counts">The sums.</param>
internal sealed record ReportLine(string Part, string Name, ReportCounts Counts)
{
    /// <summary>Service level: answered in time ÷ (offered − short abandoned).</summary>
    public double? ServiceLevel => Share(Counts.InTime, Counts.Offered - Counts.ShortAbandoned);

    /// <summary>Average speed of answer, seconds.</summary>
    public double? AverageAnswer => Seconds(Counts.WaitedMs, Counts.Answered);

    /// <summary>Average handling time, seconds: talk with its holds, and wrap-up; call-backs too.</summary>
    public double? AverageHandling => Seconds(Counts.TalkMs + Counts.WrapMs, Counts.Answered + Counts.CalledBack);

    /// <summary>Occupancy: talk and wrap-up ÷ (those and ready).</summary>
    public double? Occupancy => Share(Counts.BusyMs, Counts.BusyMs + Counts.IdleMs);

    private static double? Share(long part, long whole) => whole <= 0 ? null : Math.Round((double)part / whole, 4);

    private static double? Seconds(long ms, long calls) => calls <= 0 ? null : Math.Round(ms / 1000.0 / calls, 1);
}

/// <summary>The report over queues, agents, hours or days: two statements whatever the range.</summary>
internal static class CallReport
{
    private const string Entries =
        """
          sum(case when is_call_back = 0 and how not in ('closed', 'full', 'unstaffed') then 1 else 0 end) as Offered,
          sum(case when is_call_back = 0 and how = 'answered' then 1 else 0 end) as Answered,
          sum(case when how = 'abandoned' then 1 else 0 end) as Abandoned,
          sum(case when how = 'short_abandoned' then 1 else 0 end) as ShortAbandoned,
          sum(case when how = 'overflowed' then 1 else 0 end) as Overflowed,
          sum(case when how = 'call_back' then 1 else 0 end) as AskedCallBack,
          sum(case when how = 'voicemail' then 1 else 0 end) as Voicemail,
          sum(case when how = 'timed_out' then 1 else 0 end) as TimedOut,
          sum(case when how in ('closed', 'full', 'unstaffed') then 1 else 0 end) as TurnedAway,
          sum(case when how = 'lost' then 1 else 0 end) as Lost,
          sum(case when is_call_back = 0 and how = 'answered' and waited_ms <= level_seconds * 1000 then 1 else 0 end) as InTime,
          sum(case when is_call_back = 1 then 1 else 0 end) as CalledBack,
          sum(case when is_call_back = 0 and how = 'answered' then waited_ms else 0 end) as WaitedMs,
          max(case when is_call_back = 0 then waited_ms else 0 end) as LongestMs,
          sum(talk_ms) as TalkMs, sum(wrap_ms) as WrapMs
        from calls_queue_entries
        where hour between @First and @Last and how <> 'waiting' and (@Queue = '' or queue = @Queue) and (@Agent = '' or agent_id = @Agent)
        """;

    private const string Times =
        """
          sum(case when state in ('talking', 'wrap_up') then until_at - from_at else 0 end) as BusyMs,
          sum(case when state in ('ready', 'reserved') then until_at - from_at else 0 end) as IdleMs,
          sum(case when state = 'not_ready' then until_at - from_at else 0 end) as NotReadyMs
        from calls_agent_times
        where hour between @First and @Last and (@Agent = '' or staff_id = @Agent)
        """;

    /// <summary>The lines, and their sum last.</summary>
    public static async Task<IReadOnlyList<ReportLine>> Execute(ISqlReader db, ReportBy by, ReportRange range, CancellationToken ct)
    {
        var rows = (await db.Query<ReportCounts>(Sql(by, "agent_id", Entries, by == ReportBy.Agent ? "and agent_id <> ''" : ""), range, ct).ConfigureAwait(false)).ToDictionary(r => r.Part, StringComparer.Ordinal);
        // Agents serve all queues: their time belongs to none.
        if (by != ReportBy.Queue && range.Queue.Length == 0)
        {
            foreach (var row in await db.Query<ReportCounts>(Sql(by, "staff_id", Times, ""), range, ct).ConfigureAwait(false))
                rows[row.Part] = row + rows.GetValueOrDefault(row.Part, new ReportCounts());
        }
        var names = await Names(db, by, rows.Keys, ct).ConfigureAwait(false);
        var lines = rows.Select(r => new ReportLine(r.Key, names(r.Key), r.Value)).OrderBy(l => by is ReportBy.Queue or ReportBy.Agent ? l.Name : l.Part, StringComparer.Ordinal).ToList();
        return [.. lines, new ReportLine("", Texts.Sum, rows.Values.Aggregate(new ReportCounts(), (a, b) => a + b))];
    }

    private static string Sql(ReportBy by, string agent, string sums, string also)
    {
        var part = by switch
        {
            ReportBy.Queue => "queue",
            ReportBy.Agent => agent,
            ReportBy.Hour => "hour",
            ReportBy.Day => "hour - hour % 24",
        };
        return $"select cast({part} as char(40)) as Part,\n{sums} {also}\ngroup by Part";
    }

    private static async Task<Func<string, string>> Names(ISqlReader db, ReportBy by, IEnumerable<string> parts, CancellationToken ct)
    {
        switch (by)
        {
            case ReportBy.Queue:
                var queues = (await QueueStore.All(db, ct).ConfigureAwait(false)).ToDictionary(q => q.Code, q => q.Name, StringComparer.Ordinal);
                return code => queues.GetValueOrDefault(code, code);
            case ReportBy.Agent:
                var agents = await StaffAccounts.DisplayNames(db, [.. parts.Select(StaffId.Parse)], ct).ConfigureAwait(false);
                return id => agents.GetValueOrDefault(StaffId.Parse(id), id);
            case ReportBy.Hour or ReportBy.Day:
                return hour => ReportRange.Words(long.Parse(hour, System.Globalization.CultureInfo.InvariantCulture), by == ReportBy.Day);
            default:
                throw new ArgumentOutOfRangeException(nameof(by));
        }
    }
}
