using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Network;

/// <summary>The outlets and lockers nearest to a point.</summary>
public static class FindNearest
{
    /// <summary>Farther away nothing is near.</summary>
    private const double MostMeters = 400_000;

    // A few more than asked for: what the index holds is some seconds old, and a locker may have filled up since.
    private const int Most = 50, Spare = 5;

    private const string Sql =
        """
        select 'outlet' as Kind, code as Id, name as Name, address as Address, lat as Latitude, lng as Longitude, opening_hours as Hours, phone as Phone, services as Services,
          closed as IsClosed, null as FreeSmall, null as FreeMedium, null as FreeLarge, '' as Fee, max_weight_g as MaxWeightGrams, max_length_mm as MaxLengthMm
        from network_outlets where code in @outlets
        union all
        select 'locker', code, name, address, lat, lng, opening_hours, phone, '', closed, free_small, free_medium, free_large, fee, null, null
        from network_lockers where code in @lockers
        """;

    /// <summary>Up to <paramref name="limit"/> places within 400 km, the nearest first.</summary>
    /// <param name="db">Where their names and hours are read.</param>
    /// <param name="nearest">Where they are.</param>
    /// <param name="clock">Tells what is open now.</param>
    /// <param name="latitude">Degrees, GCJ-02 (as WeChat sends locations).</param>
    /// <param name="longitude">Degrees, GCJ-02.</param>
    /// <param name="kind">Only outlets or only lockers; null for both.</param>
    /// <param name="fits">Of lockers only those that work and have a free cell of this size or a larger one; null for all.</param>
    /// <param name="limit">1 to 50.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<NearbyPlace>> Execute(
        ISqlReader db, NearestPlaces nearest, TimeProvider clock, double latitude, double longitude, PlaceKind? kind, CellSize? fits, int limit, CancellationToken ct)
    {
        if (double.Abs(latitude) is not <= 90 || double.Abs(longitude) is not <= 180) return [];
        limit = Math.Clamp(limit, 1, Most);
        var places = await nearest.Read(db, ct).ConfigureAwait(false);
        var hits = places.Nearest(latitude, longitude, Needed(kind, fits), MostMeters, limit + Spare);
        if (hits.Count == 0) return [];
        var rows = await db.Query<Row>(Sql, new { outlets = Codes(hits, PlaceKind.Outlet), lockers = Codes(hits, PlaceKind.Locker) }, ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return [.. rows
            .Select(r => r.At(Geo.Meters(latitude, longitude, r.Latitude, r.Longitude), now))
            .Where(p => fits is not { } size || p.Kind == PlaceKind.Outlet || (!p.IsClosed && p.Fits(size)))
            .OrderBy(p => p.DistanceMeters).ThenBy(p => p.Id, StringComparer.Ordinal)
            .Take(limit)];
    }

    private static PlaceTraits Needed(PlaceKind? kind, CellSize? fits) =>
        kind switch { PlaceKind.Outlet => PlaceTraits.Outlet, PlaceKind.Locker => PlaceTraits.Locker, null => PlaceTraits.None }
        | fits switch { CellSize.Small => PlaceTraits.FitsSmall, CellSize.Medium => PlaceTraits.FitsMedium, CellSize.Large => PlaceTraits.FitsLarge, null => PlaceTraits.None };

    // An empty list is no valid SQL everywhere; no place has this code.
    private static List<string> Codes(IReadOnlyList<NearHit> hits, PlaceKind kind) => [.. hits.Where(h => h.Kind == kind).Select(h => h.Code).DefaultIfEmpty("-")];

    private sealed record Row
    {
        public required string Kind { get; init; }
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Address { get; init; }
        public required double Latitude { get; init; }
        public required double Longitude { get; init; }
        public required string Hours { get; init; }
        public required string Phone { get; init; }
        public required string Services { get; init; }
        public required bool IsClosed { get; init; }
        public required int? FreeSmall { get; init; }
        public required int? FreeMedium { get; init; }
        public required int? FreeLarge { get; init; }
        public required string Fee { get; init; }
        public required long? MaxWeightGrams { get; init; }
        public required int? MaxLengthMm { get; init; }

        public NearbyPlace At(double distance, DateTimeOffset now) => new(
            EnumText<PlaceKind>.Parse(Kind), Id, Name, Address, Latitude, Longitude, (int)Math.Round(distance), Hours,
            !IsClosed && DailyHours.Parse(Hours).Contains(now), Phone.Length == 0 ? null : Phone, Services, FreeSmall, FreeMedium, FreeLarge)
        {
            IsClosed = IsClosed, Fee = Fee.Length == 0 ? null : Fee, MaxWeightGrams = MaxWeightGrams, MaxLengthMm = MaxLengthMm,
        };
    }
}
