using Courier.Kernel;
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

    /// <summary>All proven numbers of these customers.</summary>
    public static async Task<IReadOnlyList<PhoneOwner>> OfAll(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) =>
        customers.Count == 0 ? [] : await db.Query<PhoneOwner>(
            "select phone_hash as Hash, customer_id as Customer from customers_phones where customer_id in @customers",
            new { customers = customers.Select(c => c.Text).ToList() }, ct).ConfigureAwait(false);

    /// <summary>The number that was proven last, for each of the customers; who has none is absent.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the numbers.</param>
    /// <param name="customers">Who.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyDictionary<CustomerId, Phone>> ToReach(ISqlReader db, DataKeys keys, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        if (customers.Count == 0) return new Dictionary<CustomerId, Phone>();
        var rows = await db.Query<ReachablePhone>(
            "select customer_id as Customer, phone_cipher as Cipher, verified_at as VerifiedAt from customers_phones where customer_id in @customers",
            new { customers = customers.Select(c => c.Text).ToList() }, ct).ConfigureAwait(false);
        return rows.GroupBy(r => r.Customer).ToDictionary(g => g.Key, g => Phone.Parse(keys.Decrypt(g.MaxBy(r => r.VerifiedAt)!.Cipher)));
    }

    /// <summary>Which of the customers have a proven number.</summary>
    public static async Task<IReadOnlySet<CustomerId>> WhoHasOne(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) =>
        customers.Count == 0 ? new HashSet<CustomerId>() : (await db.Query<CustomerId>(
            "select distinct customer_id from customers_phones where customer_id in @customers",
            new { customers = customers.Select(c => c.Text).ToList() }, ct).ConfigureAwait(false)).ToHashSet();

    private sealed record ReachablePhone
    {
        public required CustomerId Customer { get; init; }
        public required string Cipher { get; init; }
        public required DateTimeOffset VerifiedAt { get; init; }
    }
}
