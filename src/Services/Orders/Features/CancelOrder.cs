using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Network;

namespace Courier.Services.Orders;

/// <summary>Calls an order off, before the pickup. Calling it off again changes nothing.</summary>
public static class CancelOrder
{
    /// <summary>Cancels; false when there is no such order of this customer.</summary>
    /// <exception cref="Kernel.RuleBroken">order.action_not_allowed: it is too late.</exception>
    public static async Task<bool> Execute(Db db, TimeProvider clock, CustomerId customer, string id, string? reason, CancellationToken ct)
    {
        var cancelled = await db.InTransaction(async tx =>
        {
            if (await OwnOrder.Lock(tx, customer, id, ct).ConfigureAwait(false) is not { } order) return null;
            var change = order.Act(OrderAction.Cancel, OrderActor.Customer, clock.GetUtcNow());
            await OrderStore.Save(tx, order, change, WishCheck.Plain(reason, 200), ct).ConfigureAwait(false);
            return order;
        }, ct).ConfigureAwait(false);
        // After a crash in between, the cell's reservation ends by itself.
        if (cancelled?.CellHolder is { } holder) await ReleaseCell.Execute(db, clock, holder, ct).ConfigureAwait(false);
        return cancelled is not null;
    }
}

/// <summary>Loads an order for its owner to change it.</summary>
internal static class OwnOrder
{
    /// <summary>The order, locked; null when there is none, or it is somebody else's.</summary>
    public static async Task<Order?> Lock(Tx tx, CustomerId customer, string id, CancellationToken ct) =>
        await OrderStore.Lock(tx, id, ct).ConfigureAwait(false) is { } order
        && await ShowOrder.IsOwner(tx, customer, order.Customer.Text, order.SenderPhoneHash, ct).ConfigureAwait(false) ? order : null;
}
