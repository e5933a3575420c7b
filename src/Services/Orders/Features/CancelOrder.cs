using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>Calls an order off, before the pickup. Calling it off again changes nothing.</summary>
public static class CancelOrder
{
    /// <summary>Cancels; false when there is no such order of this customer.</summary>
    /// <exception cref="Kernel.RuleBroken">order.action_not_allowed: it is too late.</exception>
    public static Task<bool> Execute(Db db, DataKeys keys, TimeProvider clock, CustomerId customer, string id, string? reason, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await OwnOrder.Lock(tx, customer, id, ct).ConfigureAwait(false) is not { } order) return false;
        var change = order.Act(OrderAction.Cancel, OrderActor.Customer, clock.GetUtcNow());
        await OrderStore.Save(tx, order, change, OrderRows.Sealed(keys, WishCheck.Plain(reason, 200)), ct).ConfigureAwait(false);
        return true;
    }, ct);
}

/// <summary>Loads an order for its owner to change it.</summary>
internal static class OwnOrder
{
    /// <summary>The order, locked; null when there is none, or it is somebody else's.</summary>
    public static async Task<Order?> Lock(Tx tx, CustomerId customer, string id, CancellationToken ct) =>
        await OrderStore.Lock(tx, id, ct).ConfigureAwait(false) is { } order
        && await ShowOrder.IsOwner(tx, customer, order.Customer.Text, order.SenderPhoneHash, ct).ConfigureAwait(false) ? order : null;
}
