using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>
/// Changes who sends, who receives, what is sent or what the courier is told, before the pickup. What changes the price needs a new quote, and
/// the network is asked again whether it takes it.
/// </summary>
public sealed class ChangeOrder(Db db, DataKeys keys, TimeProvider clock, Divisions divisions, OutletBook outlets, RateBook book)
{
    private const string Parcel =
        """
        update orders_shipments
        set recipient_cipher = @recipient, recipient_phone_hash = @hash, recipient_phone_tail = @tail, recipient_province = @province, recipient_city = @city,
          recipient_district = @district, goods_kind = @goodsKind, goods_name_cipher = @goodsName, weight_grams = @weight, length_mm = @length, width_mm = @width,
          height_mm = @height, declared_fen = @declared, cod_fen = @cod, packaging = @packaging, quote_id = @quoteId, product = @product, product_name = @productName, total_fen = @totalFen, list_fen = @listFen,
          chargeable_grams = @chargeable, promised_by = @promisedBy, price_lines = @lines
        where waybill = @waybill
        """;

    private const string Whole =
        """
        update orders_orders
        set sender_cipher = @sender, sender_phone_hash = @hash, sender_phone_tail = @tail, sender_province = @province, sender_city = @city, sender_district = @district,
          remark_cipher = @remark, goods_standing = @standing,
          total_fen = (select sum(total_fen) from orders_shipments where order_id = @id), list_fen = (select sum(list_fen) from orders_shipments where order_id = @id)
        where id = @id
        """;

    /// <summary>Changes an order; null when there is no such order of this customer.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="id">The order.</param>
    /// <param name="wish">What is to be different.</param>
    /// <param name="goods">What the rules say about goods that are named anew; null when none are.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="RuleBroken">order.action_not_allowed, order.nothing_to_change, order.sender_elsewhere, order.changed_meanwhile, and what quotes, areas and outlets refuse.</exception>
    public async Task<Placing?> Execute(CustomerId customer, string id, OrderChangeWish wish, GoodsStanding? goods, CancellationToken ct)
    {
        if (await ShowOrder.Execute(db, keys, customer, id, ct).ConfigureAwait(false) is not { } shown) return null;
        var order = shown.Order;
        OrderMachine.Act(order.Kind, order.Status, OrderAction.Change, OrderActor.Customer);
        if (wish is { Sender: null, Shipment: null, Remark: null }) throw new RuleBroken("order.nothing_to_change", Texts.NothingToChange);
        var (sender, fault) = Sender(order, wish);
        if (fault is not null) return new Placing.Invalid(fault);
        if (wish.Remark?.Length > 200) return new Placing.Invalid(new WishFault("remark", Texts.TextTooLong));
        if (order.Kind == OrderKind.Door && sender != order.Sender) await Acceptance.AskTheArea(db, outlets, divisions, sender, ct).ConfigureAwait(false);
        ReadShipment? changed = null;
        if (wish.Shipment is { } parcel)
        {
            var (shipment, refused) = await Shipment(customer, order, sender, parcel, ct).ConfigureAwait(false);
            if (refused is not null) return refused;
            changed = shipment;
        }
        await db.InTransaction(tx => Write(tx, customer, order, sender, changed, goods, wish.Remark, ct), ct).ConfigureAwait(false);
        return new Placing.Placed(id, IsNew: false);
    }

    private (OrderContact Sender, WishFault? Fault) Sender(ReadOrder order, OrderChangeWish wish)
    {
        if (wish.Sender is null) return (order.Sender, null);
        var (contact, place, fault) = WishCheck.ReadContact(Filled(wish.Sender, order.Sender), "sender", divisions);
        if (fault is not null) return (order.Sender, fault);
        return place!.Code == CodeOf(order.Sender) ? (contact!, null) : throw new RuleBroken("order.sender_elsewhere", Texts.SenderElsewhere);
    }

