using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>Changes who sends, who receives, what is sent or what the courier is told, before the pickup. What changes the price needs a new quote.</summary>
public static class ChangeOrder
{
    private const string Parcel =
        """
        update orders_shipments
        set recipient_cipher = @recipient, recipient_phone_hash = @hash, recipient_phone_tail = @tail, recipient_province = @province, recipient_city = @city,
          recipient_district = @district, goods_kind = @goodsKind, goods_name_cipher = @goodsName, weight_grams = @weight, length_mm = @length, width_mm = @width,
          height_mm = @height, quote_id = @quoteId, product = @product, product_name = @productName, total_fen = @totalFen, list_fen = @listFen,
          chargeable_grams = @chargeable, promised_by = @promisedBy, price_lines = @lines
        where waybill = @waybill
        """;

    private const string Whole =
        """
        update orders_orders
        set sender_cipher = @sender, sender_phone_hash = @hash, sender_phone_tail = @tail, sender_province = @province, sender_city = @city, sender_district = @district,
          remark_cipher = @remark,
          total_fen = (select sum(total_fen) from orders_shipments where order_id = @id), list_fen = (select sum(list_fen) from orders_shipments where order_id = @id)
        where id = @id
        """;

    /// <summary>Changes an order; null when there is no such order of this customer.</summary>
    /// <exception cref="RuleBroken">order.action_not_allowed, order.nothing_to_change, order.quote_needed, order.sender_elsewhere, order.changed_meanwhile, and what quotes refuse.</exception>
    public static async Task<Placing?> Execute(Db db, DataKeys keys, TimeProvider clock, Divisions divisions, CustomerId customer, string id, OrderChangeWish wish, CancellationToken ct)
    {
        if (await ShowOrder.Execute(db, keys, customer, id, ct).ConfigureAwait(false) is not { } shown) return null;
        var order = shown.Order;
        OrderMachine.Act(order.Kind, order.Status, OrderAction.Change, OrderActor.Customer);
        if (wish is { Sender: null, Shipment: null, Remark: null }) throw new RuleBroken("order.nothing_to_change", Texts.NothingToChange);
        var (sender, fault) = Sender(order, wish, divisions);
        if (fault is not null) return new Placing.Invalid(fault);
        if (wish.Remark?.Length > 200) return new Placing.Invalid(new WishFault("remark", Texts.TextTooLong));
        ReadShipment? changed = null;
        if (wish.Shipment is { } parcel)
        {
            var (shipment, refused) = await Shipment(db, clock, divisions, order, sender, parcel, ct).ConfigureAwait(false);
            if (refused is not null) return refused;
            changed = shipment;
        }
        await db.InTransaction(tx => Write(tx, keys, clock, customer, order, sender, changed, wish.Remark, ct), ct).ConfigureAwait(false);
        return new Placing.Placed(id, IsNew: false);
    }

    private static (OrderContact Sender, WishFault? Fault) Sender(ReadOrder order, OrderChangeWish wish, Divisions divisions)
    {
        if (wish.Sender is null) return (order.Sender, null);
        var (contact, place, fault) = WishCheck.ReadContact(wish.Sender, "sender", divisions);
        if (fault is not null) return (order.Sender, fault);
        return place!.Code == CodeOf(divisions, order.Sender) ? (contact!, null) : throw new RuleBroken("order.sender_elsewhere", Texts.SenderElsewhere);
    }

