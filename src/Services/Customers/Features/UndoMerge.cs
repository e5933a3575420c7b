using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>Two customers were made one by mistake: each gets back what was theirs.</summary>
public static class UndoMerge
{
    private const string Load =
        """
        select m.from_id as FromId, m.into_id as IntoId, m.merged_at as MergedAt, m.undone_at as UndoneAt, c.merged_into as IntoNow
        from customers_merges m
        join customers_customers c on c.id = m.into_id
        where m.id = @mergeId
        """;

    /// <summary>Undoes it. What came after the merge stays with the customer who stayed.</summary>
    /// <returns>False when there is no such merge (any more).</returns>
    /// <exception cref="RuleBroken"><c>merge.undone</c>, <c>merge.too_old</c>, <c>merge.not_latest</c>.</exception>
    public static Task<bool> Execute(Db db, TimeProvider clock, CustomersOptions options, string mergeId, StaffId by, string reason, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var stands = await CustomerMoves.Stands(tx, mergeId, ct).ConfigureAwait(false);
            if (await tx.First<Row>(Load, new { mergeId }, ct).ConfigureAwait(false) is not { } merge) return false;
            if (!stands) throw new RuleBroken("merge.undone", Texts.MergeUndone);
            if (merge.MergedAt < clock.GetUtcNow().AddDays(-options.UndoMergeDays)) throw new RuleBroken("merge.too_old", Texts.MergeTooOld(options.UndoMergeDays));
            if (merge.IntoNow.Length > 0) throw new RuleBroken("merge.not_latest", Texts.MergeNotLatest);
            await MergeCustomers.Undo(tx, clock, mergeId, merge.FromId, merge.IntoId, ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, by, "customer.merge_undone", "merge:" + mergeId, reason, ct).ConfigureAwait(false);
            return true;
        }, ct);

    private sealed record Row
    {
        public required CustomerId FromId { get; init; }
        public required CustomerId IntoId { get; init; }
        public required DateTimeOffset MergedAt { get; init; }
        public required DateTimeOffset? UndoneAt { get; init; }
        public required string IntoNow { get; init; }
    }
}
