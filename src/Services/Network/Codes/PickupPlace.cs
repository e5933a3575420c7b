using Courier.Kernel.Data;

namespace Courier.Services.Network.Codes;

/// <summary>A locker or outlet of ours where parcels wait.</summary>
public sealed record PickupPlace
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>For so many hours parcels lie there for nothing.</summary>
    public required int FreeHours { get; init; }

    /// <summary>Degrees, GCJ-02.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees, GCJ-02.</summary>
    public required double Longitude { get; init; }
}

/// <summary>Our places by what they are called.</summary>
public static class PickupPlaces
{
    /// <summary>The lockers and outlets with these names.</summary>
    public static Task<IReadOnlyList<PickupPlace>> ByName(ISqlReader db, IReadOnlyCollection<string> names, CancellationToken ct) => db.Query<PickupPlace>(
        """
        select name as Name, free_hours as FreeHours, lat as Latitude, lng as Longitude from network_lockers where name in @names
        union all select name, free_hours, lat, lng from network_outlets where name in @names
        """, new { names = names.DefaultIfEmpty("-").ToList() }, ct);
}
