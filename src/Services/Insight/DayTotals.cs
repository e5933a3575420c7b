using System.Runtime.InteropServices;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Microsoft.Extensions.Hosting;

namespace Courier.Services.Insight;

/// <summary>
/// Counts in memory and writes each second. Each process has rows of its own, an item and a day in China each, and writes the day's total
/// into them: processes never wait for one another, and a write whose answer got lost can be repeated. A crash loses the last second of
/// counts and nothing else.
/// </summary>
/// <typeparam name="TItem">What is counted.</typeparam>
/// <typeparam name="TTotal">What is summed up of it; its default is nothing yet.</typeparam>
public abstract class DayTotals<TItem, TTotal>(Db db, TimeProvider clock, OnceAMinute seldom) : BackgroundService
    where TItem : notnull
    where TTotal : struct, IEquatable<TTotal>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Dictionary<(long Day, TItem Item), Entry> _totals = [];

    /// <summary>This process's name in its rows.</summary>
    protected string Writer { get; } = Ids.New(clock);

    /// <summary>Writes what was counted since the last time; what cannot be written is kept until the next.</summary>
    public async Task Flush(CancellationToken ct)
    {
        await _writing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var counted = Unwritten();
            if (counted.Count == 0) return;
            await db.InTransaction(tx => Write(tx, counted, ct), ct).ConfigureAwait(false);
            Written(counted);
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            if (seldom.IsDue(GetType().Name, out var heldBack)) NotWritten(e, heldBack);
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
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds to today's total of an item; never waits and never fails.</summary>
    protected void Count(TItem item, TTotal more)
    {
        var day = ChinaTime.DayNumber(clock.GetUtcNow());
        lock (_gate)
        {
            if (!_totals.ContainsKey((day, item))) item = Admit(item, _totals.Count);
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_totals, (day, item), out _);
            entry.Total = Sum(entry.Total, more);
        }
    }

    /// <summary>An item that is new today; another in its place when too many are known already.</summary>
    /// <param name="item">The new one.</param>
    /// <param name="known">How many are known.</param>
    protected virtual TItem Admit(TItem item, int known) => item;

    /// <summary>Both together.</summary>
    protected abstract TTotal Sum(TTotal before, TTotal more);

    /// <summary>Writes totals in the place of those that <see cref="Writer"/> wrote before.</summary>
    protected abstract Task Write(Tx tx, IReadOnlyList<(long Day, TItem Item, TTotal Total)> counted, CancellationToken ct);

    /// <summary>Logs that the counts are kept until the next time.</summary>
    protected abstract void NotWritten(Exception error, long heldBack);

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

    private List<(long Day, TItem Item, TTotal Total)> Unwritten()
    {
        lock (_gate) return [.. _totals.Where(t => !t.Value.Total.Equals(t.Value.Written)).Select(t => (t.Key.Day, t.Key.Item, t.Value.Total))];
    }

    private void Written(List<(long Day, TItem Item, TTotal Total)> counted)
    {
        var today = ChinaTime.DayNumber(clock.GetUtcNow());
        lock (_gate)
        {
            foreach (var (day, item, total) in counted) CollectionsMarshal.GetValueRefOrNullRef(_totals, (day, item)).Written = total;
            foreach (var over in _totals.Where(t => t.Key.Day < today && t.Value.Total.Equals(t.Value.Written)).Select(t => t.Key).ToList()) _totals.Remove(over);
        }
    }

    private struct Entry
    {
        public TTotal Total;
        public TTotal Written;
    }
}
