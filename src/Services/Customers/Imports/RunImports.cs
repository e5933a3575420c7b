using System.Diagnostics.Metrics;
using System.Globalization;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Customers.Imports;

/// <summary>
/// Looks at each source when it is due or wanted, and takes over what is there. One source that cannot be reached does not stop the others;
/// it is tried again by its schedule, and the desk shows it until then.
/// </summary>
internal sealed partial class RunImports(
    Db db, TimeProvider clock, ImportsOptions options, ImportFolders folders, ImportDownload download, TakeFile take, ILogger<RunImports> log) : IScheduledJob
{
    private static readonly Counter<long> Unreachable =
        CourierMetrics.Meter.CreateCounter<long>("courier_import_unreachable_total", description: "Looks at a source of customers that failed, by source.");

    public async Task Run(CancellationToken ct)
    {
        foreach (var source in options)
        {
            try
            {
                await Look(source, ct).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or ImportRefused)
            {
                Missed(log, source.Name, e.Message);
                Unreachable.Add(1, new KeyValuePair<string, object?>("source", source.Name));
                await ImportSources.Missed(db, source, clock.GetUtcNow(), e.Message, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task Look(ImportSource source, CancellationToken ct)
    {
        var isCutOff = await ImportLedger.IsRunning(db, source.Name, ct).ConfigureAwait(false);
        if (isCutOff && !source.IsFolder) await TakeFetched(source, "", Fetched.Unmarked, ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var due = await ImportSources.Claim(db, source, now, ct).ConfigureAwait(false);
        if (source.IsFolder && (isCutOff || due is not null)) await Watch(source, due?.WantedBy ?? "", now, ct).ConfigureAwait(false);
        else if (due is not null) await Fetch(source, due, ct).ConfigureAwait(false);
        if (due is not null) await ImportSources.Reached(db, source, now, ct).ConfigureAwait(false);
    }

    private async Task Watch(ImportSource source, string wantedBy, DateTimeOffset now, CancellationToken ct)
    {
        var folder = folders.Watched(source);
        await folder.TakeAll((file, stop) => take.Execute(source, file, wantedBy, stop), ct).ConfigureAwait(false);
        if (folder.IsWaiting) await ImportSources.Again(db, source, now, wantedBy, ct).ConfigureAwait(false);
    }

    // Whoever wants it now wants it in any case, so the other system is not asked whether it changed.
    private async Task Fetch(ImportSource source, ImportSources.Row due, CancellationToken ct)
    {
        var (part, file) = folders.Place(source, Path.GetFileName(source.Url.Split('?')[0]) is { Length: > 0 and <= 120 } name ? name : source.Name);
        try
        {
            if (await download.Fetch(source, due.WantedBy.Length > 0 ? Fetched.Unmarked : new Fetched(due.Etag, due.LastModified), part, ct).ConfigureAwait(false) is not { } fetched) return;
            if (DateTimeOffset.TryParse(fetched.LastModified, CultureInfo.InvariantCulture, out var at)) File.SetLastWriteTimeUtc(part, at.UtcDateTime);
            File.Move(part, file);
            await TakeFetched(source, due.WantedBy, fetched, ct).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task TakeFetched(ImportSource source, string wantedBy, Fetched fetched, CancellationToken ct)
    {
        foreach (var path in folders.Fetched(source))
        {
            await take.Execute(source, path, wantedBy, fetched, ct).ConfigureAwait(false);
            File.Delete(path);
        }
    }

    [LoggerMessage(LogLevel.Warning, "the customers of {Source} could not be fetched; tried again by its schedule: {Why}")]
    private static partial void Missed(ILogger log, string source, string why);
}

/// <summary>Forgets reports after 90 days, runs after 400, and files that were put away after 30: they name people.</summary>
internal sealed class PurgeImports(Db db, TimeProvider clock, ImportsOptions options, ImportFolders folders) : IScheduledJob
{
    private const int LineDays = 90, RunDays = 400, FileDays = 30, AtOnce = 20;

    private const string Old = "select id from customers_imports where started_at < @lines and id > @after order by id limit @AtOnce";

    public async Task Run(CancellationToken ct)
    {
        foreach (var source in options) folders.Purge(source, TimeSpan.FromDays(FileDays));
        var now = clock.GetUtcNow();
        var (lines, before) = (now.AddDays(-LineDays), now.AddDays(-RunDays));
        for (var after = ""; await db.Query<string>(Old, new { lines, after, AtOnce }, ct).ConfigureAwait(false) is { Count: > 0 } runs; after = runs[^1])
        {
            await db.Execute("delete from customers_import_lines where run_id in @runs", new { runs }, ct).ConfigureAwait(false);
            await db.Execute("delete from customers_imports where id in @runs and started_at < @before", new { runs, before }, ct).ConfigureAwait(false);
        }
    }
}
