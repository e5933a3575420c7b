using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>What a rule decides.</summary>
public enum SegmentKind
{
    /// <summary>A tier: a customer has the highest whose rule holds.</summary>
    Tier,

    /// <summary>A group: a customer is in all whose rules hold.</summary>
    Group,
}

/// <summary>A tier or group with its rule.</summary>
public sealed record Segment
{
    /// <summary>Code: lower-case letters, digits, hyphens and underscores, at most 40.</summary>
    public required string Code { get; init; }

    /// <summary>Tier or group.</summary>
    public required SegmentKind Kind { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>Of tiers: the higher counts; 1 and more. 0 for groups.</summary>
    public required long Rank { get; init; }

    /// <summary>Does the rule count now?</summary>
    public required bool IsActive { get; init; }

    /// <summary>The rule as JSON (<see cref="SegmentRule"/>).</summary>
    public required string Rule { get; init; }

    /// <summary>The official account whose tag its members get; empty for none.</summary>
    public required string TagAppId { get; init; }

    /// <summary>The tag; 0 for none.</summary>
    public required long TagId { get; init; }

    /// <summary>1 for the first; grows with every change.</summary>
    public required long Version { get; init; }

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>Reads tiers and groups.</summary>
public static class Segments
{
    /// <summary>The job that looks at customers; woken when a rule changed.</summary>
    public const string JudgeJob = JudgeCustomers.JobName;

    internal const string Columns =
        "code as Code, kind as Kind, name as Name, grade as Rank, is_active as IsActive, rule as Rule, tag_app_id as TagAppId, tag_id as TagId, version as Version, changed_at as ChangedAt";

    /// <summary>All, tiers first, the highest first.</summary>
    public static Task<IReadOnlyList<Segment>> All(ISqlReader db, CancellationToken ct) =>
        db.Query<Segment>($"select {Columns} from customers_segments order by kind desc, grade desc, code", ct: ct);

    /// <summary>How many customers each has now.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Sizes(ISqlReader db, CancellationToken ct) =>
        (await db.Query<Size>(
            """
            select code as Code, count(*) as Customers from customers_groups group by code
            union all
            select tier as Code, count(*) as Customers from customers_tiers where tier <> 'standard' group by tier
            """, ct: ct).ConfigureAwait(false)).ToDictionary(s => s.Code, s => s.Customers);

    /// <summary>Who is in a tier or group, each with the facts that made the rule true; by id, beginning after one of them.</summary>
    public static Task<IReadOnlyList<SegmentMember>> Members(ISqlReader db, string code, string? after, int limit, CancellationToken ct) => db.Query<SegmentMember>(
        """
        select m.Customer, m.Reason, m.Since, coalesce((
          select p.phone_tail from customers_phones p where p.customer_id = m.Customer order by p.verified_at desc, p.phone_hash limit 1), '') as PhoneTail
        from (
          select customer_id as Customer, reason as Reason, since as Since from customers_groups where code = @code and customer_id > @after
          union all
          select customer_id as Customer, reason as Reason, since as Since from customers_tiers where tier = @code and customer_id > @after
        ) m
        order by m.Customer
        limit @limit
        """, new { code, after = after ?? "", limit }, ct);

    /// <summary>The versions of one, the latest first.</summary>
    public static Task<IReadOnlyList<SegmentVersion>> History(ISqlReader db, string code, CancellationToken ct) => db.Query<SegmentVersion>(
        """
        select version as Version, name as Name, grade as Rank, is_active as IsActive, rule as Rule, changed_by as ChangedBy, changed_at as ChangedAt, reason as Reason
        from customers_segment_versions where code = @code order by version desc limit 100
        """, new { code }, ct);

    private sealed record Size
    {
        public required string Code { get; init; }
        public required long Customers { get; init; }
    }
}

/// <summary>A customer in a tier or group.</summary>
public sealed record SegmentMember
{
    /// <summary>Who.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Which facts made the rule true.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Last four digits of the number that was proven last; empty for none.</summary>
    public required string PhoneTail { get; init; }
}

/// <summary>A version that a tier or group had.</summary>
public sealed record SegmentVersion
{
    /// <summary>Its number.</summary>
    public required long Version { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>Rank of a tier.</summary>
    public required long Rank { get; init; }

    /// <summary>Did it count?</summary>
    public required bool IsActive { get; init; }

    /// <summary>The rule as JSON.</summary>
    public required string Rule { get; init; }

    /// <summary>Who changed it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
