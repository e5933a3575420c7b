using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Network;

namespace Courier.Services.Orders;

/// <summary>A parcel was put into the cell that was kept for its order.</summary>
internal sealed class DepositWhenCellStored(TimeProvider clock) : IReaction<CellStored>
{
    public async Task Handle(Delivery<CellStored> delivery, Tx tx, CancellationToken ct)
    {
        if (await OrderStore.LockByCell(tx, delivery.Event.Holder, ct).ConfigureAwait(false) is not { } order || OrderMachine.After(order.Status, OrderAction.Deposit) is null) return;
        await OrderStore.Save(tx, order, order.Act(OrderAction.Deposit, OrderActor.House, clock.GetUtcNow()), "", ct).ConfigureAwait(false);
    }
}

/// <summary>Whoever had the code has taken the parcel out of its cell: it is on its way, and its sender is told what to do if nobody should have.</summary>
internal sealed class PickUpWhenCellEmptied(DataKeys keys, TimeProvider clock) : IReaction<CellEmptied>
{
    public async Task Handle(Delivery<CellEmptied> delivery, Tx tx, CancellationToken ct)
    {
        if (await OrderStore.LockByCell(tx, delivery.Event.Holder, ct).ConfigureAwait(false) is not { Status: OrderStatus.Deposited } order) return;
        await OrderStore.Save(tx, order, order.Act(OrderAction.PickUp, OrderActor.House, clock.GetUtcNow()), OrderRows.Sealed(keys, Texts.TakenFromCell), ct).ConfigureAwait(false);
    }
}

/// <summary>The cell of an order is not kept any more, and its parcel has not come: the customer has to hear of it and of what is possible.</summary>
internal sealed class TellWhenCellIsLost : IReaction<CellReservationEnded>
{
    public async Task Handle(Delivery<CellReservationEnded> delivery, Tx tx, CancellationToken ct)
    {
        var ended = delivery.Event;
        if (await OrderStore.LockByCell(tx, ended.Holder, ct).ConfigureAwait(false) is not { Status: OrderStatus.Placed or OrderStatus.Accepted } order) return;
        await tx.Publish(new OrderCellLost(order.Id, order.Number, order.Customer.Text, ended.Locker, ended.Reason, ended.Version), ct).ConfigureAwait(false);
    }
}

/// <summary>An order that ended without its parcel, whoever ended it, keeps no cell from others.</summary>
internal sealed class ReleaseCellWhenOrderOver(TimeProvider clock) : IReaction<OrderChanged>
{
    public async Task Handle(Delivery<OrderChanged> delivery, Tx tx, CancellationToken ct)
    {
        if (!Order.FreesTheSlot(delivery.Event) || await OrderStore.Lock(tx, delivery.Event.OrderId, ct).ConfigureAwait(false) is not { CellHolder: { } holder }) return;
        await ReleaseCell.Execute(tx, clock, holder, ct).ConfigureAwait(false);
    }
}
