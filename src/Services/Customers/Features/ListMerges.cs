using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Which customers became one, for the desk.</summary>
public static class ListMerges
{
    /// <summary>The latest first; at most <paramref name="limit"/>.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="before">Only merges with a smaller id; null for the first page.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="ct">Ends it.</param>
    public static Task<IReadOnlyList<ListedMerge>> Execute(ISqlReader db, string? before, int limit, CancellationToken ct) => db.Query<ListedMerge>(
        """
        select id as Id, from_id as FromCustomer, into_id as IntoCustomer, reason as Reason, merged_at as MergedAt, undone_at as UndoneAt
        from customers_merges
        where @before is null or id < @before
        order by id desc
        limit @limit
        """, new { before, limit = Math.Clamp(limit, 1, 100) }, ct);
}

/// <summary>A merge.</summary>
public sealed record ListedMerge
{
    /// <summary>Its id; grows with time.</summary>
    public required string Id { get; init; }

    /// <summary>The customer who is no more.</summary>
    public required CustomerId FromCustomer { get; init; }

    /// <summary>The customer who stayed.</summary>
    public required CustomerId IntoCustomer { get; init; }

    /// <summary>Why.</summary>
    public required MergeReason Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MergedAt { get; init; }

    /// <summary>When it was undone; null when it was not.</summary>
    public required DateTimeOffset? UndoneAt { get; init; }
}
