using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>
/// Sends what is due: takes a portion by lease, sends it without any transaction, and writes the results as they come, together
/// what came while the last ones were written. While a portion is on its way the next one is taken and looked up, so that the
/// connections never wait for the database. After a crash only what was taken just then comes again, with the same message ids: at least once.
/// </summary>
internal sealed class SendNotifications(Db db, TimeProvider clock, NotificationsOptions options, SendPortion portions) : IScheduledJob
{
    // No send begins this shortly before the lease ends: it would be recorded by a process that does not own it any more.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    public async Task Run(CancellationToken ct)
    {
        using var places = new SemaphoreSlim(options.Parallel);
        var (before, last) = (Task.CompletedTask, RunningPortion.Nothing); // how all before the last one end; the last one
        try
        {
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                // Asked before looking: what ends while it looks may let others follow that it did not see yet.
                var isAllEnded = before.IsCompletedSuccessfully && last.Ends.IsCompletedSuccessfully;
                var next = await TakeNext(ct).ConfigureAwait(false);
                if (next is null && isAllEnded) return;
                if (next is null)
                {
                    await Task.WhenAll(before, last.Ends).ConfigureAwait(false); // what they end may let others follow
                    continue;
                }
                // One portion ahead and no more. What is taken is started whatever happened to those before: what cannot be sent is given back.
                await Task.WhenAll(before, last.Begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                (before, last) = (Task.WhenAll(before, last.Ends), portions.Start(next, places, ct));
                if (before.IsFaulted) await before.ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(before, last.Ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // also at a shutdown: what was sent is recorded
        }
    }

    // Null when nothing is due.
    private async Task<TakenPortion?> TakeNext(CancellationToken ct)
    {
        var claim = Ids.New(clock);
        var deadline = clock.GetUtcNow() + options.Lease - Reserve;
        var (taken, due) = await DueMessages.Take(db, clock, options, claim, ct).ConfigureAwait(false);
        return taken == 0 ? null : await portions.Prepare(claim, due, () => clock.GetUtcNow() < deadline, CancellationToken.None).ConfigureAwait(false);
    }
}
