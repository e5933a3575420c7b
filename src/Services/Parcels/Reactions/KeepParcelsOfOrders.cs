using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;
using Courier.Services.Orders;

namespace Courier.Services.Parcels;

/// <summary>
/// The parcels of an order have their waybills from the beginning: sender and recipient see them at once, by their phones, and so does whoever ordered,
/// whatever numbers stand on them.
/// </summary>
internal sealed class RegisterParcelsWhenOrderPlaced(DataKeys keys, TimeProvider clock, OrdersOptions orders) : IReaction<OrderPlaced>
{
    public async Task Handle(Delivery<OrderPlaced> delivery, Tx tx, CancellationToken ct)
    {
        if (await OrderReading.Of(tx, keys, delivery.Event.OrderId, ct).ConfigureAwait(false) is { } order)
            await OrderParcels.Register(tx, keys, clock, orders.Core, order, ct).ConfigureAwait(false);
    }
}

/// <summary>Parcels of an order that is called off come to their end; those of one that is changed go to where they go now, and by when.</summary>
internal sealed class ChangeParcelsWhenOrderChanged(DataKeys keys, TimeProvider clock, OrdersOptions orders) : IReaction<OrderChanged>
{
    public async Task Handle(Delivery<OrderChanged> delivery, Tx tx, CancellationToken ct)
    {
        var change = delivery.Event;
        var over = change.To is OrderStatus.Cancelled or OrderStatus.Expired;
        if ((!over && change.Action is not (OrderAction.Change or OrderAction.Reschedule)) || await OrderReading.Of(tx, keys, change.OrderId, ct).ConfigureAwait(false) is not { } order) return;
        await OrderParcels.Register(tx, keys, clock, orders.Core, order, ct).ConfigureAwait(false); // the event of its placing may come later than this one
        if (over) await OrderParcels.Cancel(tx, clock.GetUtcNow(), orders.Core, order, change, ct).ConfigureAwait(false);
        else await OrderParcels.TakeParties(tx, keys, order, ct).ConfigureAwait(false);
    }
}

/// <summary>Parcels that were brought later arrive later.</summary>
internal sealed class TakePromisesOfOrders(DataKeys keys) : IReaction<OrderPromiseMoved>
{
    public async Task Handle(Delivery<OrderPromiseMoved> delivery, Tx tx, CancellationToken ct)
    {
        if (await OrderReading.Of(tx, keys, delivery.Event.OrderId, ct).ConfigureAwait(false) is not { } order) return;
        foreach (var by in order.Shipments.GroupBy(s => s.Price.PromisedBy)) // one, or as many as the quotes of one order
            await tx.Execute("update parcels_parcels set promised_by = @by where waybill in @waybills and promised_by < @by", new { by = by.Key, waybills = by.Select(s => s.Waybill).ToList() }, ct).ConfigureAwait(false);
    }
}

/// <summary>What orders do to parcels.</summary>
internal static class OrderParcels
{
    private static readonly string[] Columns = ["parcel_id", "order_id"];

    public static async Task Register(Tx tx, DataKeys keys, TimeProvider clock, string core, ReadOrder order, CancellationToken ct)
    {
        if (order.Sender.Name.Length == 0) return; // its person is erased
        var waybills = order.Shipments.Select(s => new NewWaybill(
            WaybillNumber.Parse(s.Waybill), s.Price.Product, PartyOf(order.Sender), PartyOf(s.Recipient), s.Goods.WeightGrams, s.Price.PromisedBy)).ToList();
        await RegisterWaybills.Register(tx, keys, clock, core, waybills, ct).ConfigureAwait(false);
        var ids = await tx.Query<string>("select id from parcels_parcels where waybill in @numbers", new { numbers = waybills.Select(w => w.Number) }, ct).ConfigureAwait(false);
        if (order.Customer.Length > 0) await Follow(tx, clock, order.Customer, ids, ct).ConfigureAwait(false);
        await tx.InsertRows("parcels_orders", Columns, ids.Select(id => new object?[] { id, order.Id }), ifAbsent: true, ct).ConfigureAwait(false);
    }

    // Whoever ordered follows what is new; what they have stopped to follow since stays so.
    private static async Task Follow(Tx tx, TimeProvider clock, string customer, IReadOnlyList<string> parcels, CancellationToken ct)
    {
        var known = (await tx.Query<string>("select parcel_id from parcels_orders where parcel_id in @ids", new { ids = parcels.DefaultIfEmpty("").ToList() }, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        var fresh = parcels.Where(id => !known.Contains(id)).ToList();
        if (fresh.Count == 0) return;
        var (now, owner) = (clock.GetUtcNow(), CustomerId.Parse(customer));
        var merged = await CustomerMoves.Latest(tx, owner, ct).ConfigureAwait(false); // locked before the rows that a merge moves, as the merge does
        await tx.UpsertRows("parcels_followers", ["parcel_id", "customer_id", "asked_at", "is_sender"],
            fresh.Select(id => new object?[] { id, customer, now, true }), "parcel_id, customer_id", ["is_sender"], ct).ConfigureAwait(false);
        if (merged is not null) await KeepFollowingWhenCustomersMerged.MoveLateOnes(tx, owner, ct).ConfigureAwait(false);
    }

    public static Task Cancel(Tx tx, DateTimeOffset now, string core, ReadOrder order, OrderChanged change, CancellationToken ct)
    {
        if (!CarrierCodes.TryRead("cancelled", out var cancelled)) throw new InvalidOperationException("the vocabulary has no word for a cancelled parcel");
        var events = order.Shipments.Select((s, i) => new RouteEvent(
            $"{order.Id}-{change.Version}-{i}", WaybillNumber.Parse(s.Waybill), "cancelled", cancelled, now, "", "", Texts.OrderCancelled, "", "", null) { Index = i }).ToList();
        return RecordRoutes.Record(tx, now, core, events, [], ct);
    }

    /// <summary>Names, phones and addresses as the order has them now; only before the pickup, and the order guards that.</summary>
    public static async Task TakeParties(Tx tx, DataKeys keys, ReadOrder order, CancellationToken ct)
    {
        // Read again under the parcels' locks: a correction made meanwhile lies in the order, too, and must not be written over.
        await ParcelStore.Lock(tx, [.. order.Shipments.Select(s => s.Waybill)], ct).ConfigureAwait(false);
        if (await OrderReading.Of(tx, keys, order.Id, ct).ConfigureAwait(false) is not { Sender.Name.Length: > 0 } now) return; // its person is erased
        foreach (var shipment in now.Shipments) // a handful; each has other values
            await PartyRows.Write(tx, keys, shipment.Waybill, PartyOf(now.Sender), PartyOf(shipment.Recipient), shipment.Price.PromisedBy, shipment.Goods.WeightGrams, ct).ConfigureAwait(false);
    }

    private static Party PartyOf(OrderContact c) => new(c.Name, c.Phone, c.Province, c.City, c.District, c.Detail, c.Extension);
}
