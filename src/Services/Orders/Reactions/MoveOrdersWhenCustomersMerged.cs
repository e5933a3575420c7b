using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>Orders go along with the customer who placed them.</summary>
internal sealed class MoveOrdersWhenCustomersMerged : IReaction<CustomerMerged>
{
    internal static readonly CustomerRows Orders = new("order", "orders_orders", "id", "customer_id");

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        if (await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false))
            await CustomerMoves.Move(tx, delivery.Event, Orders, ct).ConfigureAwait(false);
    }
}

/// <summary>A merge was a mistake: orders are again whose they were.</summary>
internal sealed class MoveOrdersBackWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        await CustomerMoves.Stands(tx, delivery.Event.MergeId, ct).ConfigureAwait(false);
        await CustomerMoves.MoveBack(tx, delivery.Event, MoveOrdersWhenCustomersMerged.Orders, ct).ConfigureAwait(false);
    }
}
