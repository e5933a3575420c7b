using System.Text.Json.Serialization;
using Courier.Kernel;

namespace Courier.Services.Orders;

/// <summary>A side of an order, in clear: for its owner, the carrier core and the label.</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Province">浙江省.</param>
/// <param name="City">杭州市.</param>
/// <param name="District">西湖区; may be empty.</param>
/// <param name="Detail">Street and door.</param>
/// <param name="Extension">Digits to dial after the number has answered (virtual numbers, offices); null for none.</param>
public sealed record OrderContact(string Name, Phone Phone, string Province, string City, string District, string Detail, string? Extension = null)
{
    /// <summary>The same with only what is needed to know whom is meant.</summary>
    public override string ToString() => $"{Masking.Name(Name)} {Phone} {Masking.Address(Province, City, District)}";
}

/// <summary>What is sent.</summary>
/// <param name="Kind">Kind of goods, as quotes know it.</param>
/// <param name="Name">In the sender's words; may be empty.</param>
/// <param name="WeightGrams">Weight as told.</param>
/// <param name="LengthMm">Longest side; null when not told.</param>
/// <param name="WidthMm">Second side; null when not told.</param>
/// <param name="HeightMm">Third side; null when not told.</param>
public sealed record OrderGoods(string Kind, string Name, long WeightGrams, long? LengthMm, long? WidthMm, long? HeightMm);

/// <summary>A line of a price, as it was quoted.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Fen">Amount; negative for a discount.</param>
/// <param name="Explanation">Why so much.</param>
public sealed record OrderPriceLine(string Code, string Name, long Fen, string Explanation);

/// <summary>The price that the customer agreed to: taken over from the quote to the fen.</summary>
public sealed record AgreedPrice
{
    private readonly IReadOnlyList<OrderPriceLine> _lines = [];

    /// <summary>The quote.</summary>
    public required string QuoteId { get; init; }

    /// <summary>Code of the product.</summary>
    public required string Product { get; init; }

    /// <summary>Its name.</summary>
    public required string ProductName { get; init; }

    /// <summary>What is paid.</summary>
    public required long TotalFen { get; init; }

    /// <summary>What it costs without discounts.</summary>
    public required long ListFen { get; init; }

    /// <summary>The weight that was charged.</summary>
    public required long ChargeableGrams { get; init; }

    /// <summary>Until when delivery is promised; null when it is not.</summary>
    public required DateTimeOffset? PromisedBy { get; init; }

    /// <summary>The lines; their sum is <see cref="TotalFen"/>.</summary>
    public required IReadOnlyList<OrderPriceLine> Lines
    {
        get => _lines;
        init => _lines = value.Sum(l => l.Fen) == TotalFen ? value : throw new ArgumentException("the lines of a price do not make its total", nameof(value));
    }
}

/// <summary>A name, phone with its extension, and street as they lie encrypted.</summary>
internal sealed record SealedContact(
    [property: JsonPropertyName("n")] string Name, [property: JsonPropertyName("p")] string Phone, [property: JsonPropertyName("d")] string Detail,
    [property: JsonPropertyName("x")] string? Extension = null);

/// <summary>The courier who comes, as the core named them.</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Telephone number; may be empty.</param>
public sealed record OrderCourier(string Name, string Phone);
