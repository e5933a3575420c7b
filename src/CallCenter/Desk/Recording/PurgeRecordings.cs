using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.CallCenter.Recording;

/// <summary>Removes recordings whose time is over; that there was one stays in the records. Files that lie with other processes are removed by them, within an hour.</summary>
internal sealed class PurgeRecordings(Db db, Recordings recordings, TimeProvider clock) : IScheduledJob
{
    private const int Portion = 200;

    private const string Due = "select id from calls_recordings where erased_at is null and expires_at <= @now order by expires_at limit @limit";

    public async Task Run(CancellationToken ct)
    {
        while (await db.Query<string>(Due, new { now = clock.GetUtcNow(), limit = Portion }, ct).ConfigureAwait(false) is { Count: > 0 } ids)
        {
            recordings.Remove(ids);
            await db.Execute("update calls_recordings set erased_at = @now where id in @ids and erased_at is null", new { now = clock.GetUtcNow(), ids }, ct).ConfigureAwait(false);
        }
    }
}
