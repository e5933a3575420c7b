using Courier.Kernel.Data;
using Courier.Services.Orders;

namespace Courier.Services.Parcels;

/// <summary>Tells orders how their parcels move, as far as orders care.</summary>
internal static class MovedShipments
{
    /// <summary>Publishes what these changes mean to orders; one query, however many they are.</summary>
    /// <param name="tx">The transaction that changed the parcels.</param>
    /// <param name="changes">What happened.</param>
    /// <param name="weights">What the same reports say that parcels weigh, grams.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Publish(Tx tx, IReadOnlyList<ParcelStatusChanged> changes, IReadOnlyDictionary<WaybillNumber, long> weights, CancellationToken ct)
    {
        var moves = changes.Where(c => Of(c.From) != Of(c.To)).ToList();
        if (moves.Count == 0) return;
        var orders = (await tx.Query<Row>("select parcel_id as ParcelId, order_id as OrderId from parcels_orders where parcel_id in @ids",
            new { ids = moves.Select(m => m.ParcelId).Distinct() }, ct).ConfigureAwait(false)).ToDictionary(r => r.ParcelId, r => r.OrderId, StringComparer.Ordinal);
        await tx.Publish([.. moves.Where(m => orders.ContainsKey(m.ParcelId)).Select(m => new ShipmentMoved(
                orders[m.ParcelId], m.Waybill.Text, Of(m.To), m.At, m.Version, Of(m.To) == ShipmentStatus.PickedUp && weights.TryGetValue(m.Waybill, out var grams) ? grams : null))], ct)
            .ConfigureAwait(false);
    }

    private static ShipmentStatus Of(ParcelStatus status) => status switch
    {
        ParcelStatus.Registered => ShipmentStatus.Waiting,
        ParcelStatus.Signed or ParcelStatus.Returned or ParcelStatus.Lost => ShipmentStatus.Done,
        ParcelStatus.Cancelled => ShipmentStatus.Cancelled,
        ParcelStatus.PickedUp or ParcelStatus.Departed or ParcelStatus.Arrived or ParcelStatus.OutForDelivery or ParcelStatus.InLocker or ParcelStatus.InStation
            or ParcelStatus.DeliveryFailed or ParcelStatus.Held or ParcelStatus.Refused or ParcelStatus.Returning or ParcelStatus.Damaged or ParcelStatus.Redirected
            => ShipmentStatus.PickedUp,
    };

    private sealed record Row
    {
        public required string ParcelId { get; init; }
        public required string OrderId { get; init; }
    }
}