    // What is left out stays. A place is named as a whole, or only its district; an extension belongs to its number.
    private static ContactWish Filled(ContactWish wish, OrderContact now)
    {
        var stays = wish is { Province: null, City: null };
        return wish with
        {
            Name = wish.Name ?? now.Name, Phone = wish.Phone ?? now.Phone.Text, Extension = wish.Extension ?? (wish.Phone is null ? now.Extension : null), Detail = wish.Detail ?? now.Detail,
            Province = stays ? now.Province : wish.Province, City = stays ? now.City : wish.City, District = wish.District ?? (stays ? now.District : null),
        };
    }

    private async Task<(ReadShipment? Shipment, Placing? Refused)> Shipment(CustomerId customer, ReadOrder order, OrderContact sender, ShipmentChangeWish wish, CancellationToken ct)
    {
        var now = order.Shipments.Count == 1 && wish.Waybill is null ? order.Shipments[0] : order.Shipments.FirstOrDefault(s => s.Waybill == wish.Waybill);
        if (now is null) return (null, new Placing.Invalid(new WishFault("shipment.waybill", Texts.SeveralShipments)));
        var (recipient, goods) = (now.Recipient, now.Goods);
        if (wish.Recipient is not null)
        {
            var (contact, _, fault) = WishCheck.ReadContact(Filled(wish.Recipient, now.Recipient), "shipment.recipient", divisions);
            if (fault is not null) return (null, new Placing.Invalid(fault));
            recipient = contact!;
        }
        if (wish.Goods is not null)
        {
            var (read, fault) = WishCheck.ReadGoods(wish.Goods, "shipment.goods");
            if (fault is not null) return (null, new Placing.Invalid(fault));
            goods = read!;
            if (order.OutletCode is { } outlet && await Acceptance.AskTheOutlet(db, divisions, outlet, Place(sender), [goods], ct).ConfigureAwait(false) is { } unfit) return (null, new Placing.Invalid(unfit));
            if (await CellFault(order, goods, ct).ConfigureAwait(false) is { } tooLarge) return (null, new Placing.Invalid(tooLarge));
        }
        var priced = CodeOf(recipient) == CodeOf(now.Recipient) && goods with { Name = "" } == now.Goods with { Name = "" };
        if (wish.QuoteId is null && !priced)
            return (null, QuoteForOrder.Of(divisions, order with { Sender = sender }, now, recipient, goods, clock.GetUtcNow()) is { } request
                ? new Placing.QuoteNeeded(request) : new Placing.Invalid(new WishFault("shipment.recipient.district", Texts.NoPrice)));
        var price = now.Price;
        if (wish.QuoteId is { } quote)
        {
            var shipment = new CheckedShipment(recipient, Place(recipient), goods, now.DeclaredFen, "", quote, wish.Product ?? now.Price.Product);
            var (parcels, refused) = await AgreedPrices.Of(db, keys, book, divisions, customer, order.Kind, Place(sender), [shipment], order.Slot?.From, clock.GetUtcNow(), ct).ConfigureAwait(false);
            if (refused is not null) return (null, refused);
            now = now with { DeclaredFen = parcels[0].Shipment.DeclaredFen, CodFen = parcels[0].Shipment.CodFen, Packaging = parcels[0].Shipment.Packaging };
            price = parcels[0].Price;
        }
        return (now with { Recipient = recipient, Goods = goods, Price = price }, null);
    }

    // Kept is a cell for what was ordered: what is larger now would stand before a door that it does not go through.
    private async Task<WishFault?> CellFault(ReadOrder order, OrderGoods goods, CancellationToken ct)
    {
        if (order.Kind != OrderKind.Locker || goods is not { LengthMm: { } length, WidthMm: { } width, HeightMm: { } height }) return null;
        if (CellSizes.Fitting((int)length, (int)width, (int)height) is not { } fitting) return new WishFault("shipment.goods.lengthMm", Texts.LargerThanCells);
        var kept = await db.First<string>("select cell_size from orders_orders where id = @Id", new { order.Id }, ct).ConfigureAwait(false);
        return !EnumText<CellSize>.TryParse(kept, out var size) || fitting > size ? new WishFault("shipment.goods.lengthMm", Texts.LargerThanTheCell) : null;
    }

