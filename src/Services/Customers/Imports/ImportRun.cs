using Courier.Kernel.Data;

namespace Courier.Services.Customers.Imports;

/// <summary>Where a run stands.</summary>
public enum ImportState
{
    /// <summary>Rows are taken over; after a crash it goes on where it was.</summary>
    Running,

    /// <summary>Every row was looked at.</summary>
    Done,

    /// <summary>The file was refused whole.</summary>
    Failed,
}

/// <summary>What became of a row, or of one field of it.</summary>
public enum ImportOutcome
{
    /// <summary>A customer whom we did not know.</summary>
    New,

    /// <summary>Something was taken over.</summary>
    Changed,

    /// <summary>We know better already; the word is weaker and older.</summary>
    Kept,

    /// <summary>A stronger or newer word stands against it: a person decides.</summary>
    Conflict,

    /// <summary>Another record has the same number, or the key stands twice in the file. Nothing was merged.</summary>
    Duplicate,

    /// <summary>The row was not taken.</summary>
    Rejected,
}

/// <summary>One run: a file of a source, with what became of its rows.</summary>
public sealed record ImportRun
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The source.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the file, or path of the address.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file; empty when it was refused unread.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Who asked for it; empty for the schedule.</summary>
    public required string StartedBy { get; init; }

    /// <summary>Where it stands.</summary>
    public required ImportState State { get; init; }

    /// <summary>Why the file was refused; empty when it was not.</summary>
    public required string Failure { get; init; }

    /// <summary>What else there is to say about the file; may be empty.</summary>
    public required string Notes { get; init; }

    /// <summary>Date of the file: of rows that have none.</summary>
    public required DateTimeOffset FileAt { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Rows of the file, without the heading.</summary>
    public required long RowsTotal { get; init; }

    /// <summary>Rows that were looked at so far.</summary>
    public required long RowsDone { get; init; }

    /// <summary>Of these: customers whom we did not know.</summary>
    public required long RowsNew { get; init; }

    /// <summary>Rows of which something was taken over.</summary>
    public required long RowsChanged { get; init; }

    /// <summary>Rows that changed nothing.</summary>
    public required long RowsUnchanged { get; init; }

    /// <summary>Rows with a field that waits for a decision.</summary>
    public required long RowsConflict { get; init; }

    /// <summary>Rows that were not taken.</summary>
    public required long RowsRejected { get; init; }

    /// <summary>Rows whose number another record has too, and rows whose key stands twice.</summary>
    public required long RowsDuplicate { get; init; }

    /// <summary>How good the file is: the mean of its rows; null when no row was looked at, because the file was the same as the last one.</summary>
    public RecordQuality? Quality => RowsDone == 0 ? null : new(Completeness / RowsDone, Validity / RowsDone, Freshness / RowsDone, Consistency / RowsDone);

    internal string WorkName { get; init; } = "";
    internal long DoneThrough { get; init; }
    internal long KeptLines { get; init; }
    internal long Completeness { get; init; }
    internal long Validity { get; init; }
    internal long Freshness { get; init; }
    internal long Consistency { get; init; }
}

/// <summary>A line of a run's report.</summary>
public sealed record ImportLine
{
    /// <summary>The row, as a spreadsheet counts.</summary>
    public required long Row { get; init; }

    /// <summary>Counts the lines of a row.</summary>
    public required long Part { get; init; }

    /// <summary>What became of it.</summary>
    public required ImportOutcome Outcome { get; init; }

    /// <summary>Heading of the column; empty when the whole row is meant.</summary>
    public required string Column { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string What { get; init; }

    /// <summary>Whom it is about; empty for nobody.</summary>
    public required string Customer { get; init; }

    /// <summary>What was known, with its middle hidden; may be empty.</summary>
    public required string Old { get; init; }

    /// <summary>What the file says, with its middle hidden; may be empty.</summary>
    public required string New { get; init; }
}

/// <summary>Reads runs and their reports, for the desk.</summary>
public static class ImportRuns
{
    internal const string Columns =
        """
        id as Id, source as Source, file_name as FileName, work_name as WorkName, content_hash as ContentHash, started_by as StartedBy, state as State, failure as Failure, notes as Notes, file_at as FileAt,
          started_at as StartedAt, finished_at as FinishedAt, rows_total as RowsTotal, rows_done as RowsDone, rows_new as RowsNew, rows_changed as RowsChanged,
          rows_unchanged as RowsUnchanged, rows_conflict as RowsConflict, rows_rejected as RowsRejected, rows_duplicate as RowsDuplicate, done_through as DoneThrough,
          kept_lines as KeptLines, completeness as Completeness, validity as Validity, freshness as Freshness, consistency as Consistency
        """;

