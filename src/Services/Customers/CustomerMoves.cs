using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// What went from one customer to the other at a merge. Whoever stores customers moves its rows when it learns of <see cref="CustomerMerged"/>,
/// writes here which ones, in the same transaction, and moves those back when it learns of <see cref="CustomerMergeUndone"/>.
/// The two events may be handled in any order: a merge that was undone meanwhile moves nothing any more.
/// </summary>
public static class CustomerMoves
{
    /// <summary>Does the merge still hold? Locks it until the end of the transaction, so that merge and undo follow one another.</summary>
    public static async Task<bool> Stands(Tx tx, string mergeId, CancellationToken ct) => mergeId.Length == 0 || await tx.First<string>(
        $"select id from customers_merges where id = @mergeId and undone_at is null {tx.Dialect.ForUpdate}", new { mergeId }, ct).ConfigureAwait(false) is not null;

    /// <summary>Writes down what moved.</summary>
    /// <param name="tx">The transaction that moves it.</param>
    /// <param name="mergeId">Id of the merge; empty for one that nobody can undo.</param>
    /// <param name="kind">What sort of thing, at most 16 letters: <c>conversation</c>.</param>
    /// <param name="subjects">Their ids, at most 128 letters each.</param>
    /// <param name="ct">Ends it.</param>
    public static Task Keep(Tx tx, string mergeId, string kind, IEnumerable<string> subjects, CancellationToken ct) => mergeId.Length == 0
        ? Task.CompletedTask
        : tx.InsertRows("customers_merge_moves", ["merge_id", "kind", "subject"], subjects.Select(s => new object?[] { mergeId, kind, s }), ifAbsent: true, ct);

    /// <summary>What had moved.</summary>
    public static Task<IReadOnlyList<string>> Kept(Tx tx, string mergeId, string kind, CancellationToken ct) =>
        tx.Query<string>("select subject from customers_merge_moves where merge_id = @mergeId and kind = @kind", new { mergeId, kind }, ct);
}
