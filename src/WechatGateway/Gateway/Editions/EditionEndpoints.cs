using System.Globalization;
using System.Text.Json;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Editions;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.WechatGateway.Editions;

/// <summary>What operators and reviewers do with menus and the keyword table, on the desk's pages.</summary>
internal static class EditionEndpoints
{
    private const int LongestRemark = 200;

    public static void MapEditions(this IEndpointRouteBuilder endpoints)
    {
        var wechat = endpoints.MapGroup("/api/desk/v1/wechat");
        wechat.MapGet("/menus", Menus).ForStaff(EditionRights.Read);
        wechat.MapGet("/keywords", (ShowEditions show, CancellationToken ct) => show.Content(new ContentName(EditionKind.Keywords, ""), ct)).ForStaff(EditionRights.Read);
        MapContent(wechat.MapGroup("/menus/{appId}/editions"));
        MapContent(wechat.MapGroup("/keywords/editions"));
    }

    private static void MapContent(RouteGroupBuilder editions)
    {
        editions.AddEndpointFilter(KnownOnly);
        editions.MapGet("", List).ForStaff(EditionRights.Read);
        editions.MapPost("", Begin).ForStaff(EditionRights.Edit).TakesIdempotencyKey();
        editions.MapGet("/{number:long}", Show).ForStaff(EditionRights.Read);
        editions.MapPut("/{number:long}", Edit).ForStaff(EditionRights.Edit);
        Step(editions, "submit", EditionRights.Edit, (change, s, ct) => change.Submit(s.Name, s.Number, s.Version, s.Remark, s.Who, ct));
        Step(editions, "reopen", EditionRights.Edit, (change, s, ct) => change.Reopen(s.Name, s.Number, s.Version, s.Who, ct));
        Step(editions, "approve", EditionRights.Review, (change, s, ct) => change.Approve(s.Name, s.Number, s.Version, s.Remark, s.Who, ct));
        Step(editions, "send-back", EditionRights.Review, (change, s, ct) => change.SendBack(s.Name, s.Number, s.Version, s.Remark, s.Who, ct));
        Step(editions, "discard", EditionRights.Edit, (change, s, ct) => change.Discard(s.Name, s.Number, s.Version, s.Who, ct));
        editions.MapPost("/{number:long}/publish", Publish).ForStaff(EditionRights.Edit).TakesIdempotencyKey();
        editions.MapPost("/{number:long}/rollback", RollBack).ForStaff(EditionRights.Edit).TakesIdempotencyKey();
        editions.MapGet("/{number:long}/preview", Preview).ForStaff(EditionRights.Read);
        editions.MapPost("/{number:long}/preview/say", Say).ForStaff(EditionRights.Read);
    }

    private static void Step(RouteGroupBuilder editions, string verb, string[] roles, Func<ChangeEdition, Taken, CancellationToken, Task<Edition?>> step) =>
        editions.MapPost("/{number:long}/" + verb, async Task<Results<Ok<EditionView>, ProblemHttpResult>> (
            ContentRoute content, long number, StepBody body, CurrentStaff me, ChangeEdition change, ShowEditions show, CancellationToken ct) =>
            await step(change, new(content.Name, number, body.Version, Checked(body.Remark), StaffId.Parse(me.Id)), ct).ConfigureAwait(false) is null
                ? Problems.NotFound()
                : await Shown(show, content.Name, number, me, ct).ConfigureAwait(false)).ForStaff(roles).TakesIdempotencyKey();

    private static async Task<Ok<ListOf<ContentView>>> Menus(WechatAccounts accounts, ShowEditions show, CancellationToken ct)
    {
        var views = new List<ContentView>();
        foreach (var account in accounts.All.Where(a => a.Kind == AccountKind.OfficialAccount)) // a handful
            views.Add(await show.Content(new ContentName(EditionKind.Menu, account.AppId), ct).ConfigureAwait(false));
        return TypedResults.Ok(new ListOf<ContentView>(views));
    }

