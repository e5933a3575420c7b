using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Orders.Weighing;

namespace Courier.Services.Orders;

/// <summary>Reads orders as they lie, decrypted: for their owners, for the carrier core, and for the capabilities that go on with them.</summary>
public static class OrderReading
{
    private const string Columns =
        """
        id as Id, number as Number, customer_id as Customer, sender_phone_hash as SenderHash, kind as Kind, status as Status, version as Version, sender_cipher as SenderCipher,
        sender_province as SenderProvince, sender_city as SenderCity, sender_district as SenderDistrict, slot_from as SlotFrom, slot_until as SlotUntil,
        locker_code as LockerCode, cell_holder as CellHolder, outlet_code as OutletCode, drop_off_code as DropOffCode, payment as Payment, total_fen as TotalFen,
        list_fen as ListFen, real_name_cipher as RealNameCipher, real_name_checked_at as RealNameCheckedAt, inspected_at as InspectedAt, consents as Consents,
        goods_standing as GoodsStanding, remark_cipher as RemarkCipher, courier_cipher as CourierCipher, placed_at as PlacedAt, changed_at as ChangedAt
        """;

    private const string Shipments =
        """
        select s.waybill as Waybill, s.order_id as OrderId, s.position as Position, s.status as Status, s.recipient_cipher as RecipientCipher, s.recipient_phone_hash as RecipientHash,
          s.recipient_province as RecipientProvince, s.recipient_city as RecipientCity, s.recipient_district as RecipientDistrict, s.goods_kind as GoodsKind,
          s.goods_name_cipher as GoodsNameCipher, s.weight_grams as WeightGrams, s.length_mm as LengthMm, s.width_mm as WidthMm, s.height_mm as HeightMm,
          s.weighed_grams as WeighedGrams, s.declared_fen as DeclaredFen, s.cod_fen as CodFen, s.packaging as Packaging, s.quote_id as QuoteId, s.product as Product, s.product_name as ProductName,
          s.total_fen as TotalFen, s.list_fen as ListFen, s.chargeable_grams as ChargeableGrams, s.promised_by as PromisedBy, s.price_lines as PriceLines,
          w.chargeable_grams as SettledGrams, w.weighed_fen as SettledFen, w.price_lines as SettledLines
        from orders_shipments s
        left join orders_settlements w on w.waybill = s.waybill
        where s.order_id in @ids
        order by s.order_id, s.position
        """;

