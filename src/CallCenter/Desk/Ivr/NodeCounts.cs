using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Insight;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Ivr;

/// <summary>A node of an edition.</summary>
internal readonly record struct CountedNode(string Flow, long Edition, string Node);

/// <summary>What happened at a node.</summary>
/// <param name="Entered">Callers who came.</param>
/// <param name="WentOn">Who went on from there.</param>
/// <param name="HungUp">Who hung up there.</param>
internal readonly record struct NodeTotal(long Entered, long WentOn, long HungUp);

/// <summary>Counts for each node of each edition and day who came, went on and hung up there; written each second, so that no call waits for it.</summary>
internal sealed partial class NodeCounts(Db db, TimeProvider clock, OnceAMinute seldom, ILogger<NodeCounts> log) : DayTotals<CountedNode, NodeTotal>(db, clock, seldom)
{
    /// <summary>Adds to today's counts of a node; never waits and never fails.</summary>
    public void Count(LiveFlow flow, FlowNode node, long entered = 0, long wentOn = 0, long hungUp = 0) =>
        Count(new CountedNode(flow.Name, flow.Number, node.Id), new NodeTotal(entered, wentOn, hungUp));

    /// <inheritdoc />
    protected override NodeTotal Sum(NodeTotal before, NodeTotal more) => new(before.Entered + more.Entered, before.WentOn + more.WentOn, before.HungUp + more.HungUp);

    /// <inheritdoc />
    protected override Task Write(Tx tx, IReadOnlyList<(long Day, CountedNode Item, NodeTotal Total)> counted, CancellationToken ct) => tx.UpsertRows(
        "calls_node_days", ["day", "flow", "edition", "node", "writer", "entered", "went_on", "hung_up"],
        counted.Select(c => new object?[] { c.Day, c.Item.Flow, c.Item.Edition, c.Item.Node, Writer, c.Total.Entered, c.Total.WentOn, c.Total.HungUp }),
        "flow, day, edition, node, writer", ["entered", "went_on", "hung_up"], ct);

    /// <inheritdoc />
    protected override void NotWritten(Exception error, long heldBack) => NotWritten(log, error, heldBack);

    [LoggerMessage(LogLevel.Warning, "Counts of the hotline's nodes could not be written; they are kept until the next time ({HeldBack} like this since the last line)")]
    private static partial void NotWritten(ILogger log, Exception error, long heldBack);
}

/// <summary>What was counted at a node.</summary>
internal sealed record NodeReport
{
    private const string OfEdition =
        """
        select node as Node, sum(entered) as Entered, sum(went_on) as WentOn, sum(hung_up) as HungUp
        from calls_node_days
        where flow = @flow and edition = @edition and day >= @since and day <= @until
        group by node
        """;

    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>Callers who came.</summary>
    public required long Entered { get; init; }

    /// <summary>Who went on from there.</summary>
    public required long WentOn { get; init; }

    /// <summary>Who hung up there.</summary>
    public required long HungUp { get; init; }

    /// <summary>The nodes of an edition, over days.</summary>
    public static Task<IReadOnlyList<NodeReport>> Of(ISqlReader db, string flow, long edition, DateOnly since, DateOnly until, CancellationToken ct) =>
        db.Query<NodeReport>(OfEdition, new { flow, edition, since = Number(since), until = Number(until) }, ct);

    private static long Number(DateOnly day) => ChinaTime.DayNumber(new DateTimeOffset(day, TimeOnly.MinValue, ChinaTime.Offset));
}

/// <summary>Forgets counts of nodes after thirteen months, and scores of calls with the calls' own records.</summary>
internal sealed class PurgeNodeCounts(Db db, TimeProvider clock) : IScheduledJob
{
    private const int KeptDays = 400;

    public Task Run(CancellationToken ct) =>
        db.Execute("delete from calls_node_days where day < @before", new { before = ChinaTime.DayNumber(clock.GetUtcNow()) - KeptDays }, ct);
}
