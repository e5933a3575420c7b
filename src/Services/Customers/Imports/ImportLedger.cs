using Courier.Kernel.Data;

namespace Courier.Services.Customers.Imports;

/// <summary>Writes runs and what is known of their sources.</summary>
internal static class ImportLedger
{
    /// <summary>Begins a run.</summary>
    public static Task Start(Db db, ImportRun run, Fetched fetched, CancellationToken ct) => db.InTransaction(tx => Insert(tx, run, fetched, ct), ct);

    /// <summary>Adds what a portion did.</summary>
    public static Task Count(Tx tx, string run, Tally tally, int lines, long doneThrough, CancellationToken ct) => tx.Execute(
        """
        update customers_imports
        set done_through = @doneThrough, rows_done = rows_done + @Rows, rows_new = rows_new + @fresh, rows_changed = rows_changed + @changed, rows_unchanged = rows_unchanged + @Unchanged,
          rows_conflict = rows_conflict + @conflict, rows_rejected = rows_rejected + @rejected, rows_duplicate = rows_duplicate + @duplicate, kept_lines = kept_lines + @lines,
          completeness = completeness + @Completeness, validity = validity + @Validity, freshness = freshness + @Freshness, consistency = consistency + @Consistency
        where id = @run and state = 'running'
        """,
        new
        {
            run, doneThrough, lines, tally.Rows, fresh = tally.Of(ImportOutcome.New), changed = tally.Of(ImportOutcome.Changed), tally.Unchanged, conflict = tally.Of(ImportOutcome.Conflict),
            rejected = tally.Of(ImportOutcome.Rejected), duplicate = tally.Of(ImportOutcome.Duplicate), tally.Qualities.Completeness, tally.Qualities.Validity, tally.Qualities.Freshness, tally.Qualities.Consistency,
        }, ct);

    /// <summary>Ends a run whose rows are all done, and remembers how the answer was marked, so that the same one is not fetched again.</summary>
    public static Task Finish(Db db, TimeProvider clock, ImportRun run, CancellationToken ct) => db.InTransaction(async tx =>
    {
        await tx.Execute("update customers_imports set state = 'done', finished_at = @now where id = @Id and state = 'running'", new { run.Id, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        await RememberMarks(tx, run.Id, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>Ends a run whose file is refused, begun or not. What is wrong with the file stays wrong, so the same one is not fetched again either.</summary>
    public static Task Refuse(Db db, TimeProvider clock, ImportRun run, string why, Fetched fetched, CancellationToken ct) => db.InTransaction(async tx =>
    {
        await Insert(tx, run, fetched, ct).ConfigureAwait(false);
        await tx.Execute("update customers_imports set state = 'failed', failure = @why, finished_at = @now where id = @Id and state = 'running'", new { run.Id, why, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        await RememberMarks(tx, run.Id, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>The hash of the last file of a source that was gone through; empty when there was none.</summary>
    public static async Task<string> LastHash(ISqlReader db, string source, CancellationToken ct) => await db.First<string>(
        "select content_hash from customers_imports where source = @source and state = 'done' order by id desc limit 1", new { source }, ct).ConfigureAwait(false) ?? "";

    /// <summary>Was a run of the source cut off, or is one under way?</summary>
    public static async Task<bool> IsRunning(ISqlReader db, string source, CancellationToken ct) => await db.First<long>(
        "select count(*) from customers_imports where state = 'running' and source = @source", new { source }, ct).ConfigureAwait(false) > 0;

    private static Task RememberMarks(Tx tx, string run, CancellationToken ct) => tx.Execute(
        """
        update customers_import_sources
        set etag = (select etag from customers_imports where id = @run), last_modified = (select last_modified from customers_imports where id = @run)
        where name = (select source from customers_imports where id = @run)
        """, new { run }, ct);

    private static Task Insert(Tx tx, ImportRun r, Fetched fetched, CancellationToken ct) => tx.InsertRows(
        "customers_imports",
        ["id", "source", "file_name", "work_name", "content_hash", "started_by", "state", "failure", "notes", "etag", "last_modified", "file_at", "started_at", "finished_at", "rows_total", "rows_unchanged"],
        [[r.Id, r.Source, r.FileName, r.WorkName, r.ContentHash, r.StartedBy, r.State, r.Failure, r.Notes, fetched.Etag, fetched.LastModified, r.FileAt, r.StartedAt, r.FinishedAt, r.RowsTotal, r.RowsUnchanged]], ifAbsent: true, ct);
}
