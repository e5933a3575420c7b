using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Rates;

/// <summary>Which of a card's member discounts a customer gets.</summary>
public static class MemberDiscounts
{
    /// <summary>The code of the card's tiers that saves the customer most: the customer's own tier, or a group that the card names like a tier.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="card">The card.</param>
    /// <param name="customer">Who asks for a price.</param>
    /// <param name="ct">Ends the query.</param>
    /// <returns>The code; empty when the card gives the customer nothing.</returns>
    public static async Task<string> CodeFor(ISqlReader db, RateCard card, CustomerId customer, CancellationToken ct)
    {
        string[] codes = [(await CustomerTiers.Of(db, customer, ct).ConfigureAwait(false)).Code, .. await CustomerGroups.Of(db, customer, ct).ConfigureAwait(false)];
        return codes.Select(card.Tier).OfType<TierDiscount>().MaxBy(t => t.Share)?.Code ?? "";
    }
}
