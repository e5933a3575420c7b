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
