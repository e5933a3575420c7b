using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Notifications;

/// <summary>
/// Sends what is due: takes a portion by lease, sends it without any transaction, and writes the results as they come, together
/// what came while the last ones were written. While the last messages of a portion are on their way the next one is taken.
/// After a crash only what was under way just then comes again, with the same message ids: at least once.
/// </summary>
internal sealed class SendNotifications(Db db, TimeProvider clock, NotificationsOptions options, SendPortion portions) : IScheduledJob
{
    // No send begins this shortly before the lease ends: it would be recorded by a process that does not own it any more.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    public async Task Run(CancellationToken ct)
    {
        using var places = new SemaphoreSlim(options.Parallel);
        var running = Task.CompletedTask;
        try
        {
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                var next = await TakeNext(places, ct).ConfigureAwait(false);
                if (next is null && running.IsCompletedSuccessfully) return;
                if (next is null)
                {
                    await running.ConfigureAwait(false); // what it ends may let others follow
                    continue;
                }
                var before = running;
                running = Task.WhenAll(before, next.Ends);
                await Task.WhenAll(before, next.Begun).ConfigureAwait(false);
            }
        }
        finally
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // also at a shutdown: what was sent is recorded
        }
    }

    // Null when nothing is due. All of a portion may be outdated: then it has begun and ended already.
    private async Task<RunningPortion?> TakeNext(SemaphoreSlim places, CancellationToken ct)
    {
        var claim = Ids.New(clock);
        var deadline = clock.GetUtcNow() + options.Lease - Reserve;
        var (taken, due) = await DueMessages.Take(db, clock, options, claim, ct).ConfigureAwait(false);
        return taken == 0 ? null
            : due.Count == 0 ? RunningPortion.Nothing
            : portions.Start(claim, due, places, () => clock.GetUtcNow() < deadline, ct);
    }
}
