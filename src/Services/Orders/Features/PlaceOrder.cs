using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Orders.Slots;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>
/// Takes an order. The customer's key lies in a unique column of the order itself: however often and wherever a request is repeated,
/// after whatever crash, there is one order. What is kept elsewhere before (a locker's cell) is kept under a name that the repetition
/// finds again, and ends by itself when no repetition comes.
/// </summary>
public sealed class PlaceOrder(Db db, DataKeys keys, TimeProvider clock, OrdersOptions options, IWaybillNumbers numbers, Divisions divisions, OpenCodes codes, OutletBook outlets, RateBook book)
{
    private const int Attempts = 5;

    /// <summary>Places an order, or gives the one that was placed with this key.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="key">The customer's idempotency key.</param>
    /// <param name="wish">What they wish.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="RuleBroken">What prices, lockers and outlets refuse.</exception>
    public async Task<Placing> Execute(CustomerId customer, string key, OrderWish wish, CancellationToken ct)
    {
        var (clientKey, requestHash) = (keys.Hash($"order\n{customer}\n{key}"), HashOf(wish));
        if (await Known(clientKey, requestHash, ct).ConfigureAwait(false) is { } known) return known;
        var (sound, fault) = WishCheck.Read(wish, divisions);
        if (sound is null) return new Placing.Invalid(fault!);
        var slot = SlotTimes.All(options.Slots, clock.GetUtcNow()).FirstOrDefault(s => s.From == sound.SlotFrom);
        if (sound.Kind == OrderKind.Door)
        {
            if (slot is null) return new Placing.Invalid(new WishFault("slot", Texts.SlotUnknown));
            if (SlotTimes.IsClosed(options.Slots, slot, clock.GetUtcNow())) return await Refused(SlotState.Closed, sound.Area, slot, ct).ConfigureAwait(false);
            await Acceptance.AskTheArea(db, outlets, divisions, sound.Sender, ct).ConfigureAwait(false);
            await SlotPlaces.Prepare(db, sound.Area.Code, slot, ct).ConfigureAwait(false);
        }
        var (parcels, refused) = await AgreedPrices.Of(db, keys, book, divisions, customer, sound.Kind, sound.Area, sound.Shipments, slot?.From, clock.GetUtcNow(), ct).ConfigureAwait(false);
        if (refused is not null) return refused;
        if (sound.OutletCode is { } outlet && await Acceptance.AskTheOutlet(db, divisions, outlet, sound.Area, sound.Shipments.Select(s => s.Goods), ct).ConfigureAwait(false) is { } unfit) return new Placing.Invalid(unfit);
        // A name that the repetition makes again: it gets the same cell. Without one the reservation ends by itself.
        var holder = sound.Kind == OrderKind.Locker ? clientKey[..32] : null;
        if (holder is not null && await Reserve(sound, holder, ct).ConfigureAwait(false) is { } wrong) return new Placing.Invalid(wrong);
        return await Insert(new NewOrder(Ids.New(clock), customer, clientKey, requestHash, sound, parcels, slot, holder, clock.GetUtcNow()), ct).ConfigureAwait(false);
    }

    private async Task<WishFault?> Reserve(CheckedWish wish, string holder, CancellationToken ct)
    {
        if (!LockerCode.TryParse(wish.LockerCode, null, out var locker)) return Acceptance.UnknownLocker;
        if (await Acceptance.AskTheLocker(db, divisions, locker, wish.Area, ct).ConfigureAwait(false) is { } unknown) return unknown;
        return await ReserveCell.Execute(db, keys, codes, clock, locker, wish.CellSize!.Value, holder, clock.GetUtcNow().AddHours(options.CellHours), ct).ConfigureAwait(false) is null
            ? Acceptance.UnknownLocker : null;
    }

    private async Task<Placing> Insert(NewOrder order, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await db.InTransaction(tx => Insert(tx, order, ct), ct).ConfigureAwait(false)) return new Placing.Placed(order.Id, IsNew: true);
                return await Refused(SlotState.Full, order.Wish.Area, order.Slot!, ct).ConfigureAwait(false);
            }
            catch (DbException e) when (db.Dialect.IsUniqueViolation(e) && attempt < Attempts)
            {
                // The same request at the same moment, or a number that is taken: the first is found now, the second gets another number.
                if (await Known(order.ClientKey, order.RequestHash, ct).ConfigureAwait(false) is { } known) return known;
            }
        }
    }

    private async Task<bool> Insert(Tx tx, NewOrder order, CancellationToken ct)
    {
        if (order.Slot is { } slot && !await SlotPlaces.Take(tx, options.Slots, order.Wish.Area.Code, slot, ct).ConfigureAwait(false)) return false;
        await OrderRows.Insert(tx, keys, numbers, order, ct).ConfigureAwait(false);
        return true;
    }

    private async Task<Placing?> Known(string clientKey, string requestHash, CancellationToken ct)
    {
        var row = await db.First<KnownRow>("select id as Id, request_hash as RequestHash from orders_orders where client_key = @clientKey", new { clientKey }, ct).ConfigureAwait(false);
        if (row is null) return null;
        return row.RequestHash == requestHash ? new Placing.Placed(row.Id, IsNew: false) : new Placing.KeyReused();
    }

    private async Task<Placing> Refused(SlotState why, Division area, Slot slot, CancellationToken ct) =>
        new Placing.NoSlot(why, await ListSlots.Next(db, clock, options, area.Code, slot.From, ct).ConfigureAwait(false));

    private static string HashOf(OrderWish wish) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(wish, KernelJson.Options)));

    private sealed record KnownRow
    {
        public required string Id { get; init; }
        public required string RequestHash { get; init; }
    }
}

/// <summary>What became of a wish to place an order.</summary>
public abstract record Placing
{
    private Placing() { }

    /// <summary>There is an order.</summary>
    /// <param name="OrderId">Its id.</param>
    /// <param name="IsNew">False when it was placed by an earlier request with the same key.</param>
    public sealed record Placed(string OrderId, bool IsNew) : Placing;

    /// <summary>Something in the wish is wrong.</summary>
    /// <param name="Fault">What.</param>
    public sealed record Invalid(WishFault Fault) : Placing;

    /// <summary>The customer agreed to a price too late.</summary>
    /// <param name="Quote">The quote that is over.</param>
    public sealed record QuoteOver(StoredQuote Quote) : Placing;

    /// <summary>The courier comes at a time at which it costs something else than at the time that was quoted.</summary>
    /// <param name="Quote">The quote.</param>
    /// <param name="At">When the courier comes.</param>
    public sealed record QuoteElsewhen(StoredQuote Quote, DateTimeOffset At) : Placing;

    /// <summary>What is to be different has another price, which the customer has not agreed to yet.</summary>
    /// <param name="Request">What the price is asked for, without the member's discount.</param>
    public sealed record QuoteNeeded(QuoteRequest Request) : Placing;

    /// <summary>The customer's key was used for another order.</summary>
    public sealed record KeyReused : Placing;

    /// <summary>The slot cannot be had.</summary>
    /// <param name="Why">Full or closed.</param>
    /// <param name="Next">The next one that can; null when there is none.</param>
    public sealed record NoSlot(SlotState Why, ListedSlot? Next) : Placing;
}
