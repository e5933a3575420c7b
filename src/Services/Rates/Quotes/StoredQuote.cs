namespace Courier.Services.Rates;

/// <summary>A quote as it was given; an order made in time takes its price.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CardId">The rate card it was computed by.</param>
/// <param name="Request">
/// What was asked for. Its tier decided the member discount on the day of the quote: like the card's other prices it holds until
/// <paramref name="ValidUntil"/>, also for a customer who has another tier by then. A quote that is renewed after that asks for the tier anew.
/// </param>
/// <param name="Options">The prices, a product each.</param>
/// <param name="CreatedAt">When it was given.</param>
/// <param name="ValidUntil">Until when an order may take it.</param>
public sealed record StoredQuote(
    QuoteId Id, string CardId, QuoteRequest Request, IReadOnlyList<QuoteOption> Options, DateTimeOffset CreatedAt, DateTimeOffset ValidUntil)
{
    /// <summary>May an order still take it?</summary>
    public bool IsValid(DateTimeOffset now) => now < ValidUntil;

    /// <summary>The price of a product; null when it was not offered.</summary>
    public QuoteOption? Of(string product) => Options.FirstOrDefault(o => o.Product == product);
}
