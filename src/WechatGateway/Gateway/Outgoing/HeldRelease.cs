using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.WechatGateway.Followers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Outgoing;

/// <summary>
/// Customers have opened their window: what was held for them is let go, a moment after their callback and for many of them in one
/// query, so that callbacks wait for nothing. A crash loses the hint and nothing else: the next action brings it again.
/// </summary>
internal sealed partial class HeldRelease(Db db, WindowOpenings openings, IJobAlarm alarm, TimeProvider clock, OnceAMinute seldom, ILogger<HeldRelease> log) : BackgroundService
{
    private const int Most = 500;
    private const int Crowd = 50;

    // With few customers one is served at once; with many, one write of their windows and one question a second serve all of them.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50), PaceOfCrowds = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _some = new(0, 1);
    private HashSet<CustomerId> _acted = [], _spare = []; // in turns: they are large

    /// <summary>A customer has written or tapped.</summary>
    public void Acted(CustomerId customer)
    {
        lock (_gate)
        {
            if (_acted.Count > 100_000 || !_acted.Add(customer) || _acted.Count > 1) return;
        }
        if (_some.CurrentCount == 0) _some.Release();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _some.WaitAsync(stoppingToken).ConfigureAwait(false);
                var released = await Release(stoppingToken).ConfigureAwait(false);
                await Task.Delay(released > Crowd ? PaceOfCrowds : Pace, TimeProvider.System, stoppingToken).ConfigureAwait(false); // spares the machine; it is no time of the business
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the next action of these customers brings it again
        }
    }

    // How many customers there were.
    private async Task<int> Release(CancellationToken ct)
    {
        HashSet<CustomerId> acted;
        lock (_gate) (acted, _acted) = (_acted, _spare);
        var count = acted.Count;
        try
        {
            await openings.Written(ct).ConfigureAwait(false); // whoever sends, in whatever process, finds the window open
            foreach (var some in acted.Chunk(Most)) await ReleaseHeld.Execute(db, alarm, clock, some, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            if (seldom.IsDue(nameof(HeldRelease), out var heldBack)) NotReleased(log, e, heldBack);
        }
        acted.Clear();
        _spare = acted;
        return count;
    }

    [LoggerMessage(LogLevel.Warning, "What was held for customers who have written could not be let go; their next message does it ({HeldBack} like this since the last line)")]
    private static partial void NotReleased(ILogger log, Exception error, long heldBack);
}
