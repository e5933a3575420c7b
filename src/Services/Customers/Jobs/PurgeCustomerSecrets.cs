using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Customers;

/// <summary>Removes sessions that are over, codes and invitations once no limit counts them any more, and old notes of who looked at whom and where parcels were to be left.</summary>
internal sealed class PurgeCustomerSecrets(Db db, TimeProvider clock, CustomersOptions options) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from customers_sessions where expires_at <= @now", new { now }, ct).ConfigureAwait(false);
        await db.Execute("delete from customers_phone_checks where created_at <= @old", new { old = now - TimeSpan.FromDays(2) }, ct).ConfigureAwait(false);
        await db.Execute("delete from customers_merge_offers where until <= @now", new { now }, ct).ConfigureAwait(false);
        await db.Execute("delete from customers_invites where expires_at <= @old", new { old = now - TimeSpan.FromDays(1) }, ct).ConfigureAwait(false);
        await db.Execute("delete from customers_accesses where at <= @old", new { old = now.AddYears(-3) }, ct).ConfigureAwait(false);
        await db.Execute("delete from customers_deposits where id < @old", new { old = Ids.FirstOf(now.AddYears(-3)) }, ct).ConfigureAwait(false);
        await PurgeMoves(now - TimeSpan.FromDays(options.UndoMergeDays), ct).ConfigureAwait(false);
    }

    // What moved is needed no longer than a merge can be undone; the merge itself stays as the record of what happened.
    private async Task PurgeMoves(DateTimeOffset before, CancellationToken ct)
    {
        const string Old = "select distinct m.merge_id from customers_merge_moves m join customers_merges g on g.id = m.merge_id where g.merged_at < @before limit 200";
        while (await db.Query<string>(Old, new { before }, ct).ConfigureAwait(false) is { Count: > 0 } ids)
            await db.Execute("delete from customers_merge_moves where merge_id in @ids", new { ids }, ct).ConfigureAwait(false);
    }
}
