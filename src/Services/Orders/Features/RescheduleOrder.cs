using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Orders.Slots;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>Moves the appointment of an order to another slot: the new place is taken and the old one given back in one transaction.</summary>
public static class RescheduleOrder
{
    private const string Prices = "select quote_id as QuoteId, product as Product from orders_shipments where order_id = @id and status = 'waiting' limit 50";

    /// <summary>Reschedules; null when there is no such order of this customer.</summary>
    /// <exception cref="RuleBroken">order.action_not_allowed: it has no appointment, or it is too late; order.slot_changes_price: at that time it costs something else.</exception>
    public static async Task<Placing?> Execute(Db db, TimeProvider clock, OrdersOptions options, RateBook book, CustomerId customer, string id, DateTimeOffset from, CancellationToken ct)
    {
        var order = await db.First<OwnRow>("select area as Area, customer_id as Customer, sender_phone_hash as SenderPhoneHash from orders_orders where id = @id", new { id }, ct).ConfigureAwait(false);
        if (order is null || !await ShowOrder.IsOwner(db, customer, order.Customer, order.SenderPhoneHash, ct).ConfigureAwait(false)) return null;
        var area = order.Area;
        var now = clock.GetUtcNow();
        if (SlotTimes.All(options.Slots, now).FirstOrDefault(s => s.From == from) is not { } slot) return new Placing.Invalid(new WishFault("slot", Texts.SlotUnknown));
        var closed = SlotTimes.IsClosed(options.Slots, slot, now);
        if (!closed && await Dearer(db, book, id, slot, ct).ConfigureAwait(false) is not 0 and var fen) throw new RuleBroken("order.slot_changes_price", Texts.OtherPrice(fen));
        if (!closed) await SlotPlaces.Prepare(db, area, slot, ct).ConfigureAwait(false);
        var done = await db.InTransaction(tx => Move(tx, options, customer, id, slot, closed, now, ct), ct).ConfigureAwait(false);
        return done is not Placing.NoSlot none ? done : none with { Next = await ListSlots.Next(db, clock, options, area, slot.From, ct).ConfigureAwait(false) };
    }

    private static async Task<Placing?> Move(Tx tx, OrdersOptions options, CustomerId customer, string id, Slot slot, bool closed, DateTimeOffset now, CancellationToken ct)
    {
        if (await OwnOrder.Lock(tx, customer, id, ct).ConfigureAwait(false) is not { } order) return null;
        if (order.Slot == slot && order.Status == OrderStatus.Placed) return new Placing.Placed(id, IsNew: false);
        var change = order.Act(OrderAction.Reschedule, OrderActor.Customer, now);
        if (closed) return new Placing.NoSlot(SlotState.Closed, null);
        if (order.Slot != slot)
        {
            if (!await SlotPlaces.Take(tx, options.Slots, order.Area, slot, ct).ConfigureAwait(false)) return new Placing.NoSlot(SlotState.Full, null);
            if (order.Slot is { } before) await SlotPlaces.Give(tx, order.Area, before, ct).ConfigureAwait(false);
            if (order.Slot is { } old) await PromisedDays.Move(tx, id, PromisedDays.Between(old.From, slot.From), ct).ConfigureAwait(false);
            (order.SlotFrom, order.SlotUntil) = (slot.From, slot.Until);
        }
        await OrderStore.Save(tx, order, change, "", ct).ConfigureAwait(false);
        return new Placing.Placed(id, IsNew: true);
    }

    // The price was agreed for its time: peak days and nights cost something else. Parcels of one pickup mostly share a quote.
    private static async Task<long> Dearer(Db db, RateBook book, string id, Slot slot, CancellationToken ct)
    {
        var fen = 0L;
        foreach (var price in (await db.Query<PriceRow>(Prices, new { id }, ct).ConfigureAwait(false)).CountBy(p => (p.QuoteId, p.Product)))
            if (QuoteId.TryParse(price.Key.QuoteId, null, out var quote)) // one, or as many as the recipients of one pickup
                fen += price.Value * (await PriceAtAnotherTime.Difference(db, book, quote, price.Key.Product, slot.From, ct).ConfigureAwait(false) ?? 0);
        return fen;
    }

    private sealed record PriceRow
    {
        public required string QuoteId { get; init; }
        public required string Product { get; init; }
    }

    private sealed record OwnRow
    {
        public required string Area { get; init; }
        public required string Customer { get; init; }
        public required string SenderPhoneHash { get; init; }
    }
}
