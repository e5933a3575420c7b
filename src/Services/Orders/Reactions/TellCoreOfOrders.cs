using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Network;
using Courier.Services.Orders.Webhooks;

namespace Courier.Services.Orders;

/// <summary>The carrier core learns of a new order.</summary>
internal sealed class TellCoreWhenOrderPlaced(DataKeys keys, PlanWebhooks webhooks) : IReaction<OrderPlaced>
{
    internal const string Placed = "order.placed.v1";

    public async Task Handle(Delivery<OrderPlaced> delivery, Tx tx, CancellationToken ct)
    {
        if (await OrderReading.Of(tx, keys, delivery.Event.OrderId, ct).ConfigureAwait(false) is { } order)
            await webhooks.Plan(tx, Placed, delivery.Event.Aggregate, delivery.Event.Version, OrderMessage.Of(order), ct).ConfigureAwait(false);
    }
}

/// <summary>The carrier core learns what customers and outlets did with an order; what it did itself it knows.</summary>
internal sealed class TellCoreWhenOrderChanged(DataKeys keys, PlanWebhooks webhooks) : IReaction<OrderChanged>
{
    public async Task Handle(Delivery<OrderChanged> delivery, Tx tx, CancellationToken ct)
    {
        var change = delivery.Event;
        if (change.Actor == OrderActor.Core || Name(change.Action) is not { } name) return;
        if (await OrderReading.Of(tx, keys, change.OrderId, ct).ConfigureAwait(false) is not { } order) return;
        // The two events have reactions of their own: whichever runs first, the order is told before what was done with it.
        await webhooks.Plan(tx, TellCoreWhenOrderPlaced.Placed, change.Aggregate, 1, OrderMessage.Of(order), ct).ConfigureAwait(false);
        var cell = change.Action == OrderAction.Deposit && order.CellHolder is { } holder ? await HeldCell.Of(tx, keys, holder, ct).ConfigureAwait(false) : null;
        var message = OrderMessage.Of(order) with { Cell = cell is { State: CellState.Occupied } ? new MessageCell(cell.Number, cell.OpenCode) : null };
        await webhooks.Plan(tx, name, change.Aggregate, change.Version, message, ct).ConfigureAwait(false);
    }

    private static string? Name(OrderAction action) => action switch
    {
        OrderAction.Cancel or OrderAction.Expire => "order.cancelled.v1",
        OrderAction.Reschedule or OrderAction.Change => "order.changed.v1",
        OrderAction.Deposit => "order.deposited.v1",
        OrderAction.PickUp => "order.picked_up.v1",
        OrderAction.Accept or OrderAction.FailPickup or OrderAction.Complete => null,
    };
}
