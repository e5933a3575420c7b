using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.Kernel.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Routing;

/// <summary>Lets time pass for agents and queues, once a second; never waits for the database.</summary>
internal sealed class RoutingClock(AgentBoard board, CallQueues queues, QueueGauges gauges, TimeProvider clock) : BackgroundService
{
    /// <summary>What is due now.</summary>
    public void Tick()
    {
        board.Tick();
        queues.Tick();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gauges.Show();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) Tick();
    }
}

/// <summary>Brings rules, agents and call-backs from the database and the journal into it; while it is away, everything goes on with what is known.</summary>
internal sealed partial class RoutingData(
    AgentBoard board, QueueBook book, EntryLog log, CallBackLeases leases, CallJournal journal, Db db, TimeProvider clock, ILogger<RoutingData> logger) : BackgroundService
{
    private const int RefreshEvery = 5;

    private bool _hasLearned;

    /// <summary>Reads rules, agents and call-backs.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        book.Take(await QueueStore.All(db, ct).ConfigureAwait(false));
        board.Take(await Roster.Read(db, ct).ConfigureAwait(false));
        if (!_hasLearned) log.Learn(await HandlingTimes.Read(db, clock.GetUtcNow(), ct).ConfigureAwait(false));
        _hasLearned = true;
        await leases.Run(ct).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        for (var second = 0; ; second++)
        {
            try
            {
                await journal.Drain(stoppingToken).ConfigureAwait(false);
                if (second % RefreshEvery == 0) await Refresh(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (db.IsTroubled(e))
            {
                NotNow(logger, e);
            }
            if (!await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) return;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Queues and agents go on with what is known: the database does not answer")]
    private static partial void NotNow(ILogger logger, Exception error);
}
