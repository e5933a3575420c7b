using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Network;

/// <summary>
/// Where all outlets and lockers are and what they offer, in memory; one for a process. It is loaded at the start; afterwards the first
/// question of every few seconds reads what was changed meanwhile, in whatever process.
/// </summary>
public sealed class NearestPlaces(TimeProvider clock)
{
    private const int LoadPortion = 20_000, MostNew = 2_000;

    private const string Columns =
        "lat as Latitude, lng as Longitude, changed_at as ChangedAt";

    private const string Outlets =
        $"""
        select code as Code, 0 as IsLocker, 0 as IsClosed, {Columns}, null as FreeSmall, null as FreeMedium, null as FreeLarge
        from network_outlets
        """;

    private const string Lockers =
        $"""
        select code as Code, 1 as IsLocker, closed as IsClosed, {Columns}, free_small as FreeSmall, free_medium as FreeMedium, free_large as FreeLarge
        from network_lockers
        """;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    // A change that was written a moment ago may be committed a moment later, and clocks of processes differ a little.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Snapshot? _snapshot;

    /// <summary>How many places are held; 0 before the first load.</summary>
    public int Count => _snapshot is { } known ? known.Index.Count + known.New.Count : 0;

    /// <summary>The index, no older than a few seconds.</summary>
    internal async ValueTask<Snapshot> Read(ISqlReader db, CancellationToken ct)
    {
        if (_snapshot is { } known && clock.GetUtcNow() - known.LookedAt < Fresh) return known;
        // One reads what is new; whoever asks meanwhile is answered from what is known.
        if (!await _one.WaitAsync(_snapshot is null ? Timeout.Infinite : 0, ct).ConfigureAwait(false)) return _snapshot!;
        try
        {
            var now = clock.GetUtcNow();
            if (_snapshot is { } old) return now - old.LookedAt < Fresh ? old : _snapshot = await Follow(db, old, now, ct).ConfigureAwait(false);
            return _snapshot = await Load(db, now, ct).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<Snapshot> Load(ISqlReader db, DateTimeOffset now, CancellationToken ct)
    {
        List<IndexedPlace> places = [];
        var latest = 0L;
        foreach (var table in (string[])[Outlets, Lockers])
        {
            IReadOnlyList<Row> rows;
            for (var after = ""; ; after = rows[^1].Code)
            {
                rows = await db.Query<Row>($"{table} where code > @after order by code limit @limit", new { after, limit = LoadPortion }, ct).ConfigureAwait(false);
                places.AddRange(rows.Select(r => r.Place));
                if (rows.Count > 0) latest = Math.Max(latest, rows.Max(r => r.ChangedAt));
                if (rows.Count < LoadPortion) break;
            }
        }
        return new Snapshot(new PlaceIndex(places), [], now, latest);
    }

    private static async Task<Snapshot> Follow(ISqlReader db, Snapshot known, DateTimeOffset now, CancellationToken ct)
    {
        var since = known.Latest - (long)Overlap.TotalMilliseconds;
        var rows = await db.Query<Row>($"{Outlets} where changed_at > @since union all {Lockers} where changed_at > @since", new { since }, ct).ConfigureAwait(false);
        var added = known.New;
        foreach (var place in rows.Select(r => r.Place))
            if (!known.Index.Change(place)) added = [.. added.Where(n => (n.Kind, n.Code) != (place.Kind, place.Code)), place];
        if (added.Count > MostNew) return await Load(db, now, ct).ConfigureAwait(false);
        return known with { New = added, LookedAt = now, Latest = rows.Count == 0 ? known.Latest : Math.Max(known.Latest, rows.Max(r => r.ChangedAt)) };
    }

    /// <summary>What is known at a time.</summary>
    /// <param name="Index">The places of the last load.</param>
    /// <param name="New">Those that came or moved since.</param>
    /// <param name="LookedAt">When changes were last asked for.</param>
    /// <param name="Latest">The latest change that was read.</param>
    internal sealed record Snapshot(PlaceIndex Index, IReadOnlyList<IndexedPlace> New, DateTimeOffset LookedAt, long Latest)
    {
        /// <summary>The nearest places that offer what is needed.</summary>
        public IReadOnlyList<NearHit> Nearest(double latitude, double longitude, PlaceTraits needed, double within, int limit)
        {
            Span<NearHit> hits = new NearHit[limit];
            var found = Index.Nearest(latitude, longitude, needed, within, hits);
            if (New.Count == 0) return [.. hits[..found]];
            var newcomers = New.Where(p => (p.Traits & (needed | PlaceTraits.There)) == (needed | PlaceTraits.There))
                .Select(p => new NearHit(p.Kind, p.Code, Geo.Meters(latitude, longitude, p.Latitude, p.Longitude))).Where(h => h.Meters <= within);
            return [.. newcomers.Concat(hits[..found].ToArray()).OrderBy(h => h.Meters).Take(limit)];
        }
    }

    private sealed record Row
    {
        public required string Code { get; init; }
        public required bool IsLocker { get; init; }
        public required bool IsClosed { get; init; }
        public required double Latitude { get; init; }
        public required double Longitude { get; init; }
        public required long ChangedAt { get; init; }
        public required int? FreeSmall { get; init; }
        public required int? FreeMedium { get; init; }
        public required int? FreeLarge { get; init; }

        public IndexedPlace Place => new(Code, Latitude, Longitude, Traits);

        // A locker that has not told its free cells may have some; one that is closed offers nothing but is still there to be seen.
        private PlaceTraits Traits
        {
            get
            {
                const PlaceTraits All = PlaceTraits.FitsSmall | PlaceTraits.FitsMedium | PlaceTraits.FitsLarge;
                if (!IsLocker) return PlaceTraits.There | PlaceTraits.Outlet | All;
                var traits = PlaceTraits.There | PlaceTraits.Locker;
                if (IsClosed) return traits;
                if (FreeSmall is null || FreeMedium is null || FreeLarge is null) return traits | All;
                if (FreeLarge > 0) return traits | All;
                if (FreeMedium > 0) return traits | PlaceTraits.FitsSmall | PlaceTraits.FitsMedium;
                return FreeSmall > 0 ? traits | PlaceTraits.FitsSmall : traits;
            }
        }
    }
}

/// <summary>Loads the index before the first question comes.</summary>
internal sealed class LoadNearestPlaces(Db db, NearestPlaces places) : IStartupTask
{
    public async Task Run(CancellationToken ct) => await places.Read(db, ct).ConfigureAwait(false);
}
