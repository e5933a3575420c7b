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

    /// <summary>
    /// The merge by which a customer is another one now, for whoever writes of a customer whom they read before: what is written after this merge
    /// was heard of has to go along by itself. Null for a customer who stands alone, and who does so until the end of the transaction.
    /// </summary>
    public static async Task<CustomerMerged?> Latest(Tx tx, CustomerId customer, CancellationToken ct)
    {
        const string Into = "select merged_into from customers_customers where id = @customer";
        while (true)
        {
            // The merge is locked before anybody's row, as who undoes it does. Who stands alone is locked as well: a merge that comes has to wait.
            var into = await tx.First<string>(Into, new { customer }, ct).ConfigureAwait(false);
            if (into is not { Length: > 0 }) into = await tx.First<string>($"{Into} {tx.Dialect.ForUpdate}", new { customer }, ct).ConfigureAwait(false);
            if (into is not { Length: > 0 }) return null;
            var merge = await tx.First<string>("select id from customers_merges where from_id = @customer and into_id = @into and undone_at is null", new { customer, into }, ct).ConfigureAwait(false);
            if (merge is null) return null;
            if (await Stands(tx, merge, ct).ConfigureAwait(false)) return new CustomerMerged(customer, CustomerId.Parse(into), 0, merge);
        }
    }

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

    /// <summary>
    /// Moves one customer's rows of a table to the other and writes down which. Where both have a row under the same key the other's
    /// stands and this one's stays where it is, so that an undone merge finds it again.
    /// </summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="merge">The merge.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The keys that did not move, because both have them.</returns>
    public static async Task<IReadOnlyList<string>> Move(Tx tx, CustomerMerged merge, CustomerRows rows, CancellationToken ct)
    {
        var args = new { from = merge.From, into = merge.Into };
        var theirs = await tx.Query<string>($"select {rows.Key} from {rows.Table} where {rows.Customer} = @from", args, ct).ConfigureAwait(false);
        if (theirs.Count == 0) return [];
        var kept = (await tx.Query<string>($"select {rows.Key} from {rows.Table} where {rows.Customer} = @into", args, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        var moving = theirs.Where(k => !kept.Contains(k)).ToList();
        await Keep(tx, merge.MergeId, rows.Kind, moving, ct).ConfigureAwait(false);
        foreach (var keys in moving.Chunk(500))
            await tx.Execute($"update {rows.Table} set {rows.Customer} = @into where {rows.Customer} = @from and {rows.Key} in @keys", new { args.from, args.into, keys }, ct).ConfigureAwait(false);
        return [.. theirs.Where(kept.Contains)];
    }

    /// <summary>Moves back what <see cref="Move"/> moved.</summary>
    public static async Task MoveBack(Tx tx, CustomerMergeUndone undone, CustomerRows rows, CancellationToken ct)
    {
        foreach (var keys in (await Kept(tx, undone.MergeId, rows.Kind, ct).ConfigureAwait(false)).Chunk(500))
            await tx.Execute($"update {rows.Table} set {rows.Customer} = @from where {rows.Customer} = @into and {rows.Key} in @keys",
                new { from = undone.From, into = undone.Into, keys }, ct).ConfigureAwait(false);
    }
}

/// <summary>Rows that belong to a customer, at most one for a key. The names are written in the program, never given from outside.</summary>
/// <param name="Kind">What they are called in the list of moves, at most 16 letters.</param>
/// <param name="Table">The table.</param>
/// <param name="Key">The column that tells a customer's rows apart.</param>
/// <param name="Customer">The column with the customer.</param>
public sealed record CustomerRows(string Kind, string Table, string Key, string Customer);
