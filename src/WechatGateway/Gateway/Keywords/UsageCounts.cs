using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Keywords;

/// <summary>What is counted.</summary>
internal enum UsageSubject
{
    /// <summary>Uses of a keyword.</summary>
    Keyword,

    /// <summary>Taps on a menu entry.</summary>
    Menu,
}

/// <summary>
/// Counts uses in memory and writes them in batches, a row per item: processes never wait for one another's counters.
/// A crash loses the last few seconds of counts and nothing else.
/// </summary>
internal sealed partial class UsageCounts(Db db, TimeProvider clock, ILogger<UsageCounts> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private const int LongestItem = 200;

    private readonly Lock _gate = new();
    private Dictionary<(string AppId, UsageSubject Subject, string Item), int> _counts = [];

    /// <summary>Counts one use.</summary>
    public void Add(string appId, UsageSubject subject, string item)
    {
        var key = (appId, subject, item.Length <= LongestItem ? item : item[..LongestItem]);
        lock (_gate) _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task Flush(CancellationToken ct)
    {
        Dictionary<(string AppId, UsageSubject Subject, string Item), int> counts;
        lock (_gate)
        {
            if (_counts.Count == 0) return;
            (counts, _counts) = (_counts, []);
        }
        try
        {
            await Write(counts, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DatabaseTimeout || db.Dialect.IsUnavailable(e))
        {
            PutBack(counts);
            NotWritten(log, e);
        }
    }

    private Task Write(Dictionary<(string AppId, UsageSubject Subject, string Item), int> counts, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.InTransaction(tx => tx.InsertRows("wechat_usage", ["id", "app_id", "subject", "item", "uses", "counted_at"],
            counts.Select(c => new object?[] { Ids.New(clock), c.Key.AppId, EnumText<UsageSubject>.Of(c.Key.Subject), c.Key.Item, c.Value, now }), ct: ct), ct);
    }

    private void PutBack(Dictionary<(string AppId, UsageSubject Subject, string Item), int> counts)
    {
        lock (_gate)
        {
            foreach (var (key, uses) in counts) _counts[key] = _counts.GetValueOrDefault(key) + uses;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Uses of keywords and menus could not be written; they are kept until the next time")]
    private static partial void NotWritten(ILogger log, Exception error);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Flush(CancellationToken.None).ConfigureAwait(false); // one short write, also when others have used the time for stopping up
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await Flush(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest
        }
    }
}
