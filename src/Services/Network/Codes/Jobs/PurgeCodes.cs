using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Network.Codes;

/// <summary>Forgets codes and invitations that are over.</summary>
internal sealed class PurgeCodes(Db db, TimeProvider clock) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from network_codes where expires_at <= @now", new { now }, ct).ConfigureAwait(false);
        await db.Execute("delete from network_family_invites where expires_at <= @now", new { now }, ct).ConfigureAwait(false);
    }
}
