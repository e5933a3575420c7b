using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Lanes;

namespace Courier.Services.Rates;

/// <summary>Computes the prices for a request by the card in force and keeps them, so that an order can take them.</summary>
public static class MakeQuote
{
    /// <summary>No product carries it.</summary>
    public const string NotCarried = "quote.not_carried";

    /// <summary>Makes a quote.</summary>
    /// <param name="db">Where it is kept.</param>
    /// <param name="book">The card in force.</param>
    /// <param name="lanes">How long parcels took lately.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">How long it is valid.</param>
    /// <param name="request">What is asked for; see <see cref="QuoteLimits.Problem"/>.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="RuleBroken"><see cref="NotCarried"/>.</exception>
    public static async Task<(StoredQuote Quote, IReadOnlyList<UnavailableProduct> Unavailable)> Execute(
        Db db, RateBook book, LaneStatistics lanes, TimeProvider clock, RatesOptions options, QuoteRequest request, CancellationToken ct)
    {
        var card = await book.Current(ct).ConfigureAwait(false);
        var quotation = Quotation.Of(card, request, await lanes.Current(ct).ConfigureAwait(false));
        if (quotation.Options.Count == 0) throw new RuleBroken(NotCarried, Texts.NotCarried(quotation.Unavailable));
        var now = clock.GetUtcNow();
        var quote = new StoredQuote(QuoteId.New(clock), card.Id, request, quotation.Options, now, now + options.QuoteValidFor);
        await Quotes.Keep(db, quote, ct).ConfigureAwait(false);
        return (quote, quotation.Unavailable);
    }
}
