using Courier.Services.Lanes;

namespace Courier.Services.Rates;

/// <summary>The prices of all products for one request. A pure function of the card, the lanes and the request.</summary>
/// <param name="Options">The products that carry it, in the card's order.</param>
/// <param name="Unavailable">Those that do not, each with its reason.</param>
public sealed record Quotation(IReadOnlyList<QuoteOption> Options, IReadOnlyList<UnavailableProduct> Unavailable)
{
    /// <summary>Computes the prices.</summary>
    /// <param name="card">The rate card.</param>
    /// <param name="request">What is asked for; its places by their full names.</param>
    /// <param name="lanes">How long parcels took lately, for the promise; null to promise by the card alone.</param>
    public static Quotation Of(RateCard card, QuoteRequest request, LaneBook? lanes = null)
    {
        var zone = card.Zones.Between(request.From, request.To);
        var unavailable = new List<UnavailableProduct>();
        var parts = new List<PriceParts>(card.Products.Count);
        foreach (var product in card.Products)
        {
            if (PriceParts.Of(card, product, request, zone, out var refusal) is { } part) parts.Add(part);
            else unavailable.Add(new UnavailableProduct(product.Code, product.Name, Texts.Refused(refusal, product, request)));
        }
        var options = new List<QuoteOption>(parts.Count);
        foreach (var part in parts) options.Add(Option(card, part, parts, zone, lanes));
        return new Quotation(options, unavailable);
    }

    /// <summary>The price of one product; null when it does not carry it, or is not in the card.</summary>
    /// <param name="card">The rate card.</param>
    /// <param name="product">Product code.</param>
    /// <param name="request">What is asked for.</param>
    public static QuoteOption? OfProduct(RateCard card, string product, QuoteRequest request)
    {
        if (card.Find(product) is not { } found) return null;
        var zone = card.Zones.Between(request.From, request.To);
        return PriceParts.Of(card, found, request, zone, out _) is { } part ? Option(card, part, [], zone, null) : null;
    }

    /// <summary>Only the price of one product, fen: much quicker where no word is needed; null when it does not carry it.</summary>
    internal static long? TotalOf(RateCard card, string product, QuoteRequest request) =>
        card.Find(product) is { } found && PriceParts.Of(card, found, request, card.Zones.Between(request.From, request.To), out _) is { } part ? part.TotalFen : null;

    /// <summary>Only by when one product arrives; null when it does not carry it.</summary>
    internal static DateTimeOffset? PromiseOf(RateCard card, string product, QuoteRequest request, LaneBook lanes) =>
        card.Find(product) is { } found && PriceParts.Of(card, found, request, card.Zones.Between(request.From, request.To), out _) is { } part ? PromisedTime.Of(part, lanes) : null;

    private static QuoteOption Option(RateCard card, in PriceParts part, List<PriceParts> all, int zone, LaneBook? lanes) => new(
        part.Product.Code, part.Product.Name, part.TotalFen, part.ListFen, PriceWords.Lines(part), part.ChargeableGrams, part.VolumetricGrams,
        PromisedTime.Of(part, lanes), CheaperWays.Of(card, part, all, zone, lanes));
}

/// <summary>A product that does not carry what was asked for.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why not, as people read it.</param>
public sealed record UnavailableProduct(string Product, string Name, string Reason);