    /// <summary>An order; null when there is none. Whether the asker may see it is the caller's question.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Opens what lies encrypted.</param>
    /// <param name="id">The order.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<ReadOrder?> Of(ISqlReader db, DataKeys keys, string id, CancellationToken ct) =>
        (await Of(db, keys, [id], ct).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Some orders, the newest first; two queries, however many they are.</summary>
    public static async Task<IReadOnlyList<ReadOrder>> Of(ISqlReader db, DataKeys keys, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var orders = await db.Query<OrderRow>($"select {Columns} from orders_orders where id in @ids order by id desc", new { ids }, ct).ConfigureAwait(false);
        var shipments = (await db.Query<ShipmentRow>(Shipments, new { ids }, ct).ConfigureAwait(false)).ToLookup(s => s.OrderId);
        return [.. orders.Select(o => o.Open(keys, shipments[o.Id]))];
    }

    private static OrderContact Contact(DataKeys keys, string cipher, string province, string city, string district) =>
        cipher.Length > 0 && JsonSerializer.Deserialize<SealedContact>(keys.Decrypt(cipher)) is { } contact
            ? new(contact.Name, Phone.Parse(contact.Phone), province, city, district, contact.Detail, contact.Extension)
            : new("", default, province, city, district, ""); // its person has asked for erasure

    private static string Text(DataKeys keys, string cipher) => cipher.Length == 0 ? "" : keys.Decrypt(cipher);

    private sealed record OrderRow
    {
        public required string Id { get; init; }
        public required OrderNumber Number { get; init; }
        public required string Customer { get; init; }
        public required string SenderHash { get; init; }
        public required OrderKind Kind { get; init; }
        public required OrderStatus Status { get; init; }
        public required long Version { get; init; }
        public required string SenderCipher { get; init; }
        public required string SenderProvince { get; init; }
        public required string SenderCity { get; init; }
        public required string SenderDistrict { get; init; }
        public required DateTimeOffset? SlotFrom { get; init; }
        public required DateTimeOffset? SlotUntil { get; init; }
        public required string? LockerCode { get; init; }
        public required string? CellHolder { get; init; }
        public required string? OutletCode { get; init; }
        public required string? DropOffCode { get; init; }
        public required OrderPayment Payment { get; init; }
        public required long TotalFen { get; init; }
        public required long ListFen { get; init; }
        public required string RealNameCipher { get; init; }
        public required DateTimeOffset? RealNameCheckedAt { get; init; }
        public required DateTimeOffset? InspectedAt { get; init; }
        public required string Consents { get; init; }
        public required GoodsStanding GoodsStanding { get; init; }
        public required string RemarkCipher { get; init; }
        public required string CourierCipher { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }

        public ReadOrder Open(DataKeys keys, IEnumerable<ShipmentRow> shipments) => new()
        {
            Id = Id, Number = Number, Customer = Customer, SenderPhoneHash = SenderHash, Kind = Kind, Status = Status, Version = Version,
            Sender = Contact(keys, SenderCipher, SenderProvince, SenderCity, SenderDistrict),
            Slot = SlotFrom is { } from && SlotUntil is { } until ? new(from, until) : null, LockerCode = LockerCode, CellHolder = CellHolder, OutletCode = OutletCode,
            DropOffCode = DropOffCode, Payment = Payment, TotalFen = TotalFen, ListFen = ListFen, HasRealNameToken = RealNameCipher.Length > 0,
            RealNameCheckedAt = RealNameCheckedAt, InspectedAt = InspectedAt, Consents = Consents.Split(',', StringSplitOptions.RemoveEmptyEntries), GoodsStanding = GoodsStanding,
            Remark = Text(keys, RemarkCipher), Courier = CourierCipher.Length > 0 ? JsonSerializer.Deserialize<OrderCourier>(keys.Decrypt(CourierCipher)) : null,
            PlacedAt = PlacedAt, ChangedAt = ChangedAt, Shipments = [.. shipments.Select(s => s.Open(keys))],
        };
    }

    private sealed record ShipmentRow
    {
        public required string Waybill { get; init; }
        public required string OrderId { get; init; }
        public required long Position { get; init; }
        public required ShipmentStatus Status { get; init; }
        public required string RecipientCipher { get; init; }
        public required string RecipientHash { get; init; }
        public required string RecipientProvince { get; init; }
        public required string RecipientCity { get; init; }
        public required string RecipientDistrict { get; init; }
        public required string GoodsKind { get; init; }
        public required string GoodsNameCipher { get; init; }
        public required long WeightGrams { get; init; }
        public required long? LengthMm { get; init; }
        public required long? WidthMm { get; init; }
        public required long? HeightMm { get; init; }
        public required long? WeighedGrams { get; init; }
        public required long? DeclaredFen { get; init; }
        public required long CodFen { get; init; }
        public required string Packaging { get; init; }
        public required string QuoteId { get; init; }
        public required string Product { get; init; }
        public required string ProductName { get; init; }
        public required long TotalFen { get; init; }
        public required long ListFen { get; init; }
        public required long ChargeableGrams { get; init; }
        public required DateTimeOffset? PromisedBy { get; init; }
        public required string PriceLines { get; init; }
        public required long? SettledGrams { get; init; }
        public required long? SettledFen { get; init; }
        public required string? SettledLines { get; init; }

        private Settlement? Settled => SettledFen is { } fen && WeighedGrams is { } weighed
            ? new Settlement(WeightGrams, weighed, SettledGrams ?? ChargeableGrams, TotalFen, fen, LinesOf(SettledLines ?? "[]")) : null;

        private static List<OrderPriceLine> LinesOf(string json) => JsonSerializer.Deserialize<List<OrderPriceLine>>(json, KernelJson.Options) ?? [];

        public ReadShipment Open(DataKeys keys) => new(
            Waybill, Status, Contact(keys, RecipientCipher, RecipientProvince, RecipientCity, RecipientDistrict), RecipientHash,
            new OrderGoods(GoodsKind, Text(keys, GoodsNameCipher), WeightGrams, LengthMm, WidthMm, HeightMm), WeighedGrams, DeclaredFen, Packaging,
            new AgreedPrice
            {
                QuoteId = QuoteId, Product = Product, ProductName = ProductName, TotalFen = TotalFen, ListFen = ListFen, ChargeableGrams = ChargeableGrams, PromisedBy = PromisedBy,
                Lines = LinesOf(PriceLines),
            })
        {
            Settlement = Settled, CodFen = CodFen,
        };
    }
}

/// <summary>An order, in clear.</summary>
public sealed record ReadOrder
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>The number that people speak of it by.</summary>
    public required OrderNumber Number { get; init; }

