using System.Collections.Frozen;

namespace Courier.Services.Rates;

/// <summary>A product of a rate card: what it is, what it carries, by when it arrives.</summary>
public sealed record RateProduct
{
    /// <summary>The product that every card has.</summary>
    public const string Standard = "standard";

    /// <summary>Its code: lower-case letters, digits, underscores.</summary>
    public required string Code { get; init; }

    /// <summary>Its name: 标准快递.</summary>
    public required string Name { get; init; }

    /// <summary>One line about it.</summary>
    public required string Summary { get; init; }

    /// <summary>The introduction on its page.</summary>
    public required string Introduction { get; init; }

    /// <summary>Its time promise in words.</summary>
    public required string Promise { get; init; }

    /// <summary>Does it fly? Then goods that may not are excluded.</summary>
    public required bool ByAir { get; init; }

    /// <summary>Greatest weight, grams.</summary>
    public required long MaxGrams { get; init; }

    /// <summary>Greatest length of a side, millimetres.</summary>
    public required long MaxLengthMm { get; init; }

    /// <summary>Greatest sum of the three sides, millimetres.</summary>
    public required long MaxSidesMm { get; init; }

    /// <summary>How it can be handed over.</summary>
    public required FrozenSet<PickupWay> PickupWays { get; init; }

    /// <summary>Kinds of goods that it does not carry: codes of <see cref="GoodsKinds"/>.</summary>
    public required FrozenSet<string> ExcludedGoods { get; init; }

    /// <summary>Greatest insured value, fen; 0 when it cannot be insured.</summary>
    public required long MaxInsuredFen { get; init; }

    /// <summary>Greatest sum collected from the recipient, fen; 0 when it collects none.</summary>
    public required long MaxCodFen { get; init; }

    /// <summary>What is handed over later leaves the next day: in towns.</summary>
    public required TimeOnly CutOff { get; init; }

    /// <summary>The same in counties.</summary>
    public required TimeOnly CountyCutOff { get; init; }

    /// <summary>Where the price example on its page begins.</summary>
    public required QuotePlace ExampleFrom { get; init; }

    /// <summary>Where the price example on its page ends.</summary>
    public required QuotePlace ExampleTo { get; init; }

    /// <summary>The weight of the price example, grams.</summary>
    public required long ExampleGrams { get; init; }

    /// <summary>Its place in the card.</summary>
    internal int Index { get; init; }
}
