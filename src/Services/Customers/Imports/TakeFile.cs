using System.Diagnostics.Metrics;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Folders;

namespace Courier.Services.Customers.Imports;

/// <summary>Takes one file over, portion by portion; a file whose run was cut off goes on where it was.</summary>
internal sealed class TakeFile(Db db, DataKeys keys, TimeProvider clock, ImportsOptions options, CustomersOptions customers)
{
    /// <summary>Rows of one transaction.</summary>
    public const int Portion = 500;

    private static readonly Counter<long> Rows = CourierMetrics.Meter.CreateCounter<long>("courier_import_rows_total", description: "Rows of imported customers, by source and outcome.");

    private static readonly Counter<long> Runs = CourierMetrics.Meter.CreateCounter<long>("courier_import_runs_total", description: "Files of customers, by source and outcome (done, failed).");

    /// <summary>Takes the file over, or finds it done.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="path">Where it lies; its name is one that no other file of the source has: a time, a hyphen, and what it was called.</param>
    /// <param name="startedBy">Who wanted it; empty for the schedule.</param>
    /// <param name="fetched">How it was marked.</param>
    /// <param name="ct">Stops it after the portion at hand.</param>
    public async Task<ImportRun> Execute(ImportSource source, string path, string startedBy, Fetched fetched, CancellationToken ct)
    {
        var run = await ImportRuns.OfFile(db, source.Name, Path.GetFileName(path), ct).ConfigureAwait(false);
        return run is null or { State: ImportState.Running } ? await Import(source, path, run ?? NewRun(source, path, startedBy), fetched, isNew: run is null, ct).ConfigureAwait(false) : run;
    }

    /// <summary>The same for a watched folder, which writes the report.</summary>
    public async Task<FileOutcome> Execute(ImportSource source, WatchedFile file, string startedBy, CancellationToken ct)
    {
        var run = await Execute(source, file.Path, startedBy, Fetched.Unmarked, ct).ConfigureAwait(false);
        return new FileOutcome(run.State == ImportState.Done, "", run.Failure, []) { Report = [ImportReport.Heading, .. await ImportReport.Rows(db, keys, run, ct).ConfigureAwait(false)] };
    }

    private async Task<ImportRun> Import(ImportSource source, string path, ImportRun run, Fetched fetched, bool isNew, CancellationToken ct)
    {
        try
        {
            var looked = await CheckedFile.Check(path, source, ct).ConfigureAwait(false);
            if (isNew) run = await Begin(run, looked, fetched, ct).ConfigureAwait(false);
            else if (run.ContentHash != looked.Hash) throw new ImportRefused(Texts.ImportFileChanged);
            if (run.State == ImportState.Running) await GoThrough(source, path, run, looked, ct).ConfigureAwait(false);
            await ImportLedger.Finish(db, clock, run, ct).ConfigureAwait(false);
        }
        catch (ImportRefused refused)
        {
            await ImportLedger.Refuse(db, clock, run, refused.Message, fetched, ct).ConfigureAwait(false);
        }
        var ended = (await ImportRuns.Find(db, run.Id, ct).ConfigureAwait(false))!;
        Runs.Add(1, new("source", source.Name), new("outcome", EnumText<ImportState>.Of(ended.State)));
        return ended;
    }

    // The very file of the last time changes nothing, so nobody looks at its rows.
    private async Task<ImportRun> Begin(ImportRun run, CheckedFile looked, Fetched fetched, CancellationToken ct)
    {
        var isSame = looked.Hash == await ImportLedger.LastHash(db, run.Source, ct).ConfigureAwait(false);
        run = run with
        {
            ContentHash = looked.Hash, RowsTotal = looked.Rows, RowsUnchanged = isSame ? looked.Rows : 0, State = isSame ? ImportState.Done : ImportState.Running, FinishedAt = isSame ? run.StartedAt : null,
            Notes = isSame ? Texts.ImportSameFile : looked.Header.Ignored.Count > 0 ? Texts.ImportIgnored(looked.Header.Ignored) : "",
        };
        await ImportLedger.Start(db, run, fetched, ct).ConfigureAwait(false);
        return run;
    }

    private async Task GoThrough(ImportSource source, string path, ImportRun run, CheckedFile looked, CancellationToken ct)
    {
        var rows = new List<ImportRow>(Portion);
        var through = run.DoneThrough;
        foreach (var record in CheckedFile.Records(path, source).Where(r => r.Number > Math.Max(1, run.DoneThrough)))
        {
            if (!ImportRow.IsEmpty(record)) rows.Add(ImportRow.Read(record, looked.Header, source, clock.GetUtcNow()));
            through = record.Number;
            if (rows.Count < Portion) continue;
            await Commit(source, run.Id, rows, through, ct).ConfigureAwait(false);
            rows.Clear();
        }
        if (rows.Count > 0) await Commit(source, run.Id, rows, through, ct).ConfigureAwait(false);
    }

    private async Task Commit(ImportSource source, string id, List<ImportRow> rows, long through, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var tally = await db.InTransaction(async tx =>
        {
            var run = (await ImportRuns.Find(tx, id, ct).ConfigureAwait(false))!;
            return await new ImportPortion(tx, keys, source, options, customers, run, clock).Take(rows, through, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        foreach (var outcome in Enum.GetValues<ImportOutcome>())
            if (tally.Of(outcome) > 0) Rows.Add(tally.Of(outcome), new("source", source.Name), new("outcome", EnumText<ImportOutcome>.Of(outcome)));
        Rows.Add(tally.Unchanged, new("source", source.Name), new("outcome", "unchanged"));
    }

    private ImportRun NewRun(ImportSource source, string path, string startedBy)
    {
        var now = clock.GetUtcNow();
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path));
        return new ImportRun
        {
            Id = Ids.New(clock), Source = source.Name, FileName = new WatchedFile(path).Name, WorkName = Path.GetFileName(path), ContentHash = "", StartedBy = startedBy, State = ImportState.Running, Failure = "", Notes = "",
            FileAt = written < now ? written : now, StartedAt = now, FinishedAt = null, RowsTotal = 0, RowsDone = 0, RowsNew = 0, RowsChanged = 0, RowsUnchanged = 0, RowsConflict = 0, RowsRejected = 0, RowsDuplicate = 0,
        };
    }
}
