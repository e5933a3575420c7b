using System.Data.Common;
using Courier.Kernel.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Kernel.Events;

/// <summary>
/// Runs the dispatcher: at once when this process published something, each second for what others published or what became due.
/// A shutdown lets the reaction under way finish and gives back what was only claimed, so that another process need not wait for a lease.
/// </summary>
public sealed partial class OutboxLoop(OutboxDispatcher dispatcher, Outbox outbox, Dialect dialect, TimeProvider clock, ILogger<OutboxLoop> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _cut = new();

    /// <summary>Waits for the reaction under way; when the host's time for the shutdown is over, cuts it.</summary>
    /// <param name="cancellationToken">The host's time is over.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var overdue = cancellationToken.Register(_cut.Cancel).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _cut.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await dispatcher.RunUntilIdle(_cut.Token, stoppingToken).ConfigureAwait(false);
                await Wait(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException or DatabaseTimeout || dialect.IsUnavailable(e) || dialect.MustRetry(e))
            {
                DatabaseAway(log, e);
                await Task.Delay(Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Wait(CancellationToken ct)
    {
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var signal = outbox.Signal.WaitToReadAsync(poll.Token).AsTask();
        await Task.WhenAny(signal, Task.Delay(Poll, clock, poll.Token)).ConfigureAwait(false);
        outbox.Signal.TryRead(out _);
        await poll.CancelAsync().ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Error, "the outbox cannot reach the database; trying again")]
    private static partial void DatabaseAway(ILogger log, Exception error);
}
