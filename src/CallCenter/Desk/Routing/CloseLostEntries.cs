using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.CallCenter.Routing;

/// <summary>Ends stays in queues and stretches of time lines that nobody sees any more: their process is gone, and the calls with it.</summary>
internal sealed class CloseLostEntries(Db db, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "calls.close_lost_entries";

    private static readonly TimeSpan Unseen = TimeSpan.FromMinutes(5);

    public Task Run(CancellationToken ct) => db.InTransaction(async tx =>
    {
        var args = new { before = clock.GetUtcNow() - Unseen };
        await tx.Execute("update calls_queue_entries set how = 'lost', left_at = seen_at where how = 'waiting' and seen_at < @before", args, ct).ConfigureAwait(false);
        await tx.Execute("update calls_agent_times set is_open = 0 where is_open = 1 and until_at < @before", args, ct).ConfigureAwait(false);
    }, ct);
}
