using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Which numbers customers were proven to hold.</summary>
public static class VerifiedPhones
{
    /// <summary>The customer's numbers, the latest proven first.</summary>
    public static Task<IReadOnlyList<VerifiedPhone>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) => db.Query<VerifiedPhone>(
        """
        select phone_hash as Hash, phone_tail as Tail, verified_at as VerifiedAt
        from customers_phones
        where customer_id = @customer
        order by verified_at desc, phone_hash
        """, new { customer }, ct);

    /// <summary>Who holds these numbers; a number may have several holders.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="phoneHashes">Keyed hashes of the numbers.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<PhoneOwner>> OwnersOf(ISqlReader db, IReadOnlyCollection<string> phoneHashes, CancellationToken ct) =>
        phoneHashes.Count == 0 ? [] : await db.Query<PhoneOwner>(
            "select phone_hash as Hash, customer_id as Customer from customers_phones where phone_hash in @phoneHashes",
            new { phoneHashes }, ct).ConfigureAwait(false);
}
