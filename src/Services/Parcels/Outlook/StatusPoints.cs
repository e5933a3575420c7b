using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>A reported status with its place and time.</summary>
internal sealed record StatusPoint
{
    public required string ParcelId { get; init; }
    public required ParcelStatus Status { get; init; }
    public required string City { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Reads reported statuses.</summary>
internal static class StatusPoints
{
    /// <summary>All reported statuses of the parcels, the oldest first.</summary>
    public static async Task<ILookup<string, StatusPoint>> Of(ISqlReader db, IReadOnlyCollection<string> parcelIds, CancellationToken ct) => (await db.Query<StatusPoint>(
        """
        select parcel_id as ParcelId, status as Status, city as City, happened_at as At
        from parcels_events
        where parcel_id in @ids and status is not null
        order by parcel_id, happened_at, received_at, sequence
        """, new { ids = parcelIds.Count > 0 ? parcelIds : [""] }, ct).ConfigureAwait(false)).ToLookup(p => p.ParcelId);

    /// <summary>Since when, and where, a parcel has its status: its newest report of it, else its newest report of any.</summary>
    public static (DateTimeOffset Since, string City) Since(ParcelStatus status, IReadOnlyList<RoutePoint> newestFirst, DateTimeOffset otherwise)
    {
        var point = newestFirst.FirstOrDefault(p => p.Status == status) ?? newestFirst.FirstOrDefault(p => p.Status is not null);
        return point is null ? (otherwise, "") : (point.At, point.City);
    }

    /// <summary>The same of reports that were read without their texts.</summary>
    public static (DateTimeOffset Since, string City) Since(ParcelStatus status, IEnumerable<StatusPoint> oldestFirst, DateTimeOffset otherwise)
    {
        var points = oldestFirst as IReadOnlyList<StatusPoint> ?? [.. oldestFirst];
        var point = points.LastOrDefault(p => p.Status == status) ?? points.LastOrDefault();
        return point is null ? (otherwise, "") : (point.At, point.City);
    }
}
