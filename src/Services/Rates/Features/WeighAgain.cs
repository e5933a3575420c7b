using Courier.Kernel.Data;

namespace Courier.Services.Rates;

/// <summary>What a quoted parcel costs by its measured weight: the same request, product and card, nothing else changed.</summary>
public static class WeighAgain
{
    /// <summary>The price; null when the quote is not known any more, or the product does not carry this weight.</summary>
    /// <param name="db">Where quotes lie.</param>
    /// <param name="book">The cards.</param>
    /// <param name="quote">The quote that the order took.</param>
    /// <param name="product">Which of its products.</param>
    /// <param name="weightGrams">Weight as measured.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<QuoteOption?> Execute(ISqlReader db, RateBook book, QuoteId quote, string product, long weightGrams, CancellationToken ct)
    {
        if (await Quotes.Taken(db, quote, ct).ConfigureAwait(false) is not { } taken) return null;
        var weighed = taken.Request with { Goods = taken.Request.Goods with { WeightGrams = weightGrams } };
        return Quotation.OfProduct(await book.Of(taken.CardId, ct).ConfigureAwait(false), product, weighed);
    }
}
