using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Editions;
using Courier.Services.Staff;

namespace Courier.WechatGateway.Editions;

/// <summary>What staff do with an edition until it is published. Every step is in the audit trail.</summary>
internal sealed class ChangeEdition(Db db, TimeProvider clock, IEnumerable<IEditionContent> contents)
{
    private readonly Dictionary<EditionKind, IEditionContent> _contents = contents.ToDictionary(c => c.Kind);

    /// <summary>What its editions hold; null when there is no such content.</summary>
    public IEditionContent? ContentOf(ContentName name) => _contents[name.Kind] is { } content && content.Knows(name.AppId) ? content : null;

    /// <summary>Begins a new edition from the live one, or from any other.</summary>
    /// <param name="name">Of which content.</param>
    /// <param name="from">Number of the edition to begin with; null for the live one.</param>
    /// <param name="who">Who begins it.</param>
    /// <param name="ct">Ends the command.</param>
    /// <returns>The draft; null when there is no such edition.</returns>
    /// <exception cref="RuleBroken"><c>edition.open_exists</c>.</exception>
    public Task<Edition?> Begin(ContentName name, long? from, StaffId who, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var head = await EditionStore.Lock(tx, name, ct).ConfigureAwait(false);
        if (head.OpenEdition is not null) throw Edition.Refusal("edition.open_exists");
        var source = from is { } number
            ? await EditionStore.Load(tx, name, number, ct).ConfigureAwait(false)
            : await EditionStore.Load(tx, head.LiveEdition, ct).ConfigureAwait(false);
        if (source is null && from is not null) return null;
        var draft = Edition.New(Ids.New(clock), EnumText<EditionKind>.Of(name.Kind), name.AppId, head.LastNumber + 1, source?.Content ?? _contents[name.Kind].Normal("{}"), who, clock.GetUtcNow())
            with { BasedOn = head.LiveNumber };
        await EditionStore.Insert(tx, head with { OpenEdition = draft.Id }, draft, ct).ConfigureAwait(false);
        await Note(tx, draft, "begun", source is null ? null : Texts.Based(source.Number), who, ct).ConfigureAwait(false);
        return draft;
    }, ct);

    /// <summary>Saves the text. The audit trail gets an entry when another writes than before, not for each time the page saves by itself.</summary>
    public Task<Edition?> Edit(ContentName name, long number, long version, string content, StaffId who, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await Load(tx, name, number, version, ct).ConfigureAwait(false) is not var (head, edition)) return null;
        var edited = edition.Edit(content, who, clock.GetUtcNow());
        if (edition.EditedBy != who || edition.EditedAt <= (edition.SubmittedAt ?? edition.CreatedAt)) await Note(tx, edited, "edited", null, who, ct).ConfigureAwait(false);
        return await EditionStore.Save(tx, head, edited, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>Asks for the review of a draft without faults.</summary>
    /// <exception cref="RuleBroken"><c>edition.problems</c>, <c>edition.not_draft</c>, <c>edition.changed</c>.</exception>
    public async Task<Edition?> Submit(ContentName name, long number, long version, string note, StaffId who, CancellationToken ct)
    {
        if (await EditionStore.Load(db, name, number, ct).ConfigureAwait(false) is not { } draft) return null;
        await RefuseFaults(draft, ct).ConfigureAwait(false);
        return await Change(name, number, version, "submitted", note, who, (head, edition) =>
            (head, edition.Submit(note, head.LiveNumber, who, clock.GetUtcNow())), ct).ConfigureAwait(false);
    }

    /// <summary>Back to the author's desk.</summary>
    public Task<Edition?> Reopen(ContentName name, long number, long version, StaffId who, CancellationToken ct) =>
        Change(name, number, version, "reopened", null, who, (head, edition) => (head, edition.Reopen()), ct);

    /// <summary>A second person agrees.</summary>
    /// <exception cref="RuleBroken"><c>edition.own_review</c>, <c>edition.not_in_review</c>, <c>edition.changed</c>.</exception>
    public Task<Edition?> Approve(ContentName name, long number, long version, string comment, StaffId who, CancellationToken ct) =>
        Change(name, number, version, "approved", comment, who, (head, edition) => (head, edition.Approve(comment, who, clock.GetUtcNow())), ct);

    /// <summary>A second person wants it changed.</summary>
    /// <exception cref="RuleBroken"><c>edition.own_review</c>, <c>edition.comment_missing</c>, <c>edition.not_in_review</c>, <c>edition.changed</c>.</exception>
    public Task<Edition?> SendBack(ContentName name, long number, long version, string comment, StaffId who, CancellationToken ct) =>
        Change(name, number, version, "sent_back", comment, who, (head, edition) => (head, edition.SendBack(comment, who, clock.GetUtcNow())), ct);

    /// <summary>Nobody wants it any more.</summary>
    public Task<Edition?> Discard(ContentName name, long number, long version, StaffId who, CancellationToken ct) =>
        Change(name, number, version, "discarded", null, who, (head, edition) => (head with { OpenEdition = null }, edition.Discard()), ct);

    /// <summary>One step of an edition, with its entry in the audit trail.</summary>
    public Task<Edition?> Change(ContentName name, long number, long version, string action, string? reason, StaffId who,
        Func<ContentHead, Edition, (ContentHead Head, Edition Edition)> decide, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await Load(tx, name, number, version, ct).ConfigureAwait(false) is not var (head, edition)) return null;
        var (changedHead, changed) = decide(head, edition);
        await Note(tx, changed, action, reason, who, ct).ConfigureAwait(false);
        return await EditionStore.Save(tx, changedHead, changed, ct).ConfigureAwait(false);
    }, ct);

    /// <exception cref="RuleBroken"><c>edition.problems</c>.</exception>
    public async Task RefuseFaults(Edition edition, CancellationToken ct)
    {
        var problems = await _contents[ContentName.Of(edition).Kind].Problems(edition.Owner, edition.Content, ct).ConfigureAwait(false);
        if (problems.Any(p => !p.IsWarning)) throw Edition.Refusal("edition.problems");
    }

    /// <summary>Writes a step into the audit trail: <c>wechat.menu_approved</c> and so on.</summary>
    public Task Note(Tx tx, Edition edition, string step, string? reason, StaffId who, CancellationToken ct) =>
        Audit.Record(tx, clock, who, $"wechat.{edition.Kind}_{step}", ContentName.Of(edition).Subject(edition.Number), reason, ct);

    private static async Task<(ContentHead, Edition)?> Load(Tx tx, ContentName name, long number, long version, CancellationToken ct)
    {
        var head = await EditionStore.Lock(tx, name, ct).ConfigureAwait(false);
        if (await EditionStore.Load(tx, name, number, ct).ConfigureAwait(false) is not { } edition) return null;
        return edition.Version == version ? (head, edition) : throw Edition.Refusal("edition.changed");
    }
}
