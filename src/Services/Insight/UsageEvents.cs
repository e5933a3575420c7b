using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Insight;

/// <summary>Over which channel somebody helped themselves.</summary>
public enum UsageChannel
{
    /// <summary>The chat of an official account or mini-program.</summary>
    Chat,

    /// <summary>Pages of the mini-program.</summary>
    MiniProgram,

    /// <summary>Pages in a browser.</summary>
    H5,

    /// <summary>Somebody who is not signed in.</summary>
    Guest,

    /// <summary>Staff at the desk.</summary>
    Desk,

    /// <summary>A clerk at an outlet.</summary>
    Outlet,

    /// <summary>A locker or kiosk.</summary>
    Device,
}

/// <summary>How an action ended.</summary>
public enum UsageOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused: wrong input, no right, a rule.</summary>
    Refused,

    /// <summary>Our fault.</summary>
    Failed,
}

/// <summary>
/// Counts self-service: what, over which channel, where it began, how long it took. Never who: no id, number or text of a person may be
/// given here. Counts lie in memory and are written each second; each process has rows of its own and writes the day's total into them, so
/// that a write whose answer got lost can be repeated. A crash loses the last second.
/// </summary>
public sealed partial class UsageEvents(Db db, TimeProvider clock, OnceAMinute seldom, ILogger<UsageEvents> log) : BackgroundService
{
    /// <summary>So many different things a day are counted; what comes beyond is counted under <c>others</c>.</summary>
    public const int MostItems = 5000;

    private const int LongestAction = 60, LongestSource = 40;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly string _writer = Ids.New(clock);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Dictionary<Item, Total> _totals = [];

    /// <summary>Counts one action; never waits and never fails.</summary>
    /// <param name="action">What was done: lower-case letters, digits, dots and underscores, at most 60; anything else is counted under <c>others</c>.</param>
    /// <param name="channel">Over which channel.</param>
    /// <param name="source">Where it began (a menu, a QR code, a page): lower-case letters, digits, hyphens and underscores, at most 40; anything else counts as none.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="outcome">How it ended.</param>
    public void Count(string action, UsageChannel channel, string source = "", TimeSpan duration = default, UsageOutcome outcome = UsageOutcome.Done)
    {
        var item = new Item(DayOf(clock.GetUtcNow()), IsAction(action) ? action : "others", channel, IsSource(source) ? source : "", outcome);
        lock (_gate)
        {
            if (!_totals.TryGetValue(item, out var total))
            {
                if (_totals.Count >= MostItems) item = item with { Action = "others", Source = "" };
                if (!_totals.TryGetValue(item, out total)) _totals.Add(item, total = new Total());
            }
            total.Uses++;
            total.Milliseconds += Math.Max(0, (long)duration.TotalMilliseconds);
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
            await db.InTransaction(tx => tx.UpsertRows(
                "insight_usage_days", ["day", "action", "channel", "source", "outcome", "writer", "uses", "total_ms"],
                counted.Select(c => new object?[] { c.Item.Day, c.Item.Action, EnumText<UsageChannel>.Of(c.Item.Channel), c.Item.Source, EnumText<UsageOutcome>.Of(c.Item.Outcome), _writer, c.Uses, c.Milliseconds }),
                "day, action, channel, source, outcome, writer", ["uses", "total_ms"], ct), ct).ConfigureAwait(false);
            Written(counted);
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            if (seldom.IsDue(nameof(UsageEvents), out var heldBack)) NotWritten(log, e, heldBack);
        }
        finally
        {
            _writing.Release();
        }
    }

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

    private static bool IsAction(string text) => text.Length is >= 1 and <= LongestAction && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '.' or '_');

    // A run of digits may be somebody's number: such a source counts as none.
    private static bool IsSource(string text) =>
        text.Length <= LongestSource && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_') && text.Count(char.IsAsciiDigit) <= 6;

    private List<(Item Item, long Uses, long Milliseconds)> Unwritten()
    {
        lock (_gate) return [.. _totals.Where(t => t.Value.Uses > t.Value.Written).Select(t => (t.Key, t.Value.Uses, t.Value.Milliseconds))];
    }

    private void Written(List<(Item Item, long Uses, long Milliseconds)> counted)
    {
        var today = DayOf(clock.GetUtcNow());
        lock (_gate)
        {
            foreach (var (item, uses, _) in counted) _totals[item].Written = uses;
            foreach (var over in _totals.Where(t => t.Key.Day < today && t.Value.Written == t.Value.Uses).Select(t => t.Key).ToList()) _totals.Remove(over);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Uses of self-service could not be written; they are kept until the next time ({HeldBack} like this since the last line)")]
    private static partial void NotWritten(ILogger log, Exception error, long heldBack);

    private sealed record Item(long Day, string Action, UsageChannel Channel, string Source, UsageOutcome Outcome);

    private sealed class Total
    {
        public long Uses { get; set; }

        public long Milliseconds { get; set; }

        public long Written { get; set; }
    }
}