    private static async Task<Page<EditionSummary>> List(ContentRoute content, PageRequest page, ShowEditions show, CancellationToken ct)
    {
        var before = page.After is null ? long.MaxValue
            : long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new BadInput("cursor", Texts.CursorWrong, "request.cursor_invalid");
        var editions = await show.List(content.Name, before, page.Limit, ct).ConfigureAwait(false);
        return Page<EditionSummary>.Of(editions, editions.Count == page.Limit ? editions[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static async Task<Results<Created<EditionView>, ProblemHttpResult>> Begin(
        ContentRoute content, BeginBody body, CurrentStaff me, ChangeEdition change, ShowEditions show, HttpRequest request, CancellationToken ct)
    {
        if (await change.Begin(content.Name, body.From, StaffId.Parse(me.Id), ct).ConfigureAwait(false) is not { } draft) return Problems.NotFound();
        return TypedResults.Created(FormattableString.Invariant($"{request.Path}/{draft.Number}"), await show.One(content.Name, draft.Number, me, ct).ConfigureAwait(false));
    }

    private static async Task<Results<Ok<EditionView>, ProblemHttpResult>> Show(ContentRoute content, long number, CurrentStaff me, ShowEditions show, CancellationToken ct) =>
        await show.One(content.Name, number, me, ct).ConfigureAwait(false) is { } view ? TypedResults.Ok(view) : Problems.NotFound();

    private static async Task<Results<Ok<EditionView>, ProblemHttpResult>> Edit(
        ContentRoute content, long number, EditBody body, CurrentStaff me, ChangeEdition change, ShowEditions show, CancellationToken ct)
    {
        var text = change.ContentOf(content.Name)!.Normal(body.Content.GetRawText());
        return await change.Edit(content.Name, number, body.Version, text, StaffId.Parse(me.Id), ct).ConfigureAwait(false) is null
            ? Problems.NotFound()
            : await Shown(show, content.Name, number, me, ct).ConfigureAwait(false);
    }

    private static async Task<Results<Ok<EditionView>, ProblemHttpResult>> Publish(
        ContentRoute content, long number, StepBody body, CurrentStaff me, PublishEdition publish, ShowEditions show, CancellationToken ct) =>
        await publish.Execute(content.Name, number, body.Version, StaffId.Parse(me.Id), ct).ConfigureAwait(false) is null
            ? Problems.NotFound()
            : await Shown(show, content.Name, number, me, ct).ConfigureAwait(false);

    private static async Task<Results<Ok<EditionView>, ProblemHttpResult>> RollBack(
        ContentRoute content, long number, RemarkBody body, CurrentStaff me, PublishEdition publish, ShowEditions show, CancellationToken ct) =>
        await publish.RollBack(content.Name, number, Checked(body.Remark), StaffId.Parse(me.Id), ct).ConfigureAwait(false) is not { } again
            ? Problems.NotFound()
            : await Shown(show, content.Name, again.Number, me, ct).ConfigureAwait(false);

    private static async Task<Results<Ok<PreviewedMenu>, ProblemHttpResult>> Preview(
        ContentRoute content, long number, string? account, long? tag, PreviewEdition preview, Db db, CancellationToken ct) =>
        await EditionStore.Load(db, content.Name, number, ct).ConfigureAwait(false) is { } edition
            ? TypedResults.Ok(await preview.Show(edition, account, tag, ct).ConfigureAwait(false))
            : Problems.NotFound();

    private static async Task<Results<Ok<SaidBody>, ProblemHttpResult>> Say(
        ContentRoute content, long number, string? account, long? tag, SayBody body, PreviewEdition preview, Db db, CancellationToken ct) =>
        await EditionStore.Load(db, content.Name, number, ct).ConfigureAwait(false) is { } edition
            ? TypedResults.Ok(new SaidBody(await preview.Say(edition, account, tag, body.Text, body.Key, ct).ConfigureAwait(false)))
            : Problems.NotFound();

    private static async Task<Ok<EditionView>> Shown(ShowEditions show, ContentName name, long number, CurrentStaff me, CancellationToken ct) =>
        TypedResults.Ok((await show.One(name, number, me, ct).ConfigureAwait(false))!);

    private static async ValueTask<object?> KnownOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<ChangeEdition>().ContentOf(ContentRoute.Of(context.HttpContext)) is null
            ? Problems.NotFound()
            : await next(context).ConfigureAwait(false);

    private static string Checked(string? remark) => remark?.Trim() switch
    {
        null => "",
        { Length: > LongestRemark } => throw new BadInput("remark", Texts.CommentTooLong),
        var text => text,
    };

    private sealed record Taken(ContentName Name, long Number, long Version, string Remark, StaffId Who);
}

/// <summary>Of which content a request speaks: its route names an account, or it is the keyword table.</summary>
internal sealed record ContentRoute(ContentName Name)
{
    public static ContentName Of(HttpContext context) =>
        context.GetRouteValue("appId") is string appId ? new(EditionKind.Menu, appId) : new(EditionKind.Keywords, "");

    /// <summary>Binds the parameter.</summary>
    public static ValueTask<ContentRoute?> BindAsync(HttpContext context) => ValueTask.FromResult<ContentRoute?>(new(Of(context)));
}

/// <summary>Begin a draft from the live edition, or from the one with this number.</summary>
internal sealed record BeginBody(long? From);

/// <summary>The new text of a draft, and the version that the writer has seen.</summary>
internal sealed record EditBody(long Version, JsonElement Content);

/// <summary>A step, and the version that whoever takes it has seen.</summary>
internal sealed record StepBody(long Version, string? Remark);

/// <summary>A word about it.</summary>
internal sealed record RemarkBody(string? Remark);

/// <summary>What is typed or tapped in a preview.</summary>
internal sealed record SayBody(string? Text, string? Key);

/// <summary>What the preview answers.</summary>
internal sealed record SaidBody(string Text);
