using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Network;

/// <summary>The outlets and lockers nearest to a point.</summary>
public static class FindNearest
{
    // A box first, so that the index on latitude and longitude is used; the order inside is by plane distance, which is
    // near enough at these sizes; the exact distance is computed for the few that are left.
    private const string Sql =
        """
        select kind, id, name, address, latitude, longitude, hours, phone, services, closed as IsClosed,
          free_small as FreeSmall, free_medium as FreeMedium, free_large as FreeLarge
        from (
          select 'outlet' as kind, code as id, name, address, lat as latitude, lng as longitude, opening_hours as hours, phone, services, closed,
            null as free_small, null as free_medium, null as free_large
          from network_outlets
          where @outlets = 1 and lat between @south and @north and lng between @west and @east
          union all
          select 'locker', code, name, address, lat, lng, opening_hours, phone, '', 0, free_small, free_medium, free_large
          from network_lockers
          where @lockers = 1 and lat between @south and @north and lng between @west and @east) places
        order by (latitude - @latitude) * (latitude - @latitude) + (longitude - @longitude) * (longitude - @longitude) * @squeeze
        limit @limit
        """;

    private static readonly double[] RadiiInMeters = [3_000, 15_000, 75_000, 400_000];

    /// <summary>Up to <paramref name="limit"/> places within 400 km, the nearest first; usually one query, at most four.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="clock">Tells what is open now.</param>
    /// <param name="latitude">Degrees, GCJ-02 (as WeChat sends locations).</param>
    /// <param name="longitude">Degrees, GCJ-02.</param>
    /// <param name="kind">Only outlets or only lockers; null for both.</param>
    /// <param name="limit">1 to 50.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<NearbyPlace>> Execute(
        ISqlReader db, TimeProvider clock, double latitude, double longitude, PlaceKind? kind, int limit, CancellationToken ct)
    {
        if (double.Abs(latitude) is not <= 90 || double.Abs(longitude) is not <= 180) return [];
        limit = Math.Clamp(limit, 1, 50);
        IReadOnlyList<NearbyPlace> found = [];
        foreach (var radius in RadiiInMeters)
        {
            found = await Within(db, clock, latitude, longitude, radius, kind, limit, ct).ConfigureAwait(false);
            if (found.Count == limit) break;
        }
        return found;
    }

    private static async Task<IReadOnlyList<NearbyPlace>> Within(
        ISqlReader db, TimeProvider clock, double latitude, double longitude, double radius, PlaceKind? kind, int limit, CancellationToken ct)
    {
        var squeeze = Math.Max(0.01, Math.Cos(double.DegreesToRadians(latitude))); // a degree of longitude is shorter away from the equator
        var dLat = radius / Geo.MetersPerDegree;
        var dLng = dLat / squeeze;
        var rows = await db.Query<Row>(Sql, new
        {
            latitude, longitude, south = latitude - dLat, north = latitude + dLat, west = longitude - dLng, east = longitude + dLng,
            squeeze = squeeze * squeeze, limit = limit + 10, outlets = kind is PlaceKind.Locker ? 0 : 1, lockers = kind is PlaceKind.Outlet ? 0 : 1,
        }, ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return [.. rows
            .Select(r => r.At(Geo.Meters(latitude, longitude, r.Latitude, r.Longitude), now))
            .Where(p => p.DistanceMeters <= radius) // the box has corners: what lies there may be farther than what lies outside
            .OrderBy(p => p.DistanceMeters)
            .Take(limit)];
    }

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

        public NearbyPlace At(double distance, DateTimeOffset now) => new(
            EnumText<PlaceKind>.Parse(Kind), Id, Name, Address, Latitude, Longitude, (int)Math.Round(distance), Hours,
            !IsClosed && DailyHours.Parse(Hours).Contains(now), Phone.Length == 0 ? null : Phone, Services, FreeSmall, FreeMedium, FreeLarge) { IsClosed = IsClosed };
    }
}
