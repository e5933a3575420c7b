using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Parcels;

/// <summary>Forgets links that died a month ago and warnings of last year.</summary>
internal sealed class PurgeSharesAndWarnings(Db db, TimeProvider clock) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from parcels_shares where expires_at < @monthAgo", new { monthAgo = now.AddDays(-30) }, ct).ConfigureAwait(false);
        await db.Execute("delete from parcels_warnings where warned_at < @yearAgo", new { yearAgo = now.AddDays(-365) }, ct).ConfigureAwait(false);
    }
}
