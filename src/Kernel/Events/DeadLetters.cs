using Courier.Kernel.Data;

namespace Courier.Kernel.Events;

/// <summary>Deliveries that were given up: a person looks at them, re-queues or drops them.</summary>
public static class DeadLetters
{
    /// <summary>A delivery that was given up.</summary>
    public sealed record DeadLetter
    {
        /// <summary>Id of the delivery.</summary>
        public required string Id { get; init; }

        /// <summary>Which reaction failed.</summary>
        public required string Handler { get; init; }

        /// <summary>Wire name of the event.</summary>
        public required string Event { get; init; }

        /// <summary>What the event happened to.</summary>
        public required string Aggregate { get; init; }

        /// <summary>Attempts so far.</summary>
        public required long Attempts { get; init; }

        /// <summary>The last attempt's error.</summary>
        public required string LastError { get; init; }

        /// <summary>When it was given up.</summary>
        public required DateTimeOffset FinishedAt { get; init; }
    }

    /// <summary>The newest dead deliveries, at most <paramref name="limit"/>, older than <paramref name="before"/> (an id of the previous page).</summary>
    public static Task<IReadOnlyList<DeadLetter>> List(ISqlReader db, string? before, int limit, CancellationToken ct) =>
        db.Query<DeadLetter>(
            """
            select d.id, d.handler, m.name as event, d.aggregate, d.attempts, d.last_error as LastError, d.finished_at as FinishedAt
            from outbox_deliveries d
            join outbox_messages m on m.id = d.message_id
            where d.status = 'dead' and d.id < @before
            order by d.id desc
            limit @limit
            """, new { before = before ?? "g", limit }, ct); // every hex id is below "g"

    /// <summary>Lets a dead delivery start anew.</summary>
    /// <returns>False when there is no such dead delivery.</returns>
    public static async Task<bool> Requeue(Tx tx, Outbox outbox, string id, DateTimeOffset now, CancellationToken ct)
    {
        var changed = await tx.Execute(
            """
            update outbox_deliveries
            set status = 'pending', attempts = 0, next_at = @now, leased_until = 0, finished_at = null
            where id = @id and status = 'dead'
            """, new { id, now }, ct).ConfigureAwait(false);
        tx.AfterCommit(outbox.Wake);
        return changed == 1;
    }

    /// <summary>Gives a dead delivery up for good, so that later events of its aggregate go on.</summary>
    /// <returns>False when there is no such dead delivery.</returns>
    public static async Task<bool> Drop(Tx tx, Outbox outbox, string id, DateTimeOffset now, CancellationToken ct)
    {
        var changed = await tx.Execute(
            "update outbox_deliveries set status = 'superseded', finished_at = @now where id = @id and status = 'dead'",
            new { id, now }, ct).ConfigureAwait(false);
        tx.AfterCommit(outbox.Wake);
        return changed == 1;
    }
}
