using Courier.Kernel.Data;

namespace Courier.Services.Rates;

/// <summary>What a quoted parcel would cost more when it is collected at another time than was asked for: by the same card, product and request, nothing else changed.</summary>
public static class PriceAtAnotherTime
{
    /// <summary>The difference in fen, negative when it would cost less; null when the product does not carry it then.</summary>
    /// <param name="book">The cards.</param>
    /// <param name="quote">What was quoted.</param>
    /// <param name="product">Which of its products.</param>
    /// <param name="at">When it is collected.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<long?> Difference(RateBook book, StoredQuote quote, string product, DateTimeOffset at, CancellationToken ct) =>
        at == quote.Request.At ? 0 : Difference(await book.Of(quote.CardId, ct).ConfigureAwait(false), product, quote.Request, at);

    /// <summary>The same for a quote that an order took, however long ago; 0 when nothing is kept of it.</summary>
    /// <param name="db">Where quotes lie.</param>
    /// <param name="book">The cards.</param>
    /// <param name="quote">The quote.</param>
    /// <param name="product">Which of its products.</param>
    /// <param name="at">When it is collected.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<long?> Difference(ISqlReader db, RateBook book, QuoteId quote, string product, DateTimeOffset at, CancellationToken ct) =>
        await Quotes.Taken(db, quote, ct).ConfigureAwait(false) is { } taken ? Difference(await book.Of(taken.CardId, ct).ConfigureAwait(false), product, taken.Request, at) : 0;

    private static long? Difference(RateCard card, string product, QuoteRequest request, DateTimeOffset at) =>
        Quotation.TotalOf(card, product, request with { At = at }) - Quotation.TotalOf(card, product, request);
}
