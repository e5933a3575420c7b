using System.Globalization;
using System.Text.Json;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Editions;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Ivr;

/// <summary>What operators and reviewers do with the flows of the hotline, on the desk's page.</summary>
internal static class FlowEndpoints
{
    private const int LongestRemark = 200, MostSteps = 200, LongestKeys = 64, MostDays = 92;

    public static void Map(IEndpointRouteBuilder desk)
    {
        var flows = desk.MapGroup("/ivr");
        flows.MapGet("/flows", Flows).ForStaff(EditionRights.Read);
        flows.MapGet("/nodes", Nodes).ForStaff(EditionRights.Read);
        var editions = flows.MapGroup("/flows/{flow}/editions");
        editions.MapGet("", List).ForStaff(EditionRights.Read);
        editions.MapPost("", Begin).ForStaff(EditionRights.Edit).TakesIdempotencyKey();
        editions.MapGet("/{number:long}", Show).ForStaff(EditionRights.Read);
        editions.MapPut("/{number:long}", Edit).ForStaff(EditionRights.Edit);
        Step(editions, "submit", EditionRights.Edit, (e, s, ct) => e.Submit(s.Flow, s.Number, s.Version, s.Remark, s.Who, ct));
        Step(editions, "reopen", EditionRights.Edit, (e, s, ct) => e.Reopen(s.Flow, s.Number, s.Version, s.Who, ct));
        Step(editions, "approve", EditionRights.Review, (e, s, ct) => e.Approve(s.Flow, s.Number, s.Version, s.Remark, s.Who, ct));
        Step(editions, "send-back", EditionRights.Review, (e, s, ct) => e.SendBack(s.Flow, s.Number, s.Version, s.Remark, s.Who, ct));
        Step(editions, "discard", EditionRights.Edit, (e, s, ct) => e.Discard(s.Flow, s.Number, s.Version, s.Who, ct));
        Step(editions, "publish", EditionRights.Edit, (e, s, ct) => e.Publish(s.Flow, s.Number, s.Version, s.Who, ct));
        editions.MapPost("/{number:long}/rollback", RollBack).ForStaff(EditionRights.Edit).TakesIdempotencyKey();
        editions.MapPost("/{number:long}/preview", Preview).ForStaff(EditionRights.Read);
        editions.MapGet("/{number:long}/report", Report).ForStaff(EditionRights.Read);
    }

    private static void Step(RouteGroupBuilder editions, string verb, string[] roles, Func<FlowEditions, Taken, CancellationToken, Task<bool>> step) =>
        editions.MapPost("/{number:long}/" + verb, async Task<Results<Ok<FlowView>, ProblemHttpResult>> (
            string flow, long number, StepBody body, CurrentStaff me, FlowEditions editions, ShowFlows show, CancellationToken ct) =>
            await step(editions, new(flow, number, body.Version, Checked(body.Remark), StaffId.Parse(me.Id)), ct).ConfigureAwait(false)
                ? await Shown(show, flow, number, me, ct).ConfigureAwait(false)
                : Problems.NotFound()).ForStaff(roles).TakesIdempotencyKey();

    private static async Task<Ok<FlowList>> Flows(Db db, CancellationToken ct) =>
        TypedResults.Ok(new FlowList([.. (await FlowStore.All(db, ct).ConfigureAwait(false)).Select(f => new FlowItem(f.Name, f.LiveNumber, f.OpenNumber))]));

