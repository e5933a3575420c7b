using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>At which places many parcels are stuck; in memory, read again every few minutes. One for a process.</summary>
public sealed class StuckPlaces(Db db, TimeProvider clock, ParcelsOptions options) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private const string Read =
        """
        select stuck_place
        from parcels_watches
        where stuck_place > ''
        group by stuck_place
        having count(*) >= @many
        limit 1000
        """;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot? _snapshot;

    /// <summary>The places as of a few minutes ago at the latest.</summary>
    public async ValueTask<IReadOnlySet<string>> Current(CancellationToken ct)
    {
        var old = _snapshot;
        if (old is not null && clock.GetUtcNow() - old.ReadAt < Fresh) return old.Places;
        if (!await _reading.WaitAsync(old is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct).ConfigureAwait(false)) return old!.Places;
        try
        {
            var now = clock.GetUtcNow();
            if (_snapshot is { } fresh && now - fresh.ReadAt < Fresh) return fresh.Places;
            var places = await db.Query<string>(Read, new { many = options.OverloadedFrom }, ct).ConfigureAwait(false);
            _snapshot = new Snapshot(places.ToHashSet(StringComparer.Ordinal), now);
            return _snapshot.Places;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private sealed record Snapshot(IReadOnlySet<string> Places, DateTimeOffset ReadAt);
}
