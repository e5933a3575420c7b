using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Incidents that customers are told of: operators write, publish and end them; supervisors and agents see them.</summary>
internal static class IncidentEndpoints
{
    private const int MostHistory = 50, MostDivisions = 12;

    public static void Map(IEndpointRouteBuilder desk)
    {
        var incidents = desk.MapGroup("/incidents");
        incidents.MapGet("", List).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor, RoleNames.Agent);
        incidents.MapGet("/{id}/history", History).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor, RoleNames.Agent);
        incidents.MapPost("", Create).ForStaff(RoleNames.Operator, RoleNames.Admin);
        incidents.MapPut("/{id}", Change).ForStaff(RoleNames.Operator, RoleNames.Admin);
        incidents.MapPost("/{id}/publish", Publish).ForStaff(RoleNames.Operator, RoleNames.Admin);
        incidents.MapPost("/{id}/tell", Tell).ForStaff(RoleNames.Operator, RoleNames.Admin);
        incidents.MapPost("/{id}/end", End).ForStaff(RoleNames.Operator, RoleNames.Admin);
        desk.MapGet("/divisions", Search).ForStaff(RoleNames.Operator, RoleNames.Admin);
    }

    private static async Task<Page<IncidentView>> List(string? state, PageRequest page, Db db, TimeProvider clock, Divisions divisions, CancellationToken ct)
    {
        IncidentState? wanted = string.IsNullOrEmpty(state) ? null
            : EnumText<IncidentState>.TryParse(state, out var parsed) ? parsed
            : throw new BadInput("state", Texts.StateUnknown);
        var incidents = await ListIncidents.Page(db, wanted, page.After, page.Limit, ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return Page<IncidentView>.Of([.. incidents.Select(i => IncidentView.Of(i, now, divisions))], incidents.Count == page.Limit ? incidents[^1].Incident.Id : null);
    }

    private static async Task<HistoryView> History(string id, Db db, CancellationToken ct)
    {
        var entries = await AuditTrail.List(db, new AuditTrail.Filter(Subject: "incident:" + id), MostHistory, ct).ConfigureAwait(false);
        return new HistoryView([.. entries.Select(e => new HistoryEntry(e.At, e.WhoDisplayName ?? e.WhoName, e.Action, e.Reason))]);
    }

    private static async Task<Created<CreatedIncident>> Create(IncidentBody body, CurrentStaff me, Db db, TimeProvider clock, Divisions divisions, CancellationToken ct)
    {
        var id = await WriteIncidents.Create(db, clock, divisions, StaffId.Parse(me.Id), body.Checked(clock.GetUtcNow(), divisions), ct).ConfigureAwait(false);
        return TypedResults.Created($"{DeskModule.Prefix}/incidents/{id}", new CreatedIncident(id));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Change(
        string id, IncidentBody body, CurrentStaff me, Db db, TimeProvider clock, Divisions divisions, IncidentBoard board, CancellationToken ct) =>
        Found(await WriteIncidents.Change(
            db, clock, divisions, board, StaffId.Parse(me.Id), id, body.Version ?? 0, body.Checked(clock.GetUtcNow(), divisions), ct).ConfigureAwait(false));

    private static async Task<Results<NoContent, ProblemHttpResult>> Publish(
        string id, PublishBody body, CurrentStaff me, Db db, TimeProvider clock, IncidentBoard board, CancellationToken ct) =>
        Found(await WriteIncidents.Publish(db, clock, board, StaffId.Parse(me.Id), id, body.Tell, ct).ConfigureAwait(false));

    private static async Task<Results<NoContent, ProblemHttpResult>> Tell(string id, CurrentStaff me, Db db, TimeProvider clock, IncidentBoard board, CancellationToken ct) =>
        Found(await WriteIncidents.Tell(db, clock, board, StaffId.Parse(me.Id), id, ct).ConfigureAwait(false));

    private static async Task<Results<NoContent, ProblemHttpResult>> End(
        string id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, IncidentBoard board, CancellationToken ct) =>
        Found(await WriteIncidents.End(db, clock, board, StaffId.Parse(me.Id), id, body.Checked(), ct).ConfigureAwait(false));

    private static DivisionsView Search(string? q, Divisions divisions)
    {
        var query = q?.Trim() is { Length: <= 50 } text ? text : "";
        var found = divisions.Search(query, MostDivisions).Select(d => new RegionView(d.Code, d.FullName)).ToList();
        if (query.Length > 0 && Texts.WholeCountry.StartsWith(query, StringComparison.Ordinal)) found.Insert(0, new RegionView(Incident.WholeCountry, Texts.WholeCountry));
        return new DivisionsView(found);
    }

    private static Results<NoContent, ProblemHttpResult> Found(bool found) => found ? TypedResults.NoContent() : Problems.NotFound();

    internal sealed record PublishBody(bool Tell);

    internal sealed record CreatedIncident(string Id);

    internal sealed record RegionView(string Code, string Name);

    internal sealed record DivisionsView(IReadOnlyList<RegionView> Items);

    internal sealed record HistoryView(IReadOnlyList<HistoryEntry> Items);

    internal sealed record HistoryEntry(DateTimeOffset At, string? Who, string Action, string Details);

    internal sealed record IncidentView(
        string Id, string Title, string Text, string Line, IncidentKind Kind, IncidentSeverity Severity, IReadOnlyList<RegionView> Regions, DateTimeOffset From, DateTimeOffset? Until,
        IncidentState State, bool Shown, long Version, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt, DateTimeOffset? EndedAt,
        IncidentTelling Telling, long ToldParcels, long ToldCustomers)
    {
        public static IncidentView Of(ListedIncident listed, DateTimeOffset now, Divisions divisions) => new(
            listed.Incident.Id, listed.Incident.Title, listed.Incident.Text, listed.Incident.Line, listed.Incident.Kind, listed.Incident.Severity,
            [.. listed.Incident.Regions.Select(r => new RegionView(r, r == Incident.WholeCountry ? Texts.WholeCountry : divisions.Find(r)?.FullName ?? r))],
            listed.Incident.StartsAt, listed.Incident.EndsAt, listed.Incident.State, listed.Incident.IsShown(now), listed.Incident.Version,
            listed.CreatedAt, listed.PublishedAt, listed.EndedAt, listed.Telling, listed.ToldParcels, listed.ToldCustomers);
    }
}

/// <summary>What an operator sends of an incident.</summary>
internal sealed record IncidentBody(
    string? Title, string? Text, string? Kind, string? Severity, IReadOnlyList<string>? Regions, DateTimeOffset? From, DateTimeOffset? Until, long? Version)
{
    /// <summary>The draft; it begins now when no beginning is given.</summary>
    /// <exception cref="BadInput">A field is wrong.</exception>
    public IncidentDraft Checked(DateTimeOffset now, Divisions divisions)
    {
        var draft = new IncidentDraft(
            Title?.Trim() ?? "", Text?.Trim() ?? "",
            EnumText<IncidentKind>.TryParse(Kind, out var kind) ? kind : throw new BadInput("kind", Texts.IncidentKindWrong),
            EnumText<IncidentSeverity>.TryParse(Severity, out var severity) ? severity : throw new BadInput("severity", Texts.IncidentSeverityWrong),
            Regions ?? [], From ?? now, Until);
        return draft.Problem(divisions) is { } problem ? throw new BadInput(problem.Field, problem.Message) : draft;
    }
}