    private async Task Write(
        Tx tx, CustomerId customer, ReadOrder read, OrderContact sender, ReadShipment? changed, GoodsStanding? goods, string? remark, CancellationToken ct)
    {
        var order = await OwnOrder.Lock(tx, customer, read.Id, ct).ConfigureAwait(false);
        if (order is null || order.Version != read.Version) throw new RuleBroken("order.changed_meanwhile", Texts.ChangedMeanwhile);
        if (changed is { } s)
            await tx.Execute(Parcel, new
            {
                waybill = s.Waybill, recipient = OrderRows.Seal(keys, s.Recipient), hash = keys.Hash(s.Recipient.Phone), tail = s.Recipient.Phone.Tail, province = s.Recipient.Province,
                city = s.Recipient.City, district = s.Recipient.District, goodsKind = s.Goods.Kind, goodsName = OrderRows.Sealed(keys, s.Goods.Name), weight = s.Goods.WeightGrams,
                length = s.Goods.LengthMm, width = s.Goods.WidthMm, height = s.Goods.HeightMm, declared = s.DeclaredFen, cod = s.CodFen, packaging = s.Packaging, quoteId = s.Price.QuoteId, product = s.Price.Product,
                productName = s.Price.ProductName, totalFen = s.Price.TotalFen, listFen = s.Price.ListFen, chargeable = s.Price.ChargeableGrams, promisedBy = s.Price.PromisedBy,
                lines = OrderRows.Lines(s.Price),
            }, ct).ConfigureAwait(false);
        await tx.Execute(Whole, new
        {
            id = read.Id, sender = OrderRows.Seal(keys, sender), hash = keys.Hash(sender.Phone), tail = sender.Phone.Tail, province = sender.Province, city = sender.City,
            district = sender.District, standing = Standing(read, goods), remark = OrderRows.Sealed(keys, remark is null ? read.Remark : WishCheck.Plain(remark, 200)),
        }, ct).ConfigureAwait(false);
        await OrderStore.Save(tx, order, order.Act(OrderAction.Change, OrderActor.Customer, clock.GetUtcNow()), "", ct).ConfigureAwait(false);
        if (changed is { } agreed && read.Shipments.All(was => was.Price.QuoteId != agreed.Price.QuoteId))
            await tx.Publish(new QuoteAccepted(QuoteId.Parse(agreed.Price.QuoteId), agreed.Price.Product, clock.GetUtcNow()), ct).ConfigureAwait(false);
    }

    // Of several parcels one that goes on conditions is enough for the courier to be told.
    private static string Standing(ReadOrder read, GoodsStanding? goods) => EnumText<GoodsStanding>.Of(
        goods is not { } named || (read.Shipments.Count > 1 && read.GoodsStanding == GoodsStanding.Conditional) ? read.GoodsStanding : named);

    private string? CodeOf(OrderContact contact) => divisions.Locate(contact.Province, contact.City, contact.District)?.Code;

    private Division Place(OrderContact contact) => divisions.Locate(contact.Province, contact.City, contact.District)!;
}

/// <summary>What is to be different; null stays as it is.</summary>
public sealed record OrderChangeWish
{
    /// <summary>Who sends; in the same district, since slot and price hold for it.</summary>
    public ContactWish? Sender { get; init; }

    /// <summary>For the courier.</summary>
    public string? Remark { get; init; }

    /// <summary>One of its parcels.</summary>
    public ShipmentChangeWish? Shipment { get; init; }

    /// <summary>The sender knows the conditions on which goods that are named anew are taken.</summary>
    public bool? GoodsConfirmed { get; init; }
}

/// <summary>What is to be different with a parcel.</summary>
public sealed record ShipmentChangeWish
{
    /// <summary>Which; may be left out when there is only one.</summary>
    public string? Waybill { get; init; }

    /// <summary>Who receives.</summary>
    public ContactWish? Recipient { get; init; }

    /// <summary>What.</summary>
    public GoodsWish? Goods { get; init; }

    /// <summary>A new quote; needed when the place or the goods change the price.</summary>
    public string? QuoteId { get; init; }

    /// <summary>Which of its products; the same as before when left out.</summary>
    public string? Product { get; init; }
}
