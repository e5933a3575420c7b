using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Parcels;

/// <summary>Forgets wrong tails that do not count any more.</summary>
internal sealed class PurgeTailTries(Db db, TimeProvider clock) : IScheduledJob
{
    public Task Run(CancellationToken ct) =>
        db.Execute("delete from parcels_tail_tries where since <= @hourAgo", new { hourAgo = clock.GetUtcNow() - TimeSpan.FromHours(1) }, ct);
}
