using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Customers;

/// <summary>Removes sessions that are over, and codes once no limit counts them any more.</summary>
internal sealed class PurgeCustomerSecrets(Db db, TimeProvider clock) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from customers_sessions where expires_at <= @now", new { now }, ct).ConfigureAwait(false);
        await db.Execute("delete from customers_phone_checks where created_at <= @old", new { old = now - TimeSpan.FromDays(2) }, ct).ConfigureAwait(false);
    }
}
