using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Orders.Weighing;

namespace Courier.Services.Orders;

/// <summary>An order goes along with its parcels: picked up with the first of them, completed with the last.</summary>
internal sealed class FollowShipments(TimeProvider clock, SettleWeight weights) : IReaction<ShipmentMoved>
{
    public async Task Handle(Delivery<ShipmentMoved> delivery, Tx tx, CancellationToken ct)
    {
        var moved = delivery.Event;
        if (await OrderStore.Lock(tx, moved.OrderId, ct).ConfigureAwait(false) is not { } order) return;
        string[] before = moved.Status == ShipmentStatus.PickedUp ? ["waiting"] : ["waiting", "picked_up"]; // never back, whichever event comes first
        if (moved.Status == ShipmentStatus.Waiting) return;
        await tx.Execute("update orders_shipments set status = @Status where waybill = @Waybill and status in @before", new { moved.Status, moved.Waybill, before }, ct).ConfigureAwait(false);
        if (moved.WeightGrams is { } grams) await weights.Note(tx, moved.Waybill, grams, ct).ConfigureAwait(false);
        var statuses = await tx.Query<ShipmentStatus>("select status from orders_shipments where order_id = @OrderId", new { moved.OrderId }, ct).ConfigureAwait(false);
        var isOver = statuses.All(s => s is ShipmentStatus.Done or ShipmentStatus.Cancelled);
        var action = moved.Status switch
        {
            ShipmentStatus.PickedUp => OrderAction.PickUp,
            ShipmentStatus.Done when isOver => OrderAction.Complete,
            ShipmentStatus.Done => OrderAction.PickUp,
            ShipmentStatus.Cancelled when isOver => statuses.Contains(ShipmentStatus.Done) ? OrderAction.Complete : OrderAction.Cancel,
            ShipmentStatus.Cancelled or ShipmentStatus.Waiting => (OrderAction?)null,
        };
        // An order that was called off stays so, whatever happens with its parcel afterwards.
        if (action is not { } next || OrderMachine.After(order.Status, next) is null) return;
        await OrderStore.Save(tx, order, order.Act(next, OrderActor.House, Later(moved.At, clock.GetUtcNow())), "", ct).ConfigureAwait(false);
    }

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset now) => at < now ? at : now;
}
