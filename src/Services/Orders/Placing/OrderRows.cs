using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Orders.Slots;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>What a new order writes.</summary>
internal static class OrderRows
{
    private const long WaybillSerials = 1_000_000_000_000;

    private static readonly string[] OrderColumns =
    [
        "id", "number", "customer_id", "client_key", "request_hash", "kind", "status", "version", "sender_cipher", "sender_phone_hash", "sender_phone_tail",
        "sender_province", "sender_city", "sender_district", "area", "slot_from", "slot_until", "locker_code", "cell_holder", "cell_size", "outlet_code", "drop_off_code", "payment",
        "total_fen", "list_fen", "real_name_cipher", "consents", "goods_standing", "remark_cipher", "courier_cipher", "placed_at", "changed_at",
    ];

    private static readonly string[] ShipmentColumns =
    [
        "waybill", "order_id", "position", "status", "recipient_cipher", "recipient_phone_hash", "recipient_phone_tail", "recipient_province", "recipient_city",
        "recipient_district", "goods_kind", "goods_name_cipher", "weight_grams", "length_mm", "width_mm", "height_mm", "declared_fen", "cod_fen", "packaging", "quote_id", "product",
        "product_name", "total_fen", "list_fen", "chargeable_grams", "promised_by", "price_lines",
    ];

    /// <summary>Writes the order with fresh numbers; one that is taken already is a unique violation, and the transaction is tried again.</summary>
    /// <returns>The event.</returns>
    public static async Task<OrderPlaced> Insert(Tx tx, DataKeys keys, IWaybillNumbers numbers, NewOrder order, CancellationToken ct)
    {
        var number = OrderNumber.New(order.At);
        await tx.InsertRows("orders_orders", OrderColumns, [Values(keys, number, order)], ct: ct).ConfigureAwait(false);
        await tx.InsertRows("orders_shipments", ShipmentColumns, order.Parcels.Select((p, i) => Values(keys, numbers, order, p.Shipment, p.Price, i)), ct: ct).ConfigureAwait(false);
        var placed = new OrderPlaced(order.Id, number, order.Wish.Kind, order.Customer, 1);
        await tx.Publish([placed, .. order.Parcels.Select(p => new QuoteAccepted(QuoteId.Parse(p.Price.QuoteId), p.Price.Product, order.At)).DistinctBy(a => a.Quote)], ct).ConfigureAwait(false);
        return placed;
    }

    /// <summary>A side as it lies encrypted; the places stay in clear, they are what lanes and slots are told apart by.</summary>
    public static string Seal(DataKeys keys, OrderContact contact) =>
        keys.Encrypt(JsonSerializer.Serialize(new SealedContact(contact.Name, contact.Phone.Text, contact.Detail, contact.Extension)));

    /// <summary>The lines of a price as they lie.</summary>
    public static string Lines(AgreedPrice price) => JsonSerializer.Serialize(price.Lines, KernelJson.Options);

    private static object?[] Values(DataKeys keys, OrderNumber number, NewOrder o) =>
    [
        o.Id, number, o.Customer, o.ClientKey, o.RequestHash, EnumText<OrderKind>.Of(o.Wish.Kind), "placed", 1, Seal(keys, o.Wish.Sender), keys.Hash(o.Wish.Sender.Phone),
        o.Wish.Sender.Phone.Tail, o.Wish.Sender.Province, o.Wish.Sender.City, o.Wish.Sender.District, o.Wish.Area.Code, o.Slot?.From, o.Slot?.Until, o.Wish.LockerCode,
        o.CellHolder, o.Wish.CellSize is { } size ? EnumText<CellSize>.Of(size) : null, o.Wish.OutletCode, o.Wish.Kind == OrderKind.Outlet ? NewDropOffCode() : null, EnumText<OrderPayment>.Of(o.Wish.Payment),
        o.Parcels.Sum(p => p.Price.TotalFen), o.Parcels.Sum(p => p.Price.ListFen), Sealed(keys, o.Wish.RealNameToken), string.Join(',', o.Wish.Consents),
        EnumText<GoodsStanding>.Of(o.Wish.GoodsStanding), Sealed(keys, o.Wish.Remark), "", o.At, o.At,
    ];

    private static object?[] Values(DataKeys keys, IWaybillNumbers numbers, NewOrder order, CheckedShipment s, AgreedPrice price, int position) =>
    [
        numbers.Make(NewSerial()), order.Id, position, "waiting", Seal(keys, s.Recipient), keys.Hash(s.Recipient.Phone), s.Recipient.Phone.Tail,
        s.Recipient.Province, s.Recipient.City, s.Recipient.District, s.Goods.Kind, Sealed(keys, s.Goods.Name), s.Goods.WeightGrams, s.Goods.LengthMm, s.Goods.WidthMm,
        s.Goods.HeightMm, s.DeclaredFen, s.CodFen, s.Packaging, price.QuoteId, price.Product, price.ProductName, price.TotalFen, price.ListFen, price.ChargeableGrams, price.PromisedBy,
        Lines(price),
    ];

    /// <summary>Encrypts a text that may be empty.</summary>
    public static string Sealed(DataKeys keys, string text) => text.Length == 0 ? "" : keys.Encrypt(text);

    // Numbers are drawn, not counted: nobody finds parcels of others by adding one, and a guess fails the check digit nine times of ten.
    private static long NewSerial() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) is var random ? (random & long.MaxValue) % WaybillSerials : 0;

    private static string NewDropOffCode() => RandomNumberGenerator.GetInt32(100_000_000).ToString("d8", CultureInfo.InvariantCulture);
}

/// <summary>An order on its way into the database.</summary>
internal sealed record NewOrder(
    string Id, CustomerId Customer, string ClientKey, string RequestHash, CheckedWish Wish, IReadOnlyList<AgreedParcel> Parcels, Slot? Slot, string? CellHolder, DateTimeOffset At);