    private const string SelectLines =
        """
        select row_at as RowAt, part as Part, outcome as Outcome, column_name as ColumnName, what as What, customer_id as Customer, field as Field, old_cipher as OldCipher, new_cipher as NewCipher
        from customers_import_lines
        where run_id = @run and outcome in @outcomes and (row_at > @row or (row_at = @row and part > @part))
        order by row_at, part
        limit @limit
        """;

    /// <summary>A page of runs, the newest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="source">Only this source's; null for all.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<ImportRun>> List(ISqlReader db, string? source, string? after, int limit, CancellationToken ct) => db.Query<ImportRun>(
        $"select {Columns} from customers_imports where id < @before and (@source is null or source = @source) order by id desc limit @limit", new { before = after ?? "g", source, limit }, ct);

    /// <summary>The last run of each source.</summary>
    public static async Task<IReadOnlyDictionary<string, ImportRun>> Last(ISqlReader db, CancellationToken ct) =>
        (await db.Query<ImportRun>($"select {Columns} from customers_imports where id in (select max(id) from customers_imports group by source)", ct: ct).ConfigureAwait(false)).ToDictionary(r => r.Source);

    /// <summary>One run; null when there is none.</summary>
    public static Task<ImportRun?> Find(ISqlReader db, string id, CancellationToken ct) =>
        db.First<ImportRun>($"select {Columns} from customers_imports where id = @id", new { id }, ct);

    /// <summary>The run of a file that is worked on; null when it has none yet.</summary>
    internal static Task<ImportRun?> OfFile(ISqlReader db, string source, string workName, CancellationToken ct) =>
        db.First<ImportRun>($"select {Columns} from customers_imports where source = @source and work_name = @workName", new { source, workName }, ct);

    /// <summary>A page of a run's report in the order of the rows.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the values.</param>
    /// <param name="run">The run.</param>
    /// <param name="outcome">Only these lines; null for all.</param>
    /// <param name="after">The last line of the page before; null for the first page.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<ImportLine>> Lines(ISqlReader db, DataKeys keys, string run, ImportOutcome? outcome, (long Row, long Part)? after, int limit, CancellationToken ct)
    {
        var (row, part) = after ?? (0, 0);
        var outcomes = outcome is { } one ? [EnumText<ImportOutcome>.Of(one)] : Enum.GetValues<ImportOutcome>().Select(EnumText<ImportOutcome>.Of).ToArray();
        return [.. (await db.Query<LineRow>(SelectLines, new { run, outcomes, row, part, limit }, ct).ConfigureAwait(false)).Select(r => r.Open(keys))];
    }

    /// <summary>The qualities of a source's last runs, the oldest first.</summary>
    public static async Task<IReadOnlyList<ImportRun>> Trend(ISqlReader db, string source, int limit, CancellationToken ct) =>
        [.. (await db.Query<ImportRun>($"select {Columns} from customers_imports where source = @source and state = 'done' and rows_done > 0 order by id desc limit @limit", new { source, limit }, ct).ConfigureAwait(false)).Reverse()];

    private sealed record LineRow
    {
        public required long RowAt { get; init; }
        public required long Part { get; init; }
        public required ImportOutcome Outcome { get; init; }
        public required string ColumnName { get; init; }
        public required string What { get; init; }
        public required string Customer { get; init; }
        public required string Field { get; init; }
        public required string OldCipher { get; init; }
        public required string NewCipher { get; init; }

        public ImportLine Open(DataKeys keys) => new()
        {
            Row = RowAt, Part = Part, Outcome = Outcome, Column = ColumnName, What = What, Customer = Customer, Old = Shown(keys, OldCipher), New = Shown(keys, NewCipher),
        };

        private string Shown(DataKeys keys, string cipher) => cipher.Length == 0 ? "" : FieldRules.Mask(EnumText<CustomerField>.Parse(Field), keys.Decrypt(cipher));
    }
}
