using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Finds or makes the customers of many people whose UnionIds WeChat told, with a handful of statements for all of them.</summary>
public static class RecogniseCustomers
{
    private const string Identities =
        "select app_id as AppId, openid as OpenId, customer_id as Customer, unionid as UnionId from customers_identities where app_id in @apps and openid in @openIds";

    private const string Owners = "select unionid as UnionId, customer_id as Customer from customers_unions where unionid in @unionIds";

    /// <summary>
    /// The same rules as <see cref="RecogniseCustomer"/>. People without a UnionId are left out: they become customers when they first do something.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">Now.</param>
    /// <param name="people">At most a few hundred, each once.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Execute(Db db, TimeProvider clock, IReadOnlyCollection<WechatIdentity> people, CancellationToken ct)
    {
        var linked = people.Where(p => !string.IsNullOrEmpty(p.UnionId)).DistinctBy(p => (p.AppId, p.OpenId)).ToList();
        if (linked.Count == 0) return;
        var odd = await db.InTransaction(tx => Record(tx, clock, linked, ct), ct).ConfigureAwait(false);
        // Each of these is two customers who become one: rare, and each a story of its own.
        foreach (var person in odd) await RecogniseCustomer.Execute(db, clock, person, ct).ConfigureAwait(false);
    }

    private static async Task<List<WechatIdentity>> Record(Tx tx, TimeProvider clock, List<WechatIdentity> people, CancellationToken ct)
    {
        var known = await Known(tx, people, ct).ConfigureAwait(false);
        var unknown = people.Where(p => !known.TryGetValue(Name(p), out var row) || row.UnionId.Length == 0).ToList();
        if (unknown.Count == 0) return [];
        var owners = await OwnersOf(tx, clock, unknown, known, ct).ConfigureAwait(false);
        await AddIdentities(tx, clock, unknown.Where(p => !known.ContainsKey(Name(p))), owners, ct).ConfigureAwait(false);

        // Read again: another process may have met one of them a moment ago.
        known = await Known(tx, unknown, ct).ConfigureAwait(false);
        var settled = unknown.Where(p => known[Name(p)].UnionId.Length == 0 && known[Name(p)].Customer == owners[p.UnionId!]).ToList();
        await tx.UpsertRows("customers_identities", ["app_id", "openid", "customer_id", "unionid", "created_at"],
            settled.Select(p => new object?[] { p.AppId, p.OpenId, owners[p.UnionId!], p.UnionId, clock.GetUtcNow() }), "app_id, openid", ["unionid"], ct).ConfigureAwait(false);
        return [.. unknown.Where(p => known[Name(p)].UnionId.Length == 0 && known[Name(p)].Customer != owners[p.UnionId!])];
    }

    /// <summary>Who owns these UnionIds; the ones that nobody owned are given to the identity's customer, or to a new one.</summary>
    private static async Task<Dictionary<string, CustomerId>> OwnersOf(
        Tx tx, TimeProvider clock, List<WechatIdentity> people, Dictionary<(string, string), IdentityRow> known, CancellationToken ct)
    {
        var owners = await Owned(tx, people, ct).ConfigureAwait(false);
        var claims = people.Where(p => !owners.ContainsKey(p.UnionId!)).DistinctBy(p => p.UnionId)
            .ToDictionary(p => p.UnionId!, p => known.TryGetValue(Name(p), out var row) ? (row.Customer, IsNew: false) : (CustomerId.New(clock), IsNew: true));
        if (claims.Count == 0) return owners;
        await tx.InsertRows("customers_unions", ["unionid", "customer_id"], claims.Select(c => new object?[] { c.Key, c.Value.Item1 }), ifAbsent: true, ct).ConfigureAwait(false);
        owners = await Owned(tx, people, ct).ConfigureAwait(false);
        await NewCustomers.Add(tx, clock, [.. claims.Where(c => c.Value.IsNew && owners[c.Key] == c.Value.Item1).Select(c => c.Value.Item1)], ct).ConfigureAwait(false);
        return owners;
    }

    private static Task AddIdentities(Tx tx, TimeProvider clock, IEnumerable<WechatIdentity> people, Dictionary<string, CustomerId> owners, CancellationToken ct) =>
        tx.InsertRows("customers_identities", ["app_id", "openid", "customer_id", "created_at"],
            people.Select(p => new object?[] { p.AppId, p.OpenId, owners[p.UnionId!], clock.GetUtcNow() }), ifAbsent: true, ct);

    private static async Task<Dictionary<(string, string), IdentityRow>> Known(Tx tx, List<WechatIdentity> people, CancellationToken ct)
    {
        var args = new { apps = people.Select(p => p.AppId).Distinct(), openIds = people.Select(p => p.OpenId.Text) };
        return (await tx.Query<IdentityRow>(Identities, args, ct).ConfigureAwait(false)).ToDictionary(r => (r.AppId, r.OpenId));
    }

    private static async Task<Dictionary<string, CustomerId>> Owned(Tx tx, List<WechatIdentity> people, CancellationToken ct) =>
        (await tx.Query<OwnerRow>(Owners, new { unionIds = people.Select(p => p.UnionId).Distinct() }, ct).ConfigureAwait(false))
            .ToDictionary(r => r.UnionId, r => r.Customer, StringComparer.Ordinal);

    private static (string, string) Name(WechatIdentity person) => (person.AppId, person.OpenId.Text);

    private sealed record IdentityRow
    {
        public required string AppId { get; init; }
        public required string OpenId { get; init; }
        public required CustomerId Customer { get; init; }
        public required string UnionId { get; init; }
    }

    private sealed record OwnerRow
    {
        public required string UnionId { get; init; }
        public required CustomerId Customer { get; init; }
    }
}
