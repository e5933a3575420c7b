using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Addresses.Book;

/// <summary>Forgets entries that nobody can bring back any more, and links that are over.</summary>
internal sealed class PurgeAddresses(Db db, TimeProvider clock) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from addresses_entries where deleted_at <= @old", new { old = now - ChangeAddress.Undo }, ct).ConfigureAwait(false);
        await db.Execute("delete from addresses_shares where expires_at <= @now", new { now }, ct).ConfigureAwait(false);
    }
}
