using Courier.Kernel.Data;

namespace Courier.Services.Knowledge;

/// <summary>
/// What is published, in memory; one for a process. Once a second at most a version is compared with the table's, by the first
/// question that comes: a change reaches every process within that second, and the questions in between cost nothing.
/// </summary>
public sealed class IncidentBoard(TimeProvider clock)
{
    private const string Version = "select version from knowledge_versions where name = 'incidents'";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Snapshot? _snapshot;
    private int _looking;

    /// <summary>The incidents that are shown at this moment.</summary>
    public async ValueTask<ShownIncidents> Now(ISqlReader db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = _snapshot;
        if (known is null) _snapshot = known = await Read(db, null, now, ct).ConfigureAwait(false);
        else if (now - known.LookedAt >= Fresh && Interlocked.CompareExchange(ref _looking, 1, 0) == 0)
        {
            try
            {
                _snapshot = known = await Read(db, known, now, ct).ConfigureAwait(false);
            }
            finally
            {
                Volatile.Write(ref _looking, 0);
            }
        }
        return known.Published.Count == 0 ? ShownIncidents.None : new ShownIncidents(known.Version, [.. known.Published.Where(i => i.IsShown(now))]);
    }

    /// <summary>The next question looks into the table: this process has changed it.</summary>
    internal void LookAgain()
    {
        if (_snapshot is { } known) _snapshot = known with { LookedAt = DateTimeOffset.MinValue };
    }

    // The version is read before the rows: rows that change in between are read again next time.
    private static async Task<Snapshot> Read(ISqlReader db, Snapshot? known, DateTimeOffset now, CancellationToken ct)
    {
        var version = await db.First<long>(Version, ct: ct).ConfigureAwait(false);
        return known is not null && known.Version == version
            ? known with { LookedAt = now }
            : new Snapshot(version, await IncidentRows.Published(db, ct).ConfigureAwait(false), now);
    }

    private sealed record Snapshot(long Version, IReadOnlyList<Incident> Published, DateTimeOffset LookedAt);
}

/// <summary>The incidents that are shown at a moment, the worst first, of those alike the newest.</summary>
/// <param name="Version">Grows when any incident changes.</param>
/// <param name="All">All of them.</param>
public sealed record ShownIncidents(long Version, IReadOnlyList<Incident> All)
{
    /// <summary>No incident at all.</summary>
    public static ShownIncidents None { get; } = new(0, []);

    /// <summary>Those that concern a place or a part of it, as somebody asks who names the place (深圳: also what concerns 南山区 only).</summary>
    /// <param name="places">The places that may be meant.</param>
    public IReadOnlyList<Incident> About(IReadOnlyCollection<Addresses.Division> places) => [.. All.Where(i => places.Any(p =>
        i.Touches(p.Code) || i.Regions.Any(r => r.StartsWith(p.Code, StringComparison.Ordinal))))];

    /// <summary>Those that concern one of the places, each once.</summary>
    /// <param name="divisionCodes">Codes of divisions; unknown places are empty texts.</param>
    public IReadOnlyList<Incident> Touching(IReadOnlyCollection<string> divisionCodes) => All.Count == 0 ? [] : [.. All.Where(i => divisionCodes.Any(i.Touches))];
}
