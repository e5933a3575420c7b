using Courier.Kernel;

namespace Courier.Services.Orders;

/// <summary>An order as a customer wishes it, unchecked.</summary>
public sealed record OrderWish
{
    /// <summary>How it is sent.</summary>
    public OrderKind Kind { get; init; }

    /// <summary>Who sends.</summary>
    public ContactWish? Sender { get; init; }

    /// <summary>What goes to whom: 1 to 50.</summary>
    public IReadOnlyList<ShipmentWish?>? Shipments { get; init; }

    /// <summary>For the door: begin of a slot.</summary>
    public DateTimeOffset? Slot { get; init; }

    /// <summary>For a locker: which.</summary>
    public string? LockerCode { get; init; }

    /// <summary>For a locker: smallest cell that fits, S, M or L.</summary>
    public string? CellSize { get; init; }

    /// <summary>For an outlet: which.</summary>
    public string? OutletCode { get; init; }

    /// <summary>How it is paid.</summary>
    public OrderPayment Payment { get; init; } = OrderPayment.OnPickup;

    /// <summary>What the real-name check of the sender gave: a token of the vault, never the number of an identity card.</summary>
    public string? RealNameToken { get; init; }

    /// <summary>Ways of delivery that the sender asks the recipient's consent for: to_door, locker, station, front_door, neighbour.</summary>
    public IReadOnlyList<string>? Consents { get; init; }

    /// <summary>What the goods check said.</summary>
    public GoodsStanding GoodsStanding { get; init; } = GoodsStanding.Unknown;

    /// <summary>For the courier.</summary>
    public string? Remark { get; init; }
}

/// <summary>A side of an order, unchecked.</summary>
public sealed record ContactWish
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Digits to dial after the number has answered (virtual numbers, offices), at most 8.</summary>
    public string? Extension { get; init; }

    /// <summary>省.</summary>
    public string? Province { get; init; }

    /// <summary>市.</summary>
    public string? City { get; init; }

    /// <summary>区县; may be empty where a city has none.</summary>
    public string? District { get; init; }

    /// <summary>Street and door.</summary>
    public string? Detail { get; init; }
}

/// <summary>A parcel of an order, unchecked.</summary>
public sealed record ShipmentWish
{
    /// <summary>Who receives.</summary>
    public ContactWish? Recipient { get; init; }

    /// <summary>What.</summary>
    public GoodsWish? Goods { get; init; }

    /// <summary>Declared value in fen.</summary>
    public long? DeclaredFen { get; init; }

    /// <summary>Code of the packaging wished for.</summary>
    public string? Packaging { get; init; }

    /// <summary>The quote that the customer agreed to.</summary>
    public string? QuoteId { get; init; }

    /// <summary>Which of its products.</summary>
    public string? Product { get; init; }
}

/// <summary>Goods, unchecked.</summary>
public sealed record GoodsWish
{
    /// <summary>Kind, as quotes know it.</summary>
    public string? Kind { get; init; }

    /// <summary>In the sender's words.</summary>
    public string? Name { get; init; }

    /// <summary>Weight in grams.</summary>
    public long WeightGrams { get; init; }

    /// <summary>Longest side in millimetres.</summary>
    public long? LengthMm { get; init; }

    /// <summary>Second side in millimetres.</summary>
    public long? WidthMm { get; init; }

    /// <summary>Third side in millimetres.</summary>
    public long? HeightMm { get; init; }
}

/// <summary>What is wrong with a wish.</summary>
/// <param name="Field">The field, as the customer named it: <c>recipient.phone</c>.</param>
/// <param name="Message">What people read.</param>
public sealed record WishFault(string Field, string Message)
{
    /// <summary>What it is called among the refusals; most are told apart by their field alone.</summary>
    public string Code { get; init; } = "request.field_invalid";
}