    private static async Task<Ok<NodeCatalogue>> Nodes(DeedBook deeds, Voice.Prompts prompts, CancellationToken ct) => TypedResults.Ok(new NodeCatalogue(
        NodeKinds.All, [.. deeds.All.Select(d => new DeedItem(d.Name, d.Type, d.Title, d.Outcomes, d.Values))], [.. deeds.Values],
        [.. (await prompts.Current(ct).ConfigureAwait(false)).All.Values.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new NamedThing(p.Name, p.Text))]));

    private static async Task<Page<EditionSummary>> List(string flow, PageRequest page, ShowFlows show, CancellationToken ct)
    {
        var before = page.After is null ? long.MaxValue
            : long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new BadInput("cursor", Texts.CursorWrong, "request.cursor_invalid");
        var editions = await show.List(flow, before, page.Limit, ct).ConfigureAwait(false);
        return Page<EditionSummary>.Of(editions, editions.Count == page.Limit ? editions[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static async Task<Results<Created<FlowView>, ProblemHttpResult>> Begin(
        string flow, BeginBody body, CurrentStaff me, FlowEditions editions, ShowFlows show, HttpRequest request, CancellationToken ct)
    {
        if (await editions.Begin(flow, body.From, StaffId.Parse(me.Id), ct).ConfigureAwait(false) is not { } draft) return Problems.NotFound();
        return TypedResults.Created(FormattableString.Invariant($"{request.Path}/{draft.Number}"), await show.One(flow, draft.Number, me, ct).ConfigureAwait(false));
    }

    private static async Task<Results<Ok<FlowView>, ProblemHttpResult>> Show(string flow, long number, CurrentStaff me, ShowFlows show, CancellationToken ct) =>
        await show.One(flow, number, me, ct).ConfigureAwait(false) is { } view ? TypedResults.Ok(view) : Problems.NotFound();

    private static async Task<Results<Ok<FlowView>, ProblemHttpResult>> Edit(
        string flow, long number, EditBody body, CurrentStaff me, FlowEditions editions, ShowFlows show, CancellationToken ct) =>
        await editions.Edit(flow, number, body.Version, FlowContent.Read(body.Content.GetRawText()), StaffId.Parse(me.Id), ct).ConfigureAwait(false)
            ? await Shown(show, flow, number, me, ct).ConfigureAwait(false)
            : Problems.NotFound();

    private static async Task<Results<Ok<FlowView>, ProblemHttpResult>> RollBack(
        string flow, long number, RemarkBody body, CurrentStaff me, FlowEditions editions, ShowFlows show, CancellationToken ct) =>
        await editions.RollBack(flow, number, Checked(body.Remark), StaffId.Parse(me.Id), ct).ConfigureAwait(false) is { } live
            ? await Shown(show, flow, live, me, ct).ConfigureAwait(false)
            : Problems.NotFound();

    private static async Task<Results<Ok<Rehearsed>, ProblemHttpResult>> Preview(string flow, long number, PreviewBody body, FlowEditions editions, Rehearse rehearse, Db db, CancellationToken ct)
    {
        if (await FlowStore.Load(db, flow, number, ct).ConfigureAwait(false) is not { } edition) return Problems.NotFound();
        if ((await editions.Problems(edition.Content, ct).ConfigureAwait(false)).Any(p => !p.IsWarning)) throw Edition.Refusal("edition.problems");
        return TypedResults.Ok(await rehearse.Play(FlowContent.Read(edition.Content), flow, body.Checked(), ct).ConfigureAwait(false));
    }

    private static async Task<Ok<ReportView>> Report(string flow, long number, DateOnly? since, DateOnly? until, Db db, TimeProvider clock, CancellationToken ct)
    {
        var last = until ?? ChinaTime.Day(clock.GetUtcNow());
        var first = since ?? last.AddDays(-6);
        if (last < first || last.DayNumber - first.DayNumber >= MostDays) throw new BadInput("since", Texts.DaysWrong);
        return TypedResults.Ok(new ReportView(first, last, await NodeReport.Of(db, flow, number, first, last, ct).ConfigureAwait(false)));
    }

    private static async Task<Ok<FlowView>> Shown(ShowFlows show, string flow, long number, CurrentStaff me, CancellationToken ct) =>
        TypedResults.Ok((await show.One(flow, number, me, ct).ConfigureAwait(false))!);

    private static string Checked(string? remark) => remark?.Trim() switch
    {
        null => "",
        { Length: > LongestRemark } => throw new BadInput("remark", Texts.CommentTooLong),
        var text => text,
    };

    private sealed record Taken(string Flow, long Number, long Version, string Remark, StaffId Who);

    internal sealed record FlowItem(string Name, long LiveNumber, long OpenNumber);

    internal sealed record FlowList(IReadOnlyList<FlowItem> Items);

    internal sealed record DeedItem(string Name, NodeType Type, string Title, IReadOnlyList<NamedThing> Outcomes, IReadOnlyList<NamedThing> Values);

    /// <summary>What the editor offers.</summary>
    internal sealed record NodeCatalogue(IReadOnlyList<NodeKind> Kinds, IReadOnlyList<DeedItem> Deeds, IReadOnlyList<NamedThing> Values, IReadOnlyList<NamedThing> Prompts);

    internal sealed record ReportView(DateOnly Since, DateOnly Until, IReadOnlyList<NodeReport> Items);

    internal sealed record BeginBody(long? From);

    internal sealed record EditBody(long Version, JsonElement Content);

    internal sealed record StepBody(long Version, string? Remark);

    internal sealed record RemarkBody(string? Remark);

    internal sealed record PreviewBody(IReadOnlyList<RehearsedStep?>? Steps)
    {
        public IReadOnlyList<RehearsedStep> Checked() =>
            Steps is { Count: <= MostSteps } steps && steps.All(s => s is not null && s.Keys is null != s.Outcome is null && s.Keys is not { Length: > LongestKeys } && s.Keys?.All(IsKey) is not false)
                ? [.. steps.OfType<RehearsedStep>()]
                : throw new BadInput("steps", Texts.ScriptWrong);

        private static bool IsKey(char c) => char.IsAsciiDigit(c) || c is '*' or '#';
    }
}
