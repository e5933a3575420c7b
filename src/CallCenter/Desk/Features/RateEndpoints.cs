using System.Text;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Rates;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Rate cards: operators import, check and replay them; somebody else publishes, and anybody of them restores the card before.</summary>
internal static class RateEndpoints
{
    private const int LongestName = 60, MostFiles = 20;

    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    public static void Map(IEndpointRouteBuilder desk)
    {
        var rates = desk.MapGroup("/rates");
        rates.MapGet("", List).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        rates.MapGet("/{id}/changes", Changes).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        rates.MapGet("/{id}/replay", FindReplay).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        rates.MapGet("/{id}/files/{file}", Download).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        rates.MapPost("/preview", Preview).ForStaff(RoleNames.Operator, RoleNames.Admin);
        rates.MapPost("", Import).ForStaff(RoleNames.Operator, RoleNames.Admin);
        rates.MapPost("/{id}/check", Check).ForStaff(RoleNames.Operator, RoleNames.Admin);
        rates.MapPost("/{id}/replay", Replay).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        rates.MapPost("/{id}/discard", Discard).ForStaff(RoleNames.Operator, RoleNames.Admin);
        rates.MapPost("/{id}/publish", Publish).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        rates.MapPost("/{id}/restore", Restore).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        rates.MapPost("/publications/{entry}/withdraw", Withdraw).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
    }

    private static async Task<Page<CardView>> List(PageRequest page, Db db, RateBook book, TimeProvider clock, CancellationToken ct)
    {
        var live = (await book.Current(ct).ConfigureAwait(false)).Id;
        var cards = await ListCards.Execute(db, page.After, page.Limit, ct).ConfigureAwait(false);
        var names = await StaffAccounts.DisplayNames(db, [.. cards.SelectMany(c => c.Publications.Select(p => p.PublishedBy).Append(c.Author)).Distinct()], ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return Page<CardView>.Of([.. cards.Select(c => CardView.Of(c, live, names, now))], cards.Count == page.Limit ? cards[^1].Id : null);
    }

    private static async Task<Results<Ok<ChangesView>, ProblemHttpResult>> Changes(string id, Db db, RateBook book, CancellationToken ct) =>
        await ListCards.Changes(db, book, id, ct).ConfigureAwait(false) is { } changes ? TypedResults.Ok(new ChangesView(changes)) : Problems.NotFound();

    private static async Task<Results<Ok<ReplayReport>, ProblemHttpResult>> FindReplay(string id, Db db, CancellationToken ct) =>
        await ReplayCard.Find(db, id, ct).ConfigureAwait(false) is { } report ? TypedResults.Ok(report) : Problems.NotFound();

    // With a mark, so that spreadsheets know the encoding.
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Download(string id, string file, Db db, CancellationToken ct) =>
        (await ListCards.Files(db, id, ct).ConfigureAwait(false)).TryGetValue(file, out var text)
            ? TypedResults.Bytes(Encoding.UTF8.GetBytes("\uFEFF" + text), "text/csv; charset=utf-8", $"rates_{file}.csv")
            : Problems.NotFound();

    private static async Task<Ok<CardImport>> Preview(ImportBody body, Db db, RateBook book, Divisions divisions, CancellationToken ct) =>
        TypedResults.Ok(await ImportCard.Preview(db, book, divisions, body.Uploads(), ct).ConfigureAwait(false));

    private static async Task<Ok<CardImport>> Import(ImportBody body, CurrentStaff me, Db db, TimeProvider clock, RateBook book, Divisions divisions, CancellationToken ct)
    {
        var name = body.Name?.Trim() is { Length: >= 1 and <= LongestName } given && !given.Any(char.IsControl) ? given : throw new BadInput("name", Texts.CardNameWrong);
        return TypedResults.Ok(await ImportCard.Execute(db, clock, book, divisions, StaffId.Parse(me.Id), name, body.Uploads(), ct).ConfigureAwait(false));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Check(string id, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        Found(await PublishCard.Check(db, clock, StaffId.Parse(me.Id), id, ct).ConfigureAwait(false));

    private static async Task<Results<Ok<ReplayReport>, ProblemHttpResult>> Replay(
        string id, CurrentStaff me, Db db, TimeProvider clock, RateBook book, Divisions divisions, RatesOptions options, CancellationToken ct) =>
        await ReplayCard.Execute(db, clock, book, divisions, options, StaffId.Parse(me.Id), id, ct).ConfigureAwait(false) is { } report
            ? TypedResults.Ok(report)
            : Problems.NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> Discard(string id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        Found(await PublishCard.Discard(db, clock, StaffId.Parse(me.Id), id, body.Checked() ?? "", ct).ConfigureAwait(false));

    private static async Task<Results<NoContent, ProblemHttpResult>> Publish(string id, PublishBody body, CurrentStaff me, Db db, TimeProvider clock, RateBook book, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var from = body.From ?? now;
        if (from < now.AddMinutes(-5) || from > now + Furthest) throw new BadInput("from", Texts.ValidFromWrong);
        return Found(await PublishCard.Execute(db, clock, book, StaffId.Parse(me.Id), id, from, ct).ConfigureAwait(false));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Restore(string id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, RateBook book, CancellationToken ct) =>
        Found(await PublishCard.Restore(db, clock, book, StaffId.Parse(me.Id), id, Reason(body), ct).ConfigureAwait(false));

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(string entry, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, RateBook book, CancellationToken ct) =>
        Found(await PublishCard.Withdraw(db, clock, book, StaffId.Parse(me.Id), entry, Reason(body), ct).ConfigureAwait(false));

    private static string Reason(ReasonBody body) => body.Checked() ?? throw new BadInput("reason", Texts.ReasonMissing);

    private static Results<NoContent, ProblemHttpResult> Found(bool found) => found ? TypedResults.NoContent() : Problems.NotFound();

    /// <summary>Files of a card; their content in base64, for they may be GBK.</summary>
    internal sealed record ImportBody(string? Name, IReadOnlyList<FileBody>? Files)
    {
        public IReadOnlyList<UploadedFile> Uploads()
        {
            if (Files is not { Count: >= 1 and <= MostFiles } files) throw new BadInput("files", Texts.CardFilesMissing);
            if (files.Any(f => f?.Name is not { Length: >= 1 and <= 200 } || f.Content is null)) throw new BadInput("files", Texts.CardFilesMissing);
            return [.. files.Select(f => new UploadedFile(f.Name!, f.Content))];
        }
    }

    internal sealed record FileBody(string? Name, byte[]? Content);

    internal sealed record PublishBody(DateTimeOffset? From);

    internal sealed record ChangesView(IReadOnlyList<CardChange> Items);

    internal sealed record PublicationView(string Id, DateTimeOffset ValidFrom, string? PublishedBy, DateTimeOffset PublishedAt, DateTimeOffset? WithdrawnAt, bool Begun);

    internal sealed record CardView(
        string Id, string Name, CardState State, string? Author, DateTimeOffset CreatedAt, bool Live, IReadOnlyList<PublicationView> Publications)
    {
        public static CardView Of(ListedCard card, string live, IReadOnlyDictionary<StaffId, string> names, DateTimeOffset now) => new(
            card.Id, card.Name, card.State, names.GetValueOrDefault(card.Author), card.CreatedAt, card.Id == live,
            [.. card.Publications.Select(p => new PublicationView(p.Id, p.ValidFrom, names.GetValueOrDefault(p.PublishedBy), p.PublishedAt, p.WithdrawnAt, p.ValidFrom <= now))]);
    }
}
