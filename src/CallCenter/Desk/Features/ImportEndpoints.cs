using System.Globalization;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Customers.Imports;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Customers taken over from other systems: sources, runs with their reports, conflicts and how good the data are.</summary>
internal static class ImportEndpoints
{
    private const int TrendRuns = 30, WorstRecords = 50;

    public static void Map(IEndpointRouteBuilder desk)
    {
        var imports = desk.MapGroup("/imports").ForStaff(RoleNames.Operator, RoleNames.Supervisor, RoleNames.Admin);
        imports.MapGet("/sources", Sources);
        imports.MapPost("/sources/{name}/run", Run);
        imports.MapGet("/sources/{name}/trend", Trend);
        imports.MapGet("/sources/{name}/worst", Worst);
        imports.MapGet("", List);
        imports.MapGet("/{id}", Find);
        imports.MapGet("/{id}/lines", Lines);
        imports.MapGet("/{id}/report", Report);
        imports.MapGet("/conflicts", Conflicts);
        imports.MapPost("/conflicts/{id}", Decide);
    }

    private static async Task<SourcesView> Sources(Db db, ImportsOptions options, CancellationToken ct)
    {
        var open = await ImportConflicts.Count(db, ct).ConfigureAwait(false);
        var last = await ImportRuns.Last(db, ct).ConfigureAwait(false);
        return new SourcesView([.. (await ImportSources.List(db, options, ct).ConfigureAwait(false)).Select(s => new SourceView(
            s.Source.Name, s.Source.IsFolder ? "folder" : "http", s.Source.Trust, s.NextAt, s.WantedBy.Length > 0, s.CheckedAt, s.Failures, s.Failure, s.FailedAt, open.GetValueOrDefault(s.Source.Name),
            last.GetValueOrDefault(s.Source.Name) is { } run ? RunView.Of(run) : null))]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Run(
        string name, CurrentStaff me, Db db, TimeProvider clock, ImportsOptions options, [FromServices] IJobAlarm alarm, CancellationToken ct) =>
        await ImportSources.Want(db, clock, options, alarm, name, StaffId.Parse(me.Id), ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound();

    private static async Task<TrendView> Trend(string name, Db db, CancellationToken ct) =>
        new([.. (await ImportRuns.Trend(db, name, TrendRuns, ct).ConfigureAwait(false)).Select(r => new TrendPoint(r.Id, r.StartedAt, r.RowsDone, QualityView.Of(r.Quality!)))]);

    private static async Task<WorstView> Worst(string name, Db db, CancellationToken ct) =>
        new([.. (await ImportLinks.Worst(db, name, WorstRecords, ct).ConfigureAwait(false)).Select(l => new WorstRecord(l.Customer, l.ExternalId, l.Score / 10.0, l.SeenAt))]);

    private static async Task<Page<RunView>> List(string? source, PageRequest page, Db db, CancellationToken ct)
    {
        var runs = await ImportRuns.List(db, source, page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<RunView>.Of([.. runs.Select(RunView.Of)], runs.Count == page.Limit ? runs[^1].Id : null);
    }

    private static async Task<Results<Ok<RunView>, ProblemHttpResult>> Find(string id, Db db, CancellationToken ct) =>
        await ImportRuns.Find(db, id, ct).ConfigureAwait(false) is { } run ? TypedResults.Ok(RunView.Of(run)) : Problems.NotFound();

    private static async Task<Page<ImportLine>> Lines(string id, string? outcome, PageRequest page, CurrentStaff me, Db db, DataKeys keys, CustomerAccesses accesses, CancellationToken ct)
    {
        ImportOutcome? only = string.IsNullOrEmpty(outcome) ? null : EnumText<ImportOutcome>.TryParse(outcome, out var parsed) ? parsed : throw new BadInput("outcome", Texts.StateUnknown);
        var lines = await ImportRuns.Lines(db, keys, id, only, After(page), page.Limit, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Record, lines.Where(l => l.Customer.Length > 0).Select(l => CustomerId.Parse(l.Customer)), ct).ConfigureAwait(false);
        return Page<ImportLine>.Of(lines, lines.Count == page.Limit ? string.Create(CultureInfo.InvariantCulture, $"{lines[^1].Row}.{lines[^1].Part}") : null);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Report(string id, Db db, DataKeys keys, CancellationToken ct) =>
        await ImportRuns.Find(db, id, ct).ConfigureAwait(false) is { } run
            ? TypedResults.Bytes(await ImportReport.Bytes(db, keys, run, ct).ConfigureAwait(false), "text/csv; charset=utf-8", $"{run.Source}-{run.Id}.report.csv")
            : Problems.NotFound();

    // Whoever decides reads both words; the customer sees that somebody did.
    private static async Task<Page<ConflictView>> Conflicts(string? source, string? run, PageRequest page, CurrentStaff me, Db db, DataKeys keys, CustomerAccesses accesses, CancellationToken ct)
    {
        var conflicts = await ImportConflicts.Open(db, keys, source, run, page.After, page.Limit, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Record, conflicts.Select(c => c.Customer), ct).ConfigureAwait(false);
        return Page<ConflictView>.Of([.. conflicts.Select(ConflictView.Of)], conflicts.Count == page.Limit ? conflicts[^1].Id : null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Decide(string id, DecisionBody body, CurrentStaff me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var takesTheirs = body.Take switch { "theirs" => true, "ours" => false, _ => throw new BadInput("take", Texts.TakeWrong) };
        var reason = new ReasonBody(body.Reason).Checked() ?? throw new BadInput("reason", Texts.ReasonMissing);
        return await ImportConflicts.Decide(db, keys, clock, id, takesTheirs, StaffId.Parse(me.Id), reason, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound();
    }

    private static (long, long)? After(PageRequest page)
    {
        if (page.After is not { } text) return null;
        var parts = text.Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row) && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? (row, part) : throw new BadInput("cursor", Texts.CursorWrong);
    }

    internal sealed record SourcesView(IReadOnlyList<SourceView> Items);

    internal sealed record SourceView(
        string Name, string Kind, int Trust, DateTimeOffset? NextAt, bool Wanted, DateTimeOffset? CheckedAt, long Failures, string Failure, DateTimeOffset? FailedAt, long OpenConflicts, RunView? LastRun);

    internal sealed record TrendView(IReadOnlyList<TrendPoint> Items);

    internal sealed record TrendPoint(string Run, DateTimeOffset At, long Rows, QualityView Quality);

    internal sealed record WorstView(IReadOnlyList<WorstRecord> Items);

    internal sealed record WorstRecord(CustomerId Customer, string ExternalId, double Score, DateTimeOffset SeenAt);

    internal sealed record RunView(
        string Id, string Source, string FileName, ImportState State, string Failure, string Notes, bool ByHand, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long Rows, long Done,
        long New, long Changed, long Unchanged, long Conflicts, long Rejected, long Duplicates, QualityView? Quality)
    {
        public static RunView Of(ImportRun r) => new(
            r.Id, r.Source, r.FileName, r.State, r.Failure, r.Notes, r.StartedBy.Length > 0, r.StartedAt, r.FinishedAt, r.RowsTotal, r.RowsDone,
            r.RowsNew, r.RowsChanged, r.RowsUnchanged, r.RowsConflict, r.RowsRejected, r.RowsDuplicate, r.Quality is { } quality ? QualityView.Of(quality) : null);
    }

    internal sealed record ConflictView(
        string Id, CustomerId Customer, CustomerField Field, string Source, string Ours, FieldOrigin? OursBy, DateTimeOffset? OursAt, string Theirs, DateTimeOffset? TheirsAt, DateTimeOffset OpenedAt)
    {
        public static ConflictView Of(ImportConflict c) => new(c.Id, c.Customer, c.Field, c.Source, c.Ours?.Value ?? "", c.Ours?.Origin, c.Ours?.At, c.Theirs, c.TheirsAt, c.OpenedAt);

        // Both words are personal; they stay out of every log.
        public override string ToString() => "ConflictView";
    }

    internal sealed record DecisionBody(string? Take, string? Reason);
}
