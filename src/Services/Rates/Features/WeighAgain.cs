using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Rates;

/// <summary>What a quoted parcel costs by its measured weight: the same request, product and card, nothing else changed.</summary>
public static class WeighAgain
{
    private const string Accepted = "select card_id as CardId, request as Request from rates_accepted where quote_id = @id";

    /// <summary>The price; null when the quote is not known any more, or the product does not carry this weight.</summary>
    /// <param name="db">Where quotes lie.</param>
    /// <param name="book">The cards.</param>
    /// <param name="quote">The quote that the order took.</param>
    /// <param name="product">Which of its products.</param>
    /// <param name="weightGrams">Weight as measured.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<QuoteOption?> Execute(ISqlReader db, RateBook book, QuoteId quote, string product, long weightGrams, CancellationToken ct)
    {
        // A quote is forgotten a day after its end; what an order took of it is kept.
        var (card, request) = await Quotes.Find(db, quote, ct).ConfigureAwait(false) is { } given ? (given.CardId, given.Request)
            : await db.First<Row>(Accepted, new { id = quote.Text }, ct).ConfigureAwait(false) is { } kept ? (kept.CardId, JsonSerializer.Deserialize<QuoteRequest>(kept.Request, KernelJson.Options)!)
            : default;
        if (request is null) return null;
        var weighed = request with { Goods = request.Goods with { WeightGrams = weightGrams } };
        return Quotation.OfProduct(await book.Of(card!, ct).ConfigureAwait(false), product, weighed);
    }

    private sealed record Row
    {
        public required string CardId { get; init; }
        public required string Request { get; init; }
    }
}
