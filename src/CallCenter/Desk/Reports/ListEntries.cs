using Courier.CallCenter.Routing;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.CallCenter.Reports;

/// <summary>A figure of the report whose calls are wanted.</summary>
internal enum ReportFigure
{
    /// <summary>Offered: let in, and gone again.</summary>
    Offered,

    /// <summary>Answered.</summary>
    Answered,

    /// <summary>Answered in time.</summary>
    InTime,

    /// <summary>Abandoned.</summary>
    Abandoned,

    /// <summary>Abandoned within seconds.</summary>
    ShortAbandoned,

    /// <summary>Gone on to another queue.</summary>
    Overflowed,

    /// <summary>A call-back was asked for.</summary>
    AskedCallBack,

    /// <summary>A message was left.</summary>
    Voicemail,

    /// <summary>Waited too long.</summary>
    TimedOut,

    /// <summary>Not let in.</summary>
    TurnedAway,

    /// <summary>Lost with a process.</summary>
    Lost,

    /// <summary>Called back and reached.</summary>
    CalledBack,
}

/// <summary>A stay of a call in a queue, as supervisors see it.</summary>
internal sealed record ListedEntry
{
    public required string Id { get; init; }
    public required string CallId { get; init; }
    public required string Queue { get; init; }
    public required string Tier { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public required DateTimeOffset LeftAt { get; init; }
    public required QueueLeft How { get; init; }
    public required long WaitedMs { get; init; }
    public required string AgentId { get; init; }
    public required long Place { get; init; }
    public required long TalkMs { get; init; }
    public required long WrapMs { get; init; }
    public required long IsCallBack { get; init; }
}

/// <summary>The calls behind the figures.</summary>
internal static class ListEntries
{
    private const string Sql =
        """
        select id as Id, call_id as CallId, queue as Queue, tier as Tier, joined_at as JoinedAt, left_at as LeftAt, how as How, waited_ms as WaitedMs, agent_id as AgentId, place as Place,
          talk_ms as TalkMs, wrap_ms as WrapMs, is_call_back as IsCallBack
        from calls_queue_entries
        where hour between @First and @Last and (@Queue = '' or queue = @Queue) and (@Agent = '' or agent_id = @Agent)
          and how in @Hows and is_call_back = @IsCallBack and (@InTimeOnly = 0 or waited_ms <= level_seconds * 1000) and (@After = '' or id < @After)
        order by id desc
        limit @Limit
        """;

    /// <summary>The stays that a figure counts, the latest first; at most <paramref name="limit"/> that are older than <paramref name="after"/>.</summary>
    public static Task<IReadOnlyList<ListedEntry>> Execute(ISqlReader db, ReportRange range, ReportFigure figure, string? after, int limit, CancellationToken ct) => db.Query<ListedEntry>(Sql, new
    {
        range.First, range.Last, range.Queue, range.Agent, Hows = Hows(figure).Select(EnumText<QueueLeft>.Of).ToList(), IsCallBack = figure == ReportFigure.CalledBack ? 1 : 0,
        InTimeOnly = figure == ReportFigure.InTime ? 1 : 0, After = after ?? "", Limit = limit,
    }, ct);

    /// <summary>The names of the agents.</summary>
    public static Task<IReadOnlyDictionary<StaffId, string>> Agents(ISqlReader db, IEnumerable<ListedEntry> entries, CancellationToken ct) =>
        StaffAccounts.DisplayNames(db, [.. entries.Where(e => e.AgentId.Length > 0).Select(e => StaffId.Parse(e.AgentId)).Distinct()], ct);

    private static QueueLeft[] Hows(ReportFigure figure) => figure switch
    {
        ReportFigure.Offered =>
        [
            QueueLeft.Answered, QueueLeft.Abandoned, QueueLeft.ShortAbandoned, QueueLeft.Overflowed, QueueLeft.CallBack, QueueLeft.Voicemail, QueueLeft.TimedOut, QueueLeft.Lost,
        ],
        ReportFigure.Answered or ReportFigure.InTime or ReportFigure.CalledBack => [QueueLeft.Answered],
        ReportFigure.Abandoned => [QueueLeft.Abandoned],
        ReportFigure.ShortAbandoned => [QueueLeft.ShortAbandoned],
        ReportFigure.Overflowed => [QueueLeft.Overflowed],
        ReportFigure.AskedCallBack => [QueueLeft.CallBack],
        ReportFigure.Voicemail => [QueueLeft.Voicemail],
        ReportFigure.TimedOut => [QueueLeft.TimedOut],
        ReportFigure.TurnedAway => [QueueLeft.Closed, QueueLeft.Full, QueueLeft.Unstaffed],
        ReportFigure.Lost => [QueueLeft.Lost],
    };
}
