using Courier.Kernel;
using Courier.MiniProgramApi.Network;
using Courier.Services.Orders;
using Courier.Services.Orders.Slots;
using Courier.Services.Orders.Weighing;

namespace Courier.MiniProgramApi.Orders;

/// <summary>An order as its owner sees it.</summary>
internal sealed record OrderAnswer
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>The number that people speak of it by.</summary>
    public required OrderNumber Number { get; init; }

    /// <summary>The same in groups.</summary>
    public required string NumberText { get; init; }

    /// <summary>door, locker or outlet.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>The same in words.</summary>
    public required string StatusText { get; init; }

    /// <summary>open or done.</summary>
    public required OrderState State { get; init; }

    /// <summary>Grows with each change.</summary>
    public required long Version { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the courier comes.</summary>
    public Slot? Slot { get; init; }

    /// <summary>The locker.</summary>
    public string? LockerCode { get; init; }

    /// <summary>The cell that is kept.</summary>
    public CellAnswer? Cell { get; init; }

    /// <summary>The outlet.</summary>
    public string? OutletCode { get; init; }

    /// <summary>The same with its name, address and hours, where one order is shown and is open.</summary>
    public OutletAnswer? Outlet { get; init; }

    /// <summary>What the sender shows at the outlet; null once the parcel is taken in.</summary>
    public string? DropOffCode { get; init; }

    /// <summary>The same for a QR code.</summary>
    public string? DropOffText { get; init; }

    /// <summary>What is paid.</summary>
    public required long TotalFen { get; init; }

    /// <summary>What it costs without discounts.</summary>
    public required long ListFen { get; init; }

    /// <summary>What is paid at the pickup: the total, and what measured weights add to it or take from it.</summary>
    public required long DueFen { get; init; }

    /// <summary>How it is paid.</summary>
    public required OrderPayment Payment { get; init; }

    /// <summary>Was the sender's identity checked?</summary>
    public required bool RealNameChecked { get; init; }

    /// <summary>What the goods check said.</summary>
    public required GoodsStanding GoodsStanding { get; init; }

    /// <summary>Ways of delivery that the recipient's consent is asked for.</summary>
    public required IReadOnlyList<string> Consents { get; init; }

    /// <summary>For the courier.</summary>
    public required string Remark { get; init; }

    /// <summary>Who sends.</summary>
    public required ContactAnswer Sender { get; init; }

    /// <summary>Who comes.</summary>
    public OrderCourier? Courier { get; init; }

    /// <summary>What the customer can do now: cancel, reschedule, change.</summary>
    public required IReadOnlyList<OrderAction> Actions { get; init; }

    /// <summary>Its parcels.</summary>
    public required IReadOnlyList<ShipmentAnswer> Shipments { get; init; }

    /// <summary>What happened, the placing first.</summary>
    public required IReadOnlyList<StepAnswer> History { get; init; }

    public static OrderAnswer Of(ShownOrder shown)
    {
        var o = shown.Order;
        var waits = o.Status is OrderStatus.Placed or OrderStatus.Accepted;
        return new OrderAnswer
        {
            Id = o.Id, Number = o.Number, NumberText = o.Number.Spoken, Kind = o.Kind, Status = o.Status, StatusText = OrderWords.Of(o.Status, o.Kind),
            State = OrderMachine.StateOf(o.Status), Version = o.Version, PlacedAt = o.PlacedAt, ChangedAt = o.ChangedAt, Slot = o.Slot, LockerCode = o.LockerCode,
            OutletCode = o.OutletCode, DropOffCode = waits ? o.DropOffCode : null, DropOffText = waits && o.DropOffCode is { } code ? "courier:drop-off:" + code : null,
            TotalFen = o.TotalFen, ListFen = o.ListFen, DueFen = o.DueFen, Payment = o.Payment, RealNameChecked = o.RealNameCheckedAt is not null, GoodsStanding = o.GoodsStanding,
            Consents = o.Consents, Remark = o.Remark, Sender = ContactAnswer.Of(o.Sender), Courier = o.Courier,
            Actions = OrderMachine.Open(o.Kind, o.Status, OrderActor.Customer), Shipments = [.. o.Shipments.Select(ShipmentAnswer.Of)],
            History =
            [
                new StepAnswer(o.PlacedAt, "place", OrderStatus.Placed, OrderWords.Of(OrderStatus.Placed, o.Kind), OrderActor.Customer, ""),
                .. shown.Steps.Select(s => new StepAnswer(s.At, Kernel.Data.EnumText<OrderAction>.Of(s.Action), s.Status, OrderWords.Of(s.Status, o.Kind), s.Actor, s.Note)),
            ],
        };
    }
}

/// <summary>A cell that a locker keeps for an order.</summary>
/// <param name="Locker">Name of the locker.</param>
/// <param name="Address">Where it stands.</param>
/// <param name="Number">Number of the cell.</param>
/// <param name="OpenCode">What opens it; empty once the parcel lies in it.</param>
/// <param name="Until">Until when it is kept.</param>
internal sealed record CellAnswer(string Locker, string Address, int Number, string OpenCode, DateTimeOffset? Until);

/// <summary>A side, in clear, for the order's owner.</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Province">省.</param>
/// <param name="City">市.</param>
/// <param name="District">区县.</param>
/// <param name="Detail">Street and door.</param>
/// <param name="Extension">Digits to dial after the number; null for none.</param>
internal sealed record ContactAnswer(string Name, Phone Phone, string Province, string City, string District, string Detail, string? Extension)
{
    public static ContactAnswer Of(OrderContact c) => new(c.Name, c.Phone, c.Province, c.City, c.District, c.Detail, c.Extension);
}

