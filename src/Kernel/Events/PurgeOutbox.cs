using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Kernel.Events;

/// <summary>Removes what was delivered a week ago, a portion at a time.</summary>
internal sealed class PurgeOutbox(Db db, TimeProvider clock) : IScheduledJob
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    public async Task Run(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Keep;
        int removed;
        do
        {
            removed = await db.InTransaction(async tx =>
            {
                var ids = await tx.Query<string>(
                    """
                    select m.id from outbox_messages m
                    where m.created_at < @before
                      and not exists (select 1 from outbox_deliveries d where d.message_id = m.id and d.status in ('pending', 'dead'))
                    order by m.created_at
                    limit 500
                    """, new { before }, ct).ConfigureAwait(false);
                if (ids.Count == 0) return 0;
                await tx.Execute("delete from outbox_deliveries where message_id in @ids", new { ids }, ct).ConfigureAwait(false);
                return await tx.Execute("delete from outbox_messages where id in @ids", new { ids }, ct).ConfigureAwait(false);
            }, ct).ConfigureAwait(false);
        } while (removed > 0);
    }
}
