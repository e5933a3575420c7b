using System.Text.Json;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Editions;
using Courier.Services.Staff;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Editions;

/// <summary>Reads editions for the desk.</summary>
internal sealed class ShowEditions(Db db, TimeProvider clock, ChangeEdition change)
{
    private const string Page =
        """
        select id, kind, app_id as Owner, number, state, origin, based_on as BasedOn, '' as Content, authors, note, comment, problem,
               created_by as CreatedBy, created_at as CreatedAt, edited_by as EditedBy, edited_at as EditedAt,
               submitted_by as SubmittedBy, submitted_at as SubmittedAt, reviewed_by as ReviewedBy, reviewed_at as ReviewedAt,
               published_by as PublishedBy, published_at as PublishedAt, version
        from wechat_editions
        where kind = @kind and app_id = @appId and number < @before
        order by number desc
        limit @limit
        """;

    /// <summary>A content with the editions that matter now.</summary>
    public async Task<ContentView> Content(ContentName name, CancellationToken ct)
    {
        var head = await EditionStore.Head(db, name, ct).ConfigureAwait(false);
        return new(name.AppId, await Summary(head?.LiveEdition, ct).ConfigureAwait(false), await Summary(head?.OpenEdition, ct).ConfigureAwait(false),
            await Summary(head?.PublishingEdition, ct).ConfigureAwait(false));
    }

    /// <summary>Its editions, the newest first.</summary>
    public async Task<IReadOnlyList<EditionSummary>> List(ContentName name, long before, int limit, CancellationToken ct)
    {
        var editions = await db.Query<Edition>(Page, new { kind = name.Kind, appId = name.AppId, before, limit }, ct).ConfigureAwait(false);
        var names = await NamesIn(editions, ct).ConfigureAwait(false);
        return [.. editions.Select(e => EditionSummary.From(e, names))];
    }

    /// <summary>An edition with everything that its page shows; null when there is none.</summary>
    public async Task<EditionView?> One(ContentName name, long number, CurrentStaff me, CancellationToken ct)
    {
        if (await EditionStore.Load(db, name, number, ct).ConfigureAwait(false) is not { } edition) return null;
        var content = change.ContentOf(name)!;
        var head = await EditionStore.Head(db, name, ct).ConfigureAwait(false);
        var live = await EditionStore.Load(db, head!.LiveEdition, ct).ConfigureAwait(false);
        var before = live is null ? [] : await content.Lines(name.AppId, live.Content, ct).ConfigureAwait(false);
        return new EditionView(
            EditionSummary.From(edition, await NamesIn([edition], ct).ConfigureAwait(false)),
            JsonDocument.Parse(edition.Content).RootElement,
            await content.Problems(name.AppId, edition.Content, ct).ConfigureAwait(false),
            LineDiff.Of(before, await content.Lines(name.AppId, edition.Content, ct).ConfigureAwait(false)),
            head.LiveNumber,
            await Steps(name.Subject(number), ct).ConfigureAwait(false),
            await Uses(name, content.Counted(edition.Content), ct).ConfigureAwait(false),
            EditionMay.Of(edition, StaffId.Parse(me.Id), me.Roles));
    }

    // A long address is counted under a shorter name: the page looks for what stands in the edition.
    private async Task<IReadOnlyList<ItemUses>> Uses(ContentName name, IEnumerable<string> counted, CancellationToken ct)
    {
        var items = counted.DistinctBy(UsageCountItem.NameOf).ToDictionary(UsageCountItem.NameOf, StringComparer.Ordinal);
        var uses = await Usage.Of(db, clock, name.Kind == EditionKind.Menu ? UsageSubject.Menu : UsageSubject.Keyword, name.AppId, ct).ConfigureAwait(false);
        return [.. uses.Select(u => items.TryGetValue(u.Item, out var item) ? u with { Item = item } : u)];
    }

    private async Task<EditionSummary?> Summary(string? id, CancellationToken ct) =>
        await EditionStore.Load(db, id, ct).ConfigureAwait(false) is { } edition
            ? EditionSummary.From(edition, await NamesIn([edition], ct).ConfigureAwait(false))
            : null;

    private async Task<IReadOnlyList<EditionStep>> Steps(string subject, CancellationToken ct) =>
        [.. (await AuditTrail.List(db, new(Subject: subject), 100, ct).ConfigureAwait(false)).Reverse()
            .Select(e => new EditionStep(e.At, e.WhoDisplayName ?? Texts.Product, e.Action, e.Reason))];

    private async Task<Func<StaffId, string>> NamesIn(IReadOnlyList<Edition> editions, CancellationToken ct)
    {
        var ids = editions.SelectMany(e => new[] { e.EditedBy, e.SubmittedBy, e.ReviewedBy, e.PublishedBy }).OfType<StaffId>().ToHashSet();
        var names = await StaffAccounts.DisplayNames(db, ids, ct).ConfigureAwait(false);
        return id => names.GetValueOrDefault(id) ?? Texts.Product;
    }
}
