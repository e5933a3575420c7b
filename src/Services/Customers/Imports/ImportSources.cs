using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Staff;

namespace Courier.Services.Customers.Imports;

/// <summary>How a source stands.</summary>
/// <param name="Source">Its settings.</param>
/// <param name="NextAt">When it is due; null before its first look.</param>
/// <param name="WantedBy">Who wants it now; empty for nobody.</param>
/// <param name="CheckedAt">When its folder or address was looked at last; null for never.</param>
/// <param name="Failures">How often in a row it could not be reached.</param>
/// <param name="Failure">Why; empty when it could.</param>
/// <param name="FailedAt">When it failed last.</param>
public sealed record SourceStanding(ImportSource Source, DateTimeOffset? NextAt, string WantedBy, DateTimeOffset? CheckedAt, long Failures, string Failure, DateTimeOffset? FailedAt);

/// <summary>The sources and when they are due.</summary>
public static class ImportSources
{
    /// <summary>The job that imports.</summary>
    public const string JobName = "customers.import";

    private const string Select =
        """
        select name as Name, next_at as NextAt, wanted_by as WantedBy, etag as Etag, last_modified as LastModified, checked_at as CheckedAt, failures as Failures, failure as Failure, failed_at as FailedAt
        from customers_import_sources
        """;

    /// <summary>All sources in the order of the settings.</summary>
    public static async Task<IReadOnlyList<SourceStanding>> List(ISqlReader db, ImportsOptions options, CancellationToken ct)
    {
        var rows = (await db.Query<Row>(Select, ct: ct).ConfigureAwait(false)).ToDictionary(r => r.Name);
        return [.. options.Select(s => rows.GetValueOrDefault(s.Name) is { } r
            ? new SourceStanding(s, r.NextAt, r.WantedBy, r.CheckedAt, r.Failures, r.Failure, r.FailedAt) : new SourceStanding(s, null, "", null, 0, "", null))];
    }

    /// <summary>Somebody wants a source looked at now, and an address fetched whether it changed or not.</summary>
    /// <returns>False when there is no such source.</returns>
    public static Task<bool> Want(Db db, TimeProvider clock, ImportsOptions options, IJobAlarm alarm, string name, StaffId by, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (options.Find(s => s.Name == name) is not { } source) return false;
        await Meet(tx, source, clock.GetUtcNow(), ct).ConfigureAwait(false);
        await tx.Execute("update customers_import_sources set wanted_by = @by where name = @name", new { name, by = by.Text }, ct).ConfigureAwait(false);
        await Audit.Record(tx, clock, by, "import.wanted", "import:" + name, null, ct).ConfigureAwait(false);
        tx.AfterCommit(() => alarm.Wake(JobName));
        return true;
    }, ct);

    /// <summary>The source when it is due or wanted, with its next time set; null when it is not.</summary>
    internal static Task<Row?> Claim(Db db, ImportSource source, DateTimeOffset now, CancellationToken ct) => db.InTransaction(async tx =>
    {
        await Meet(tx, source, now, ct).ConfigureAwait(false);
        var row = await tx.First<Row>($"{Select} where name = @Name {tx.Dialect.ForUpdate}", new { source.Name }, ct).ConfigureAwait(false);
        if (row is null || (row.NextAt > now && row.WantedBy.Length == 0)) return null;
        await tx.Execute("update customers_import_sources set next_at = @next, wanted_by = '' where name = @Name", new { source.Name, next = Next(source, now) }, ct).ConfigureAwait(false);
        return row;
    }, ct);

    /// <summary>Something there is still being written: it is looked at again at the job's next run.</summary>
    internal static Task Again(Db db, ImportSource source, DateTimeOffset now, string wantedBy, CancellationToken ct) =>
        db.Execute("update customers_import_sources set next_at = @now, wanted_by = @wantedBy where name = @Name", new { source.Name, now, wantedBy }, ct);

    /// <summary>It could be looked at.</summary>
    internal static Task Reached(Db db, ImportSource source, DateTimeOffset now, CancellationToken ct) =>
        db.Execute("update customers_import_sources set checked_at = @now, failures = 0, failure = '', failed_at = null where name = @Name", new { source.Name, now }, ct);

    /// <summary>It could not.</summary>
    internal static Task Missed(Db db, ImportSource source, DateTimeOffset now, string why, CancellationToken ct) => db.Execute(
        "update customers_import_sources set checked_at = @now, failures = failures + 1, failure = @why, failed_at = @now where name = @Name",
        new { source.Name, now, why = why.Length > 400 ? why[..400] : why }, ct);

    // A folder may be looked at at once; what is fetched comes by the schedule the first time too.
    private static Task Meet(Tx tx, ImportSource source, DateTimeOffset now, CancellationToken ct) =>
        tx.InsertRows("customers_import_sources", ["name", "next_at"], [[source.Name, source.IsFolder ? now : Next(source, now)]], ifAbsent: true, ct);

    private static DateTimeOffset Next(ImportSource source, DateTimeOffset now) => source.Times.After(now) ?? DateTimeOffset.FromUnixTimeMilliseconds(253402300799000);

    internal sealed record Row
    {
        public required string Name { get; init; }
        public required DateTimeOffset NextAt { get; init; }
        public required string WantedBy { get; init; }
        public required string Etag { get; init; }
        public required string LastModified { get; init; }
        public required DateTimeOffset? CheckedAt { get; init; }
        public required long Failures { get; init; }
        public required string Failure { get; init; }
        public required DateTimeOffset? FailedAt { get; init; }
    }
}
