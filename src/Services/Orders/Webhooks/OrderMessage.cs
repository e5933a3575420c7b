using Courier.Services.Orders.Slots;

namespace Courier.Services.Orders.Webhooks;

/// <summary>An order as the carrier core is told of it: all that its courier and its label need.</summary>
internal sealed record OrderMessage(
    string Id, OrderNumber Number, OrderKind Kind, OrderStatus Status, long Version, DateTimeOffset PlacedAt, Slot? Slot, string? LockerCode, string? OutletCode, string? DropOffCode,
    OrderPayment Payment, long TotalFen, string Remark, bool RealNameGiven, GoodsStanding GoodsStanding, IReadOnlyList<string> AsksConsent, MessageParty Sender,
    IReadOnlyList<MessageShipment> Shipments)
{
    /// <summary>The cell that the parcel lies in, with the code that opens it for its courier; null while it does not.</summary>
    public MessageCell? Cell { get; init; }

    public static OrderMessage Of(ReadOrder o) => new(
        o.Id, o.Number, o.Kind, o.Status, o.Version, o.PlacedAt, o.Slot, o.LockerCode, o.OutletCode, o.DropOffCode, o.Payment, o.TotalFen, o.Remark, o.HasRealNameToken, o.GoodsStanding,
        o.Consents, MessageParty.Of(o.Sender), [.. o.Shipments.Select(MessageShipment.Of)]);
}

/// <summary>A cell in a message.</summary>
internal sealed record MessageCell(int Number, string OpenCode);

/// <summary>A side in a message.</summary>
internal sealed record MessageParty(string Name, string Phone, string? Extension, string Province, string City, string District, string Detail)
{
    public static MessageParty Of(OrderContact c) => new(c.Name, c.Phone.Text, c.Extension, c.Province, c.City, c.District, c.Detail);
}

/// <summary>A parcel in a message.</summary>
internal sealed record MessageShipment(
    string Waybill, MessageParty Recipient, OrderGoods Goods, string Product, long TotalFen, long? DeclaredFen, long CodFen, string Packaging, DateTimeOffset? PromisedBy)
{
    public static MessageShipment Of(ReadShipment s) => new(
        s.Waybill, MessageParty.Of(s.Recipient), s.Goods, s.Price.Product, s.Price.TotalFen, s.DeclaredFen, s.CodFen, s.Packaging, s.Price.PromisedBy);
}