    /// <summary>Id of the customer who placed it; empty once that person is erased.</summary>
    public required string Customer { get; init; }

    /// <summary>Keyed hash of the sender's number.</summary>
    public required string SenderPhoneHash { get; init; }

    /// <summary>How it is sent.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Grows with each change.</summary>
    public required long Version { get; init; }

    /// <summary>Who sends.</summary>
    public required OrderContact Sender { get; init; }

    /// <summary>For the door: when the courier comes.</summary>
    public required Slots.Slot? Slot { get; init; }

    /// <summary>For a locker: which.</summary>
    public required string? LockerCode { get; init; }

    /// <summary>For a locker: the name under which it keeps a cell.</summary>
    public required string? CellHolder { get; init; }

    /// <summary>For an outlet: which.</summary>
    public required string? OutletCode { get; init; }

    /// <summary>For an outlet: what the sender shows.</summary>
    public required string? DropOffCode { get; init; }

    /// <summary>How it is paid.</summary>
    public required OrderPayment Payment { get; init; }

    /// <summary>What is paid.</summary>
    public required long TotalFen { get; init; }

    /// <summary>What it costs without discounts.</summary>
    public required long ListFen { get; init; }

    /// <summary>What is paid at the pickup: what was agreed, and what the measured weights add to it or take from it.</summary>
    public long DueFen => TotalFen + Shipments.Sum(s => s.Settlement?.DifferenceFen ?? 0);

    /// <summary>Did the sender bring a token of a real-name check?</summary>
    public required bool HasRealNameToken { get; init; }

    /// <summary>When the sender's identity was checked at the counter or door; null before.</summary>
    public required DateTimeOffset? RealNameCheckedAt { get; init; }

    /// <summary>When the goods were looked at; null before.</summary>
    public required DateTimeOffset? InspectedAt { get; init; }

    /// <summary>Ways of delivery that the recipient's consent is asked for.</summary>
    public required IReadOnlyList<string> Consents { get; init; }

    /// <summary>What the goods check said.</summary>
    public required GoodsStanding GoodsStanding { get; init; }

    /// <summary>For the courier; may be empty.</summary>
    public required string Remark { get; init; }

    /// <summary>Who comes; null before somebody is named.</summary>
    public required OrderCourier? Courier { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Its parcels, in their order.</summary>
    public required IReadOnlyList<ReadShipment> Shipments { get; init; }
}

/// <summary>A parcel of an order, in clear.</summary>
/// <param name="Waybill">Its number.</param>
/// <param name="Status">Where it stands, as far as the order cares.</param>
/// <param name="Recipient">Who receives.</param>
/// <param name="RecipientPhoneHash">Keyed hash of the recipient's number.</param>
/// <param name="Goods">What.</param>
/// <param name="WeighedGrams">Weight as measured; null before.</param>
/// <param name="DeclaredFen">Declared value; null when none was.</param>
/// <param name="Packaging">Code of the packaging; may be empty.</param>
/// <param name="Price">What it costs.</param>
public sealed record ReadShipment(
    string Waybill, ShipmentStatus Status, OrderContact Recipient, string RecipientPhoneHash, OrderGoods Goods, long? WeighedGrams, long? DeclaredFen, string Packaging, AgreedPrice Price)
{
    /// <summary>What the courier collects from the recipient for the sender; 0 for nothing.</summary>
    public long CodFen { get; init; }

    /// <summary>What it costs by its measured weight; null when that is what was agreed.</summary>
    public Settlement? Settlement { get; init; }
}
