using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Keywords;

/// <summary>What is counted.</summary>
internal enum UsageSubject
{
    /// <summary>Uses of a keyword; the item is the row's id.</summary>
    Keyword,

    /// <summary>Taps on a menu entry; the item is its key, its page's address, or the mini-program's page.</summary>
    Menu,
}

/// <summary>
/// Counts uses in memory and writes them each second. Each process has rows of its own, an item and a day each, and writes the day's
/// total into them: processes never wait for one another, and a write whose answer got lost can be repeated. A crash loses the last
/// second of counts and nothing else.
/// </summary>
internal sealed partial class UsageCounts(Db db, TimeProvider clock, OnceAMinute seldom, ILogger<UsageCounts> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private const int LongestItem = 200;

    private readonly string _writer = Ids.New(clock);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Dictionary<Item, Total> _totals = [];

    /// <summary>Counts one use.</summary>
    public void Add(string appId, UsageSubject subject, string item)
    {
        var now = clock.GetUtcNow();
        var key = new Item(DayOf(now), appId, subject, item.Length <= LongestItem ? item : item[..LongestItem]);
        lock (_gate)
        {
            if (!_totals.TryGetValue(key, out var total)) _totals.Add(key, total = new Total());
            total.Uses++;
            total.LastAt = now;
        }
    }

    /// <summary>The day in China as a number that counts up: days since 1970.</summary>
    public static long DayOf(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() + 8 * 3_600_000L) / 86_400_000L;

    /// <summary>Writes what was counted since the last time; what cannot be written is kept until the next.</summary>
    public async Task Flush(CancellationToken ct)
    {
        await _writing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var counted = Unwritten();
            if (counted.Count == 0) return;
            await Write(counted, ct).ConfigureAwait(false);
            Written(counted);
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            if (seldom.IsDue(nameof(UsageCounts), out var heldBack)) NotWritten(log, e, heldBack);
        }
        finally
        {
            _writing.Release();
        }
    }

    private List<(Item Item, long Uses, DateTimeOffset LastAt)> Unwritten()
    {
        lock (_gate) return [.. _totals.Where(t => t.Value.Uses > t.Value.Written).Select(t => (t.Key, t.Value.Uses, t.Value.LastAt))];
    }

    private Task Write(List<(Item Item, long Uses, DateTimeOffset LastAt)> counted, CancellationToken ct) => db.InTransaction(tx => tx.UpsertRows(
        "wechat_usage_days", ["day", "app_id", "subject", "item", "writer", "uses", "last_at"],
        counted.Select(c => new object?[] { c.Item.Day, c.Item.AppId, EnumText<UsageSubject>.Of(c.Item.Subject), c.Item.Name, _writer, c.Uses, c.LastAt }),
        "subject, day, app_id, item, writer", ["uses", "last_at"], ct), ct);

    private void Written(List<(Item Item, long Uses, DateTimeOffset LastAt)> counted)
    {
        var today = DayOf(clock.GetUtcNow());
        lock (_gate)
        {
            foreach (var (item, uses, _) in counted) _totals[item].Written = uses;
            foreach (var over in _totals.Where(t => t.Key.Day < today && t.Value.Written == t.Value.Uses).Select(t => t.Key).ToList()) _totals.Remove(over);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Uses of keywords and menus could not be written; they are kept until the next time ({HeldBack} like this since the last line)")]
    private static partial void NotWritten(ILogger log, Exception error, long heldBack);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Flush(CancellationToken.None).ConfigureAwait(false); // one short write, also when others have used the time for stopping up
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
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

    private sealed record Item(long Day, string AppId, UsageSubject Subject, string Name);

    private sealed class Total
    {
        public long Uses { get; set; }

        public long Written { get; set; }

        public DateTimeOffset LastAt { get; set; }
    }
}