/// <summary>A parcel of an order.</summary>
/// <param name="Waybill">Its number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="Recipient">Who receives.</param>
/// <param name="Goods">What.</param>
/// <param name="WeighedGrams">Weight as measured.</param>
/// <param name="DeclaredFen">Declared value.</param>
/// <param name="CodFen">What the courier collects from the recipient for the sender; 0 for nothing.</param>
/// <param name="Packaging">Code of the packaging.</param>
/// <param name="Product">Product code.</param>
/// <param name="ProductName">Its name.</param>
/// <param name="TotalFen">What is paid for it.</param>
/// <param name="ListFen">What it costs without discounts.</param>
/// <param name="ChargeableGrams">The weight that is charged.</param>
/// <param name="PromisedBy">Until when delivery is promised.</param>
/// <param name="Lines">How the price is made up; they sum to the total.</param>
/// <param name="Settlement">What it costs by its measured weight, and why; null when that is what was agreed.</param>
internal sealed record ShipmentAnswer(
    string Waybill, ShipmentStatus Status, string StatusText, ContactAnswer Recipient, OrderGoods Goods, long? WeighedGrams, long? DeclaredFen, long CodFen, string Packaging,
    string Product, string ProductName, long TotalFen, long ListFen, long ChargeableGrams, DateTimeOffset? PromisedBy, IReadOnlyList<OrderPriceLine> Lines, Settlement? Settlement)
{
    public static ShipmentAnswer Of(ReadShipment s) => new(
        s.Waybill, s.Status, OrderWords.Of(s.Status), ContactAnswer.Of(s.Recipient), s.Goods, s.WeighedGrams, s.DeclaredFen, s.CodFen, s.Packaging, s.Price.Product, s.Price.ProductName,
        s.Price.TotalFen, s.Price.ListFen, s.Price.ChargeableGrams, s.Price.PromisedBy, s.Price.Lines, s.Settlement);
}

/// <summary>Something that happened to an order.</summary>
/// <param name="At">When.</param>
/// <param name="Action">What: place, accept, deposit, fail_pickup, pick_up, complete, reschedule, change, cancel, expire.</param>
/// <param name="Status">Where it stood then.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="By">Who: customer, core, outlet, house.</param>
/// <param name="Note">What is said about it.</param>
internal sealed record StepAnswer(DateTimeOffset At, string Action, OrderStatus Status, string StatusText, OrderActor By, string Note);

/// <summary>An order in a list.</summary>
/// <param name="Id">Its id; null in what is received, which its recipient cannot open.</param>
/// <param name="Number">Its number.</param>
/// <param name="NumberText">The same in groups.</param>
/// <param name="Role">The customer's side.</param>
/// <param name="Kind">How it is sent.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="State">open or done.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Slot">When the courier comes.</param>
/// <param name="Counterpart">The other side's name, masked.</param>
/// <param name="FromCity">From.</param>
/// <param name="ToCity">To.</param>
/// <param name="Shipments">How many parcels.</param>
/// <param name="Waybill">The first parcel's number.</param>
/// <param name="TotalFen">What is paid.</param>
internal sealed record OrderRow(
    string? Id, OrderNumber Number, string NumberText, OrderSide Role, OrderKind Kind, OrderStatus Status, string StatusText, OrderState State, DateTimeOffset PlacedAt, Slot? Slot,
    string Counterpart, string FromCity, string ToCity, int Shipments, string Waybill, long? TotalFen)
{
    public static OrderRow Of(ListedOrder o) => new(
        o.Side == OrderSide.Sender ? o.Id : null, o.Number, o.Number.Spoken, o.Side, o.Kind, o.Status, o.StatusText, o.State, o.PlacedAt, o.Slot, o.Counterpart, o.FromCity, o.ToCity,
        o.Shipments, o.Waybill, o.TotalFen);
}

/// <summary>What is needed to send the same again: a body of an order for many, without quotes, slot and token.</summary>
/// <param name="Kind">door, locker or outlet.</param>
/// <param name="Sender">Who sends.</param>
/// <param name="Shipments">What goes to whom.</param>
/// <param name="LockerCode">The locker.</param>
/// <param name="OutletCode">The outlet.</param>
/// <param name="Consents">Ways of delivery that the recipient's consent is asked for.</param>
/// <param name="Remark">For the courier.</param>
internal sealed record PrefillAnswer(
    OrderKind Kind, ContactAnswer Sender, IReadOnlyList<PrefillShipment> Shipments, string? LockerCode, string? OutletCode, IReadOnlyList<string> Consents, string Remark)
{
    public static PrefillAnswer Of(ReadOrder o) => new(
        o.Kind, ContactAnswer.Of(o.Sender), [.. o.Shipments.Select(s => new PrefillShipment(ContactAnswer.Of(s.Recipient), s.Goods, s.DeclaredFen, s.Packaging, s.Price.Product))],
        o.LockerCode, o.OutletCode, o.Consents, o.Remark);
}

/// <summary>A parcel to send again.</summary>
/// <param name="Recipient">Who receives.</param>
/// <param name="Goods">What.</param>
/// <param name="DeclaredFen">Declared value.</param>
/// <param name="Packaging">Code of the packaging.</param>
/// <param name="Product">The product taken then.</param>
internal sealed record PrefillShipment(ContactAnswer Recipient, OrderGoods Goods, long? DeclaredFen, string Packaging, string Product);
