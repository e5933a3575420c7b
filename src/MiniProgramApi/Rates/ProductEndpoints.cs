using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Rates;

/// <summary>What we offer: each product with its introduction, limits, a price example and the link that opens an order with it.</summary>
internal static class ProductEndpoints
{
    public static void MapProducts(this RouteGroupBuilder products)
    {
        products.MapGet("", List).ForGuests(perMinute: 120).WithName("ListProducts").WithSummary("What we offer")
            .WithDescription("Guests and customers. The products of the rate card in force, in its order; the price example is computed by it for the next time at which a courier comes.");
        products.MapGet("/{code}", Find).ForGuests(perMinute: 120).Refuses(404, "product.unknown").WithName("FindProduct").WithSummary("A product's page");
    }

    private static async Task<Ok<ProductsAnswer>> List(RateBook book, TimeProvider clock, OrdersOptions orders, CancellationToken ct)
    {
        var card = await book.Current(ct).ConfigureAwait(false);
        return TypedResults.Ok(new ProductsAnswer([.. card.Products.Select(p => ProductAnswer.Of(card, p, ListSlots.NextTime(clock, orders)))]));
    }

    private static async Task<Results<Ok<ProductAnswer>, ProblemHttpResult>> Find(string code, RateBook book, TimeProvider clock, OrdersOptions orders, CancellationToken ct)
    {
        var card = await book.Current(ct).ConfigureAwait(false);
        return card.Find(code) is { } product
            ? TypedResults.Ok(ProductAnswer.Of(card, product, ListSlots.NextTime(clock, orders)))
            : Problems.NotFound("product.unknown", Texts.ProductUnknown);
    }
}

/// <summary>The products.</summary>
/// <param name="Items">In the card's order.</param>
internal sealed record ProductsAnswer(IReadOnlyList<ProductAnswer> Items);

/// <summary>A product.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">One line about it.</param>
/// <param name="Introduction">The introduction.</param>
/// <param name="Promise">Its time promise in words.</param>
/// <param name="ByAir">Does it fly?</param>
/// <param name="Limits">What it carries.</param>
/// <param name="Example">A price, for the next time at which a courier comes.</param>
/// <param name="OrderLink">Opens an order with this product chosen; a path of this site.</param>
internal sealed record ProductAnswer(
    string Code, string Name, string Summary, string Introduction, string Promise, bool ByAir, LimitsAnswer Limits, ExampleAnswer? Example, string OrderLink)
{
    public static ProductAnswer Of(RateCard card, RateProduct p, DateTimeOffset at) => new(
        p.Code, p.Name, p.Summary, p.Introduction, p.Promise, p.ByAir,
        new LimitsAnswer(p.MaxGrams, p.MaxLengthMm, p.MaxSidesMm, [.. p.PickupWays.Order()], [.. p.ExcludedGoods.Order(StringComparer.Ordinal).Select(GoodsKinds.NameOf)], p.MaxInsuredFen, p.MaxCodFen),
        ExampleAnswer.Of(card, p, at), "/app/#/pages/send/send?product=" + p.Code);
}

/// <summary>What a product carries.</summary>
/// <param name="MaxGrams">Greatest weight, grams.</param>
/// <param name="MaxLengthMm">Greatest length of a side, millimetres.</param>
/// <param name="MaxSidesMm">Greatest sum of the three sides, millimetres.</param>
/// <param name="Pickup">How it can be handed over: door, locker, outlet.</param>
/// <param name="ExcludedGoods">Kinds of goods that it does not carry.</param>
/// <param name="MaxInsuredFen">Greatest insured value, fen; 0 for no insurance.</param>
/// <param name="MaxCodFen">Greatest sum collected from the recipient, fen; 0 for none.</param>
internal sealed record LimitsAnswer(
    long MaxGrams, long MaxLengthMm, long MaxSidesMm, IReadOnlyList<PickupWay> Pickup, IReadOnlyList<string> ExcludedGoods, long MaxInsuredFen, long MaxCodFen);

/// <summary>A price example.</summary>
/// <param name="From">From where.</param>
/// <param name="To">Where to.</param>
/// <param name="WeightGrams">The weight, grams.</param>
/// <param name="TotalFen">The price, fen.</param>
/// <param name="Lines">How it is made up.</param>
/// <param name="PromisedBy">By when it would arrive.</param>
internal sealed record ExampleAnswer(string From, string To, long WeightGrams, long TotalFen, IReadOnlyList<QuoteLine> Lines, DateTimeOffset PromisedBy)
{
    public static ExampleAnswer? Of(RateCard card, RateProduct product, DateTimeOffset at) =>
        Quotation.OfProduct(card, product.Code, ProductPages.Example(product, at)) is { } option
            ? new(product.ExampleFrom.CityName, product.ExampleTo.CityName, product.ExampleGrams, option.TotalFen, option.Lines, option.PromisedBy)
            : null;
}