    private static async Task<(ReadShipment? Shipment, Placing? Refused)> Shipment(
        Db db, TimeProvider clock, Divisions divisions, ReadOrder order, OrderContact sender, ShipmentChangeWish wish, CancellationToken ct)
    {
        var now = order.Shipments.Count == 1 && wish.Waybill is null ? order.Shipments[0] : order.Shipments.FirstOrDefault(s => s.Waybill == wish.Waybill);
        if (now is null) return (null, new Placing.Invalid(new WishFault("shipment.waybill", Texts.SeveralShipments)));
        var (recipient, goods) = (now.Recipient, now.Goods);
        if (wish.Recipient is not null)
        {
            var (contact, _, fault) = WishCheck.ReadContact(wish.Recipient, "shipment.recipient", divisions);
            if (fault is not null) return (null, new Placing.Invalid(fault));
            recipient = contact!;
        }
        if (wish.Goods is not null)
        {
            var (read, fault) = WishCheck.ReadGoods(wish.Goods, "shipment.goods");
            if (fault is not null) return (null, new Placing.Invalid(fault));
            goods = read!;
        }
        var priced = CodeOf(divisions, recipient) == CodeOf(divisions, now.Recipient) && goods with { Name = "" } == now.Goods with { Name = "" };
        if (wish.QuoteId is null && !priced) throw new RuleBroken("order.quote_needed", Texts.QuoteNeeded);
        var price = now.Price;
        if (wish.QuoteId is { } quote)
        {
            var shipment = new CheckedShipment(recipient, Place(divisions, recipient), goods, now.DeclaredFen, now.Packaging, quote, wish.Product ?? now.Price.Product);
            var (prices, over) = await AgreedPrices.Of(db, divisions, order.Kind, Place(divisions, sender), [shipment], clock.GetUtcNow(), ct).ConfigureAwait(false);
            if (over is not null) return (null, new Placing.QuoteOver(over));
            price = prices[0];
        }
        return (now with { Recipient = recipient, Goods = goods, Price = price }, null);
    }

    private static async Task Write(
        Tx tx, DataKeys keys, TimeProvider clock, CustomerId customer, ReadOrder read, OrderContact sender, ReadShipment? changed, string? remark, CancellationToken ct)
    {
        var order = await OwnOrder.Lock(tx, customer, read.Id, ct).ConfigureAwait(false);
        if (order is null || order.Version != read.Version) throw new RuleBroken("order.changed_meanwhile", Texts.ChangedMeanwhile);
        if (changed is { } s)
            await tx.Execute(Parcel, new
            {
                waybill = s.Waybill, recipient = OrderRows.Seal(keys, s.Recipient), hash = keys.Hash(s.Recipient.Phone), tail = s.Recipient.Phone.Tail, province = s.Recipient.Province,
                city = s.Recipient.City, district = s.Recipient.District, goodsKind = s.Goods.Kind, goodsName = OrderRows.Sealed(keys, s.Goods.Name), weight = s.Goods.WeightGrams,
                length = s.Goods.LengthMm, width = s.Goods.WidthMm, height = s.Goods.HeightMm, quoteId = s.Price.QuoteId, product = s.Price.Product,
                productName = s.Price.ProductName, totalFen = s.Price.TotalFen, listFen = s.Price.ListFen, chargeable = s.Price.ChargeableGrams, promisedBy = s.Price.PromisedBy,
                lines = OrderRows.Lines(s.Price),
            }, ct).ConfigureAwait(false);
        await tx.Execute(Whole, new
        {
            id = read.Id, sender = OrderRows.Seal(keys, sender), hash = keys.Hash(sender.Phone), tail = sender.Phone.Tail, province = sender.Province, city = sender.City,
            district = sender.District, remark = OrderRows.Sealed(keys, remark is null ? read.Remark : WishCheck.Plain(remark, 200)),
        }, ct).ConfigureAwait(false);
        await OrderStore.Save(tx, order, order.Act(OrderAction.Change, OrderActor.Customer, clock.GetUtcNow()), "", ct).ConfigureAwait(false);
    }

    private static string? CodeOf(Divisions divisions, OrderContact contact) => divisions.Locate(contact.Province, contact.City, contact.District)?.Code;

    private static Division Place(Divisions divisions, OrderContact contact) => divisions.Locate(contact.Province, contact.City, contact.District)!;
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
