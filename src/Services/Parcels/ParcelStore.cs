using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Loads and saves parcels as far as reports move them, many at once.</summary>
internal static class ParcelStore
{
    private static readonly string[] Columns = ["parcel_id", "status", "version", "last_event_at", "latest_text", "latest_place"];

    /// <summary>The parcels with these numbers, locked until the end of the transaction; in the order of their numbers, so that two batches do not lock crosswise.</summary>
    public static Task<IReadOnlyList<Parcel>> Lock(Tx tx, IReadOnlyCollection<string> waybills, CancellationToken ct) => tx.Query<Parcel>(
        $"""
        select p.id as Id, p.waybill as Waybill, p.core as Core, p.promised_by as PromisedBy, s.status as Status, s.version as Version, s.last_event_at as LastEventAt,
          s.latest_text as LatestText, s.latest_place as LatestPlace
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        where p.waybill in @waybills
        order by p.waybill
        {tx.Dialect.ForUpdate}
        """, new { waybills }, ct);

    /// <summary>Writes where the parcels stand now; for new ones and for moved ones.</summary>
    public static Task Save(Tx tx, IReadOnlyCollection<Parcel> parcels, CancellationToken ct) =>
        parcels.Count == 0 ? Task.CompletedTask : tx.UpsertRows("parcels_states", Columns,
            parcels.Select(p => new object?[] { p.Id, EnumText<ParcelStatus>.Of(p.Status), p.Version, p.LastEventAt, p.LatestText, p.LatestPlace }),
            "parcel_id", Columns[1..], ct);
}
