using Courier.Kernel.Data;

namespace Courier.Services.Lanes;

/// <summary>
/// The statistics in memory, one for a process, read again every few minutes: only what has changed since. Whoever asks while they are
/// read again gets the older ones; only the very first one waits.
/// </summary>
public sealed class LaneStatistics(Db db, TimeProvider clock, LanesOptions options) : IDisposable
{
    // What a process with a slower clock wrote meanwhile is not missed.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private const string Read =
        """
        select scope as Scope, stage as Stage, measure as Measure, buckets as Buckets
        from lanes_statistics
        where updated_at >= @since
        order by runs desc
        limit @most
        """;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot? _snapshot;

    /// <summary>The statistics as of a few minutes ago at the latest.</summary>
    public ValueTask<LaneBook> Current(CancellationToken ct)
    {
        var snapshot = _snapshot;
        return snapshot is not null && clock.GetUtcNow() - snapshot.ReadAt < options.Refresh ? new(snapshot.Book) : new(ReadAgain(snapshot, ct));
    }

    private async Task<LaneBook> ReadAgain(Snapshot? old, CancellationToken ct)
    {
        if (!await _reading.WaitAsync(old is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct).ConfigureAwait(false)) return old!.Book;
        try
        {
            var now = clock.GetUtcNow();
            if (_snapshot is { } fresh && now - fresh.ReadAt < options.Refresh) return fresh.Book;
            var rows = await db.Query<Row>(Read, new { since = old is null ? DateTimeOffset.UnixEpoch : old.ReadAt - Overlap, most = options.MostInMemory }, ct).ConfigureAwait(false);
            var book = Merge(old?.Book ?? LaneBook.Empty, rows);
            _snapshot = new Snapshot(book, now);
            return book;
        }
        finally
        {
            _reading.Release();
        }
    }

    private LaneBook Merge(LaneBook old, IReadOnlyList<Row> rows)
    {
        if (rows.Count == 0 && old.Known.Count > 0) return old;
        var known = new Dictionary<LaneKey, DurationHistogram>(old.Known);
        foreach (var row in rows)
        {
            var key = new LaneKey(row.Scope, row.Stage, row.Measure);
            if (known.Count < options.MostInMemory || known.ContainsKey(key)) known[key] = DurationHistogram.Parse(row.Buckets);
        }
        return new LaneBook(known, options.FewestRuns);
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private sealed record Snapshot(LaneBook Book, DateTimeOffset ReadAt);

    private sealed record Row
    {
        public required string Scope { get; init; }
        public required LaneStage Stage { get; init; }
        public required LaneMeasure Measure { get; init; }
        public required string Buckets { get; init; }
    }
}
