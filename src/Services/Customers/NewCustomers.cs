using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Where records of customers begin, however they come.</summary>
internal static class NewCustomers
{
    /// <summary>Adds records without anything in them; the rules of tiers and groups look at them soon.</summary>
    public static async Task Add(Tx tx, TimeProvider clock, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await tx.InsertRows("customers_customers", ["id", "version", "created_at"], customers.Select(c => new object?[] { c, 1L, now }), ct: ct).ConfigureAwait(false);
        await CustomerFacts.Touch(tx, clock, customers, ct).ConfigureAwait(false);
    }
}
