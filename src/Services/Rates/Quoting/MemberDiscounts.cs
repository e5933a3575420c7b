using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Rates;

/// <summary>Which of a card's member discounts a customer gets, and whose price it is then.</summary>
public static class MemberDiscounts
{
    /// <summary>The same question with the discount of the card's tiers that saves the customer most: the customer's own tier, or a group that the card names like a tier.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Make the customer's mark on the price.</param>
    /// <param name="card">The card.</param>
    /// <param name="customer">Who asks for a price.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<QuoteRequest> Apply(ISqlReader db, DataKeys keys, RateCard card, CustomerId customer, QuoteRequest request, CancellationToken ct)
    {
        string[] codes = [(await CustomerTiers.Of(db, customer, ct).ConfigureAwait(false)).Code, .. await CustomerGroups.Of(db, customer, ct).ConfigureAwait(false)];
        var best = codes.Select(card.Tier).OfType<TierDiscount>().MaxBy(t => t.Share);
        return request with { Tier = best?.Code ?? "", Holder = best is null ? "" : MarkOf(keys, customer) };
    }

    /// <summary>May this customer order at the price? A member's price is nobody else's; every other price is for all.</summary>
    public static bool IsFor(DataKeys keys, QuoteRequest request, CustomerId customer) => request.Holder.Length == 0 || request.Holder == MarkOf(keys, customer);

    private static string MarkOf(DataKeys keys, CustomerId customer) => keys.Hash($"quote\n{customer}");
}
