using Courier.Kernel.Data;
using Courier.Services.Lanes;

namespace Courier.Services.Rates;

/// <summary>By when a quoted parcel arrives that is handed over at another time than was asked for: the same request, product and card, nothing else changed.</summary>
public static class PromiseAgain
{
    /// <summary>The promise; null when the quote is not known any more, or the product does not carry it.</summary>
    /// <param name="db">Where quotes lie.</param>
    /// <param name="book">The cards.</param>
    /// <param name="lanes">How long parcels took lately.</param>
    /// <param name="quote">The quote that the order took.</param>
    /// <param name="product">Which of its products.</param>
    /// <param name="at">When it is handed over.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<DateTimeOffset?> Execute(ISqlReader db, RateBook book, LaneStatistics lanes, QuoteId quote, string product, DateTimeOffset at, CancellationToken ct)
    {
        if (await Quotes.Taken(db, quote, ct).ConfigureAwait(false) is not { } taken) return null;
        var card = await book.Of(taken.CardId, ct).ConfigureAwait(false);
        return Quotation.PromiseOf(card, product, taken.Request with { At = at }, await lanes.Current(ct).ConfigureAwait(false));
    }
}
