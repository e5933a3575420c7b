namespace Courier.Services.Rates;

/// <summary>A quote as it was given; an order made in time takes its price.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CardId">The rate card it was computed by.</param>
/// <param name="Request">What was asked for; its tier decided the member discount, so an order checks that it is still the customer's.</param>
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
