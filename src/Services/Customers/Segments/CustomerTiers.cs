using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>A customer's tier.</summary>
public sealed record CustomerTier
{
    /// <summary>The code of customers whom no rule lifts.</summary>
    public const string StandardCode = "standard";

    /// <summary>Code of the tier; <see cref="StandardCode"/> when no rule gives another.</summary>
    public required string Code { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>0 for standard; the higher the better.</summary>
    public required long Rank { get; init; }

    /// <summary>Which facts gave it; empty for standard.</summary>
    public required string Reason { get; init; }

    /// <summary>Nobody's in particular.</summary>
    public static CustomerTier Standard { get; } = new() { Code = StandardCode, Name = Texts.StandardTier, Rank = 0, Reason = "" };
}

/// <summary>Which tier customers have.</summary>
public static class CustomerTiers
{
    private const string Sql =
        """
        select t.customer_id as Customer, t.tier as Code, s.name as Name, s.grade as Rank, t.reason as Reason
        from customers_tiers t
        join customers_segments s on s.code = t.tier and s.kind = 'tier' and s.is_active = 1
        where t.customer_id in @customers
        """;

    /// <summary>The tier of one customer.</summary>
    public static async Task<CustomerTier> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        (await Of(db, [customer], ct).ConfigureAwait(false)).GetValueOrDefault(customer, CustomerTier.Standard);

    /// <summary>The tiers of many; who has the standard one is absent.</summary>
    public static async Task<IReadOnlyDictionary<CustomerId, CustomerTier>> Of(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        if (customers.Count == 0) return new Dictionary<CustomerId, CustomerTier>();
        var rows = await db.Query<Row>(Sql, new { customers = customers.Select(c => c.Text).Distinct().ToList() }, ct).ConfigureAwait(false);
        return rows.ToDictionary(r => r.Customer, r => new CustomerTier { Code = r.Code, Name = r.Name, Rank = r.Rank, Reason = r.Reason });
    }

    private sealed record Row
    {
        public required CustomerId Customer { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required long Rank { get; init; }
        public required string Reason { get; init; }
    }
}

/// <summary>In which groups customers are.</summary>
public static class CustomerGroups
{
    /// <summary>A group that a customer is in.</summary>
    public sealed record Membership
    {
        /// <summary>Code of the group.</summary>
        public required string Code { get; init; }

        /// <summary>What people read.</summary>
        public required string Name { get; init; }

        /// <summary>Which facts put the customer in.</summary>
        public required string Reason { get; init; }

        /// <summary>Since when.</summary>
        public required DateTimeOffset Since { get; init; }
    }

    /// <summary>A tag of WeChat that the members of a group get.</summary>
    public sealed record Tag
    {
        /// <summary>Code of the group.</summary>
        public required string Code { get; init; }

        /// <summary>The account.</summary>
        public required string AppId { get; init; }

        /// <summary>The tag.</summary>
        public required long TagId { get; init; }
    }

    /// <summary>The codes of the customer's groups.</summary>
    public static async Task<IReadOnlyList<string>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        [.. (await Memberships(db, customer, ct).ConfigureAwait(false)).Select(m => m.Code)];

    /// <summary>The customer's groups, each with its reason.</summary>
    public static Task<IReadOnlyList<Membership>> Memberships(ISqlReader db, CustomerId customer, CancellationToken ct) => db.Query<Membership>(
        """
        select g.code as Code, s.name as Name, g.reason as Reason, g.since as Since
        from customers_groups g
        join customers_segments s on s.code = g.code and s.is_active = 1
        where g.customer_id = @customer
        order by g.code
        """, new { customer }, ct);

    /// <summary>The tags that groups are bound to.</summary>
    public static Task<IReadOnlyList<Tag>> Tags(ISqlReader db, CancellationToken ct) =>
        db.Query<Tag>("select code as Code, tag_app_id as AppId, tag_id as TagId from customers_segments where tag_id > 0", ct: ct);

    /// <summary>The members of a group, by id; at most <paramref name="limit"/> after one of them.</summary>
    public static Task<IReadOnlyList<CustomerId>> Members(ISqlReader db, string code, CustomerId? after, int limit, CancellationToken ct) => db.Query<CustomerId>(
        "select customer_id from customers_groups where code = @code and customer_id > @after order by customer_id limit @limit",
        new { code, after = after?.Text ?? "", limit }, ct);
}
