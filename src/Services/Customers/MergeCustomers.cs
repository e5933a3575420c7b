using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Makes two customers one: the older id stays and gets identities, phones and sessions of the other.</summary>
internal static class MergeCustomers
{
    private static readonly string[] Moves =
    [
        "update customers_identities set customer_id = @into where customer_id = @from",
        "update customers_unions set customer_id = @into where customer_id = @from",
        "update customers_sessions set customer_id = @into where customer_id = @from",
        // A number that both hold already stays as the older customer proved it.
        """
        delete from customers_phones where customer_id = @from and phone_hash in (
          select phone_hash from (select phone_hash from customers_phones where customer_id = @into) kept)
        """,
        "update customers_phones set customer_id = @into where customer_id = @from",
        "update customers_customers set merged_into = @into, version = version + 1 where id = @from",
    ];

    public static async Task<CustomerId> Execute(Tx tx, CustomerId one, CustomerId other, CancellationToken ct)
    {
        var (into, from) = string.CompareOrdinal(one.Text, other.Text) < 0 ? (one, other) : (other, one);
        foreach (var move in Moves) await tx.Execute(move, new { from, into }, ct).ConfigureAwait(false);
        var version = await CustomerVersion.Next(tx, into, ct).ConfigureAwait(false);
        await tx.Publish(new CustomerMerged(from, into, version), ct).ConfigureAwait(false);
        return into;
    }
}

/// <summary>Counts a customer's changes, so that events about the customer have an order.</summary>
internal static class CustomerVersion
{
    public static async Task<long> Next(Tx tx, CustomerId customer, CancellationToken ct)
    {
        await tx.Execute("update customers_customers set version = version + 1 where id = @customer", new { customer }, ct).ConfigureAwait(false);
        return await tx.First<long>("select version from customers_customers where id = @customer", new { customer }, ct).ConfigureAwait(false);
    }
}
