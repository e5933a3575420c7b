using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Staff;

/// <summary>Deletes sessions and sign-in tries that count no more.</summary>
internal sealed class PurgeStaffSessions(Db db, TimeProvider clock) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from staff_sessions where ends_at <= @now", new { now }, ct).ConfigureAwait(false);
        await db.Execute("delete from staff_sessions where idle_until <= @now", new { now }, ct).ConfigureAwait(false);
        await db.Execute("delete from staff_sign_in_tries where started_at <= @cutoff", new { cutoff = now - SignIn.Window }, ct).ConfigureAwait(false);
    }
}
