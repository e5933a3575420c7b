using Courier.Kernel.Data;
using Courier.Services.Orders.Slots;

namespace Courier.Services.Orders;

/// <summary>Loads and saves orders as far as actions change them.</summary>
internal static class OrderStore
{
    private const string Columns =
        """
        id as Id, number as Number, customer_id as Customer, sender_phone_hash as SenderPhoneHash, kind as Kind, status as Status, version as Version, area as Area,
        slot_from as SlotFrom, slot_until as SlotUntil, cell_holder as CellHolder
        """;

    private static readonly string[] History = ["order_id", "version", "action", "status", "actor", "note_cipher", "at"];

    /// <summary>The order, locked until the end of the transaction; null when there is none.</summary>
    public static Task<Order?> Lock(Tx tx, string id, CancellationToken ct) =>
        tx.First<Order>($"select {Columns} from orders_orders where id = @id {tx.Dialect.ForUpdate}", new { id }, ct);

    /// <summary>The order with this number, locked until the end of the transaction.</summary>
    public static Task<Order?> LockByNumber(Tx tx, OrderNumber number, CancellationToken ct) =>
        tx.First<Order>($"select {Columns} from orders_orders where number = @number {tx.Dialect.ForUpdate}", new { number }, ct);

    /// <summary>The order for which a locker keeps or kept a cell under this name, locked until the end of the transaction.</summary>
    public static Task<Order?> LockByCell(Tx tx, string holder, CancellationToken ct) =>
        tx.First<Order>($"select {Columns} from orders_orders where cell_holder = @holder {tx.Dialect.ForUpdate}", new { holder }, ct);

    /// <summary>
    /// Writes what an action changed: the order, its history, the slot's place when nobody comes any more, the parcels that go no further; and tells it.
    /// </summary>
    /// <param name="tx">The transaction that locked the order.</param>
    /// <param name="order">The order after the action.</param>
    /// <param name="change">What the action gave; null changes nothing.</param>
    /// <param name="noteCipher">What people read about it, encrypted; empty for nothing.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Save(Tx tx, Order order, OrderChanged? change, string noteCipher, CancellationToken ct)
    {
        if (change is null) return;
        await tx.Execute(
            """
            update orders_orders set status = @Status, version = @Version, area = @Area, slot_from = @SlotFrom, slot_until = @SlotUntil, changed_at = @At
            where id = @Id
            """, new { order.Status, order.Version, order.Area, order.SlotFrom, order.SlotUntil, change.At, order.Id }, ct).ConfigureAwait(false);
        await tx.InsertRows("orders_history", History,
            [[order.Id, order.Version, EnumText<OrderAction>.Of(change.Action), EnumText<OrderStatus>.Of(order.Status), EnumText<OrderActor>.Of(change.Actor), noteCipher, change.At]], ct: ct)
            .ConfigureAwait(false);
        if (Order.FreesTheSlot(change))
        {
            if (order.Slot is { } slot) await SlotPlaces.Give(tx, order.Area, slot, ct).ConfigureAwait(false);
            await tx.Execute("update orders_shipments set status = 'cancelled' where order_id = @Id", new { order.Id }, ct).ConfigureAwait(false);
        }
        await tx.Publish(change, ct).ConfigureAwait(false);
    }
}
