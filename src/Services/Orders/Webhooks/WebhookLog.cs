using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Orders.Webhooks;

/// <summary>The delivery log, for operators. What was said is not shown: it names people.</summary>
public static class WebhookLog
{
    private const string Select =
        """
        select id as Id, target as Target, event as Event, aggregate as Aggregate, version as Version, status as Status, attempts as Attempts, next_at as NextAt,
          last_status as LastStatus, last_error as LastError, created_at as CreatedAt, finished_at as FinishedAt
        from orders_webhooks
        """;

    /// <summary>A page of the log, the newest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="waitingOnly">Only what is not taken yet.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<LoggedWebhook>> List(ISqlReader db, bool waitingOnly, string? after, int limit, CancellationToken ct) => db.Query<LoggedWebhook>(
        $"{Select} where id < @before and status in @statuses order by id desc limit @limit",
        new { before = after ?? "g", statuses = waitingOnly ? ["waiting"] : new[] { "waiting", "done", "dropped" }, limit }, ct);

    /// <summary>Tries a message again now; false when there is none that waits.</summary>
    public static async Task<bool> Retry(Tx tx, IJobAlarm alarm, string id, DateTimeOffset now, CancellationToken ct)
    {
        tx.AfterCommit(() => alarm.Wake(PlanWebhooks.JobName));
        return await tx.Execute("update orders_webhooks set next_at = @now where id = @id and status = 'waiting'", new { id, now }, ct).ConfigureAwait(false) == 1;
    }

    /// <summary>Gives a message up, so that later ones about the same thing go on; false when there is none that waits.</summary>
    public static async Task<bool> Drop(Tx tx, IJobAlarm alarm, string id, DateTimeOffset now, CancellationToken ct)
    {
        tx.AfterCommit(() => alarm.Wake(PlanWebhooks.JobName));
        return await tx.Execute("update orders_webhooks set status = 'dropped', body_cipher = '', finished_at = @now where id = @id and status = 'waiting'", new { id, now }, ct)
            .ConfigureAwait(false) == 1;
    }
}

/// <summary>A message in the delivery log.</summary>
public sealed record LoggedWebhook
{
    /// <summary>Id of the delivery.</summary>
    public required string Id { get; init; }

    /// <summary>Key of the target.</summary>
    public required string Target { get; init; }

    /// <summary>Wire name.</summary>
    public required string Event { get; init; }

    /// <summary>What it happened to.</summary>
    public required string Aggregate { get; init; }

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>waiting, done or dropped.</summary>
    public required string Status { get; init; }

    /// <summary>How often it was tried.</summary>
    public required long Attempts { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>HTTP status of the last attempt; null when there was no answer.</summary>
    public required int? LastStatus { get; init; }

    /// <summary>What stood against it; empty when nothing did.</summary>
    public required string LastError { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken or dropped.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }
}
