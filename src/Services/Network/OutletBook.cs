using System.Collections.Concurrent;
using System.Globalization;
using Courier.Kernel.Data;
using Courier.Services.Addresses;

namespace Courier.Services.Network;

/// <summary>All outlets and what they serve, in memory; one for a process. Every few seconds a version is compared with the table's by the first question that comes.</summary>
public sealed class OutletBook(TimeProvider clock)
{
    private const int MostOutlets = 20_000, MostCoverage = 300_000;

    private const string Version = "select version from network_versions where name = 'outlets'";

    private const string Outlets =
        $"""
        select {ListOutlets.Columns}
        from network_outlets
        order by code
        limit @limit
        """;

    private const string Coverages =
        "select outlet_code as OutletCode, division_code as DivisionCode, place, kind from network_coverage order by outlet_code, division_code, place limit @limit";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private volatile Snapshot? _snapshot;

    internal async ValueTask<OutletIndex> Read(ISqlReader db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_snapshot is { } known && now - known.LookedAt < Fresh) return known.Index;
        var version = await db.First<long>(Version, ct: ct).ConfigureAwait(false);
        _snapshot = known = _snapshot is { } old && old.Version == version ? old with { LookedAt = now } : new Snapshot(version, new OutletIndex(
            await db.Query<Outlet>(Outlets, new { limit = MostOutlets }, ct).ConfigureAwait(false),
            await db.Query<Coverage>(Coverages, new { limit = MostCoverage }, ct).ConfigureAwait(false)), now);
        return known.Index;
    }

    private sealed record Snapshot(long Version, OutletIndex Index, DateTimeOffset LookedAt);
}

/// <summary>Answers which outlets stand where and serve what. Pure.</summary>
internal sealed class OutletIndex
{
    private readonly IReadOnlyList<Outlet> _outlets;
    private readonly Dictionary<string, Outlet> _byCode;
    private readonly ILookup<string, Coverage> _byDivision;
    private readonly ILookup<string, Coverage> _byPlace;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _places;
    private readonly int[] _lengths;
    private readonly SortedSet<string> _served;
    private readonly ConcurrentDictionary<string, bool> _whole = new(StringComparer.Ordinal);

    public OutletIndex(IReadOnlyList<Outlet> outlets, IReadOnlyList<Coverage> coverage)
    {
        _outlets = outlets;
        _byCode = outlets.ToDictionary(o => o.Code, StringComparer.Ordinal);
        var known = coverage.Where(c => _byCode.ContainsKey(c.OutletCode)).ToList();
        _byDivision = known.Where(c => c.Place.Length == 0).ToLookup(c => c.DivisionCode, StringComparer.Ordinal);
        _byPlace = known.Where(c => c.Place.Length > 0).ToLookup(c => c.Place, StringComparer.Ordinal);
        _served = new SortedSet<string>(known.Where(c => c.Place.Length == 0 && c.Kind == CoverageKind.Serves).Select(c => c.DivisionCode), StringComparer.Ordinal);
        var places = _byPlace.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        _places = places.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. places.Select(p => p.Length).Distinct().OrderDescending()];
    }

    /// <summary>Is anything known of who serves what?</summary>
    public bool HasCoverage => _byDivision.Count + _byPlace.Count > 0;

    /// <summary>The village or community that a text names and coverage knows, the longest name first; null for none. What it costs depends on the text, not on how many are known.</summary>
    public string? PlaceIn(string text)
    {
        foreach (var length in _lengths)
            for (var start = 0; start + length <= text.Length; start++)
                if (_places.TryGetValue(text.AsSpan(start, length), out var place)) return place;
        return null;
    }

    /// <summary>What is known of a village, inside an area when one is named.</summary>
    public IReadOnlyList<Coverage> Of(string place, Division? area) =>
        [.. _byPlace[place].Where(c => area is null || c.DivisionCode.StartsWith(area.Code, StringComparison.Ordinal))];

    /// <summary>Who serves a street (by itself, or by its district); empty when nobody does. For districts and above: whoever stands in it.</summary>
    public IReadOnlyList<Outlet> Serving(Division area)
    {
        if (area.Level < DivisionLevel.Street) return In(area);
        for (Division? place = area; place is { Level: >= DivisionLevel.District }; place = place.Parent)
            if (_byDivision[place.Code].Any()) return Outlets(_byDivision[place.Code].Where(c => c.Kind == CoverageKind.Serves));
        return [];
    }

    /// <summary>Whose couriers come to the doors of a street or district: by its own coverage, or by that of the district it belongs to.</summary>
    public IReadOnlyList<Outlet> ServingDoor(Division area)
    {
        for (Division? place = area; place is { Level: >= DivisionLevel.City }; place = place.Parent)
            if (_byDivision[place.Code].Any()) return Outlets(_byDivision[place.Code].Where(c => c.Kind == CoverageKind.Serves));
        return [];
    }

    /// <summary>Is an area served as a whole: by its own coverage, or street by street?</summary>
    public bool IsServedWhole(Division area, Divisions divisions) => _byDivision[area.Code].Any(c => c.Kind == CoverageKind.Serves)
        || (area.Level == DivisionLevel.District && _whole.GetOrAdd(area.Code, code => StreetsOf(code, divisions).All(s => _served.Contains(s.Code))));

    /// <summary>Who serves an area or some part of it.</summary>
    public IReadOnlyList<Outlet> ServingWithin(Division area) =>
        [.. _served.GetViewBetween(area.Code, area.Code + ":").SelectMany(code => _byDivision[code].Where(c => c.Kind == CoverageKind.Serves)).Select(c => _byCode[c.OutletCode]).Distinct()];

    /// <summary>The outlets that stand in an area; for a street, those with it in their address.</summary>
    public IReadOnlyList<Outlet> In(Division area) => area.Level == DivisionLevel.Street
        ? [.. _outlets.Where(o => area.Code.StartsWith(o.DistrictCode, StringComparison.Ordinal) && o.Address.Contains(area.Name, StringComparison.Ordinal))]
        : [.. _outlets.Where(o => o.DistrictCode.StartsWith(area.Code, StringComparison.Ordinal))];

    /// <summary>The outlets whose name a text says (车公庙营业点, 车公庙网点).</summary>
    public IReadOnlyList<Outlet> Named(string words) => words.Length < 2 ? [] : [.. _outlets.Where(o => o.Name.Contains(words, StringComparison.Ordinal))];

    /// <summary>Of an area without outlets: those in the least area it belongs to that has some; empty when the whole province has none.</summary>
    public (Division? Around, IReadOnlyList<Outlet> Outlets) Around(Division area)
    {
        for (var place = area.Parent; place is not null; place = place.Parent)
            if (place.IsPlace && In(place) is { Count: > 0 } outlets) return (place, outlets);
        return (null, []);
    }

    // Nine digits: those of the district and three of its own. Farms, zones and prisons are no streets that people live in.
    private static IEnumerable<Division> StreetsOf(string district, Divisions divisions) => Enumerable.Range(1, 399)
        .Select(n => divisions.Find(district + n.ToString("d3", CultureInfo.InvariantCulture))).OfType<Division>();

    public IReadOnlyList<Outlet> Outlets(IEnumerable<Coverage> coverage) => [.. coverage.Select(c => _byCode[c.OutletCode]).Distinct()];
}
