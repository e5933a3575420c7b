using Courier.Services.Orders;

namespace Courier.MiniProgramApi.Orders;

/// <summary>Body of an order with one parcel.</summary>
internal record OrderBody
{
    /// <summary>door, locker or outlet.</summary>
    public OrderKind? Kind { get; init; }

    /// <summary>Who sends.</summary>
    public ContactWish? Sender { get; init; }

    /// <summary>Who receives.</summary>
    public ContactWish? Recipient { get; init; }

    /// <summary>What.</summary>
    public GoodsWish? Goods { get; init; }

    /// <summary>Declared value in fen.</summary>
    public long? DeclaredFen { get; init; }

    /// <summary>Code of the packaging.</summary>
    public string? Packaging { get; init; }

    /// <summary>The quote that the customer agreed to.</summary>
    public string? QuoteId { get; init; }

    /// <summary>Which of its products.</summary>
    public string? Product { get; init; }

    /// <summary>For the door: begin of a slot.</summary>
    public DateTimeOffset? Slot { get; init; }

    /// <summary>For a locker: which.</summary>
    public string? LockerCode { get; init; }

    /// <summary>For a locker: the smallest cell that fits, S, M or L.</summary>
    public string? CellSize { get; init; }

    /// <summary>For an outlet: which.</summary>
    public string? OutletCode { get; init; }

    /// <summary>How it is paid.</summary>
    public OrderPayment? Payment { get; init; }

    /// <summary>What the real-name check of the sender gave.</summary>
    public string? RealNameToken { get; init; }

    /// <summary>Ways of delivery that the recipient's consent is asked for.</summary>
    public IReadOnlyList<string>? Consents { get; init; }

    /// <summary>The sender has read and meets the condition of conditional goods.</summary>
    public bool? GoodsConfirmed { get; init; }

    /// <summary>For the courier.</summary>
    public string? Remark { get; init; }

    public OrderWish Wish(IReadOnlyList<ShipmentWish?> shipments, GoodsStanding goods) => new()
    {
        Kind = Kind ?? OrderKind.Door, Sender = Sender, Shipments = shipments, Slot = Slot, LockerCode = LockerCode, CellSize = CellSize, OutletCode = OutletCode,
        Payment = Payment ?? OrderPayment.OnPickup, RealNameToken = RealNameToken, Consents = Consents, GoodsStanding = goods, Remark = Remark,
    };

    public virtual IReadOnlyList<ShipmentWish?> Parcels() =>
        [new ShipmentWish { Recipient = Recipient, Goods = Goods, DeclaredFen = DeclaredFen, Packaging = Packaging, QuoteId = QuoteId, Product = Product }];
}

/// <summary>Body of an order with several recipients; what is said of one parcel stands in its entry.</summary>
internal sealed record BatchOrderBody : OrderBody
{
    /// <summary>1 to 50 parcels.</summary>
    public IReadOnlyList<ShipmentWish?>? Shipments { get; init; }

    public override IReadOnlyList<ShipmentWish?> Parcels() => Shipments ?? [];
}

/// <summary>Body of calling off.</summary>
/// <param name="Reason">Why, in the customer's words.</param>
internal sealed record CancelBody(string? Reason);

/// <summary>Body of another appointment.</summary>
/// <param name="Slot">Begin of the new slot.</param>
internal sealed record RescheduleBody(DateTimeOffset? Slot);

/// <summary>Body of keeping a cell once more.</summary>
/// <param name="LockerCode">Another locker; left out for the order's own.</param>
internal sealed record KeepCellBody(string? LockerCode);
