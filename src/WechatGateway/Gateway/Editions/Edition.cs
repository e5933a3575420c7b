using Courier.Kernel;
using Courier.Services.Staff;

namespace Courier.WechatGateway.Editions;

/// <summary>What an edition is of.</summary>
internal enum EditionKind
{
    /// <summary>The menus of one account: that for everybody and those for followers with a tag.</summary>
    Menu,

    /// <summary>The keyword table of all accounts.</summary>
    Keywords,
}

/// <summary>How far an edition has come.</summary>
internal enum EditionState
{
    /// <summary>Somebody writes it.</summary>
    Draft,

    /// <summary>It waits for a second person.</summary>
    InReview,

    /// <summary>A second person has agreed.</summary>
    Approved,

    /// <summary>It is to take effect; until it does, it is tried again.</summary>
    Publishing,

    /// <summary>Customers see it.</summary>
    Published,

    /// <summary>Customers saw it until another took its place.</summary>
    Superseded,

    /// <summary>It never took effect and never will.</summary>
    Discarded,
}

/// <summary>Where an edition comes from.</summary>
internal enum EditionOrigin
{
    /// <summary>The settings, or what the product starts with.</summary>
    Configuration,

    /// <summary>Somebody wrote it.</summary>
    Draft,

    /// <summary>It is an older edition again.</summary>
    Rollback,
}

/// <summary>One version of a content: written, reviewed by a second person, published; never changed after that.</summary>
internal sealed record Edition
{
    private const int LongestProblem = 1000;

    public required string Id { get; init; }

    public required EditionKind Kind { get; init; }

    /// <summary>The account; empty for what belongs to all.</summary>
    public required string AppId { get; init; }

    /// <summary>Counts up from 1 within its content.</summary>
    public required long Number { get; init; }

    public required EditionState State { get; init; }

    public required EditionOrigin Origin { get; init; }

    /// <summary>Number of the edition that was live when this one was last compared with it; 0 for none.</summary>
    public required long BasedOn { get; init; }

    /// <summary>JSON, in the form that its kind writes.</summary>
    public required string Content { get; init; }

    /// <summary>Ids of all who wrote at it, with commas between them.</summary>
    public required string Authors { get; init; }

    /// <summary>What the author says about it.</summary>
    public required string Note { get; init; }

    /// <summary>What the reviewer said last.</summary>
    public required string Comment { get; init; }

    /// <summary>Why it did not take effect; empty when nothing is known against it.</summary>
    public required string Problem { get; init; }

    public required StaffId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required StaffId EditedBy { get; init; }

    public required DateTimeOffset EditedAt { get; init; }

    public StaffId? SubmittedBy { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public StaffId? ReviewedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    public StaffId? PublishedBy { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Counts changes, so that nobody overwrites what he has not seen.</summary>
    public required long Version { get; init; }

    /// <summary>Did this member write at it? Then somebody else must review it.</summary>
    public bool IsAuthor(StaffId who) => Authors.Split(',').Contains(who.Text, StringComparer.Ordinal);

    /// <summary>A new text.</summary>
    public Edition Edit(string content, StaffId who, DateTimeOffset now) =>
        Only("wechat.edition_not_draft", EditionState.Draft) with { Content = content, Authors = With(who), EditedBy = who, EditedAt = now };

    /// <summary>It is done and is to be looked at. Who asks for it answers for it like an author.</summary>
    public Edition Submit(string note, long liveNumber, StaffId who, DateTimeOffset now) =>
        Only("wechat.edition_not_draft", EditionState.Draft) with
        {
            State = EditionState.InReview, Note = note, BasedOn = liveNumber, Authors = With(who), SubmittedBy = who, SubmittedAt = now, Comment = "", Problem = "",
        };

    /// <summary>It is written at once more; what was agreed to counts no longer.</summary>
    public Edition Reopen() =>
        Only("wechat.edition_not_reopenable", EditionState.InReview, EditionState.Approved) with { State = EditionState.Draft, ReviewedBy = null, ReviewedAt = null };

    /// <summary>A second person agrees.</summary>
    public Edition Approve(string comment, StaffId who, DateTimeOffset now) => Reviewed(EditionState.Approved, comment, who, now);

    /// <summary>A second person wants it changed, and says what.</summary>
    public Edition SendBack(string comment, StaffId who, DateTimeOffset now)
    {
        var draft = Reviewed(EditionState.Draft, comment, who, now);
        return comment.Length > 0 ? draft : throw Refusal("wechat.edition_comment_missing");
    }

    /// <summary>It is to take effect. Doing it again, after a crash, is no second publication.</summary>
    public Edition StartPublishing(long liveNumber, StaffId who)
    {
        if (State == EditionState.Publishing) return this;
        var approved = Only("wechat.edition_not_approved", EditionState.Approved);
        if (BasedOn != liveNumber) throw Refusal("wechat.edition_outdated");
        return approved with { State = EditionState.Publishing, PublishedBy = who, Problem = "" };
    }

    /// <summary>It has taken effect.</summary>
    public Edition TakeEffect(DateTimeOffset now) =>
        Only("wechat.edition_not_publishing", EditionState.Publishing) with { State = EditionState.Published, PublishedAt = now, Problem = "" };

    /// <summary>It cannot take effect as it is: the author has to look at it, or nobody when it was an older one.</summary>
    public Edition Fail(string problem) => Only("wechat.edition_not_publishing", EditionState.Publishing) with
    {
        State = Origin switch
        {
            EditionOrigin.Draft => EditionState.Approved,
            EditionOrigin.Configuration => EditionState.Draft,
            EditionOrigin.Rollback => EditionState.Discarded,
        },
        Problem = Short(problem), PublishedBy = null,
    };

    /// <summary>It did not take effect yet; it is tried again.</summary>
    public Edition Delay(string problem) => Only("wechat.edition_not_publishing", EditionState.Publishing) with { Problem = Short(problem) };

    /// <summary>Another has taken its place.</summary>
    public Edition Supersede() => Only("wechat.edition_not_published", EditionState.Published) with { State = EditionState.Superseded };

    /// <summary>Nobody wants it any more.</summary>
    public Edition Discard() => Only("wechat.edition_not_discardable", EditionState.Draft, EditionState.InReview, EditionState.Approved) with { State = EditionState.Discarded };

    /// <summary>Would publishing this older edition again change nothing, because the other, live or about to be, holds the same?</summary>
    public bool IsBackAs(Edition? other) => State == EditionState.Superseded && other is { Origin: EditionOrigin.Rollback } && other.Content == Content;

    /// <summary>The same content as a new edition that takes effect at once: it was reviewed before.</summary>
    public Edition Again(string id, long number, long liveNumber, string note, StaffId who, DateTimeOffset now)
    {
        Only("wechat.edition_not_superseded", EditionState.Superseded);
        return New(id, Kind, AppId, number, Content, who, now) with
        {
            State = EditionState.Publishing, Origin = EditionOrigin.Rollback, BasedOn = liveNumber, Note = note, PublishedBy = who,
        };
    }

    /// <summary>An edition that somebody begins to write.</summary>
    public static Edition New(string id, EditionKind kind, string appId, long number, string content, StaffId who, DateTimeOffset now) => new()
    {
        Id = id, Kind = kind, AppId = appId, Number = number, State = EditionState.Draft, Origin = EditionOrigin.Draft, BasedOn = 0, Content = content,
        Authors = who.Text, Note = "", Comment = "", Problem = "", CreatedBy = who, CreatedAt = now, EditedBy = who, EditedAt = now, Version = 1,
    };

    private Edition Reviewed(EditionState state, string comment, StaffId who, DateTimeOffset now)
    {
        var reviewed = Only("wechat.edition_not_in_review", EditionState.InReview);
        if (IsAuthor(who)) throw Refusal("wechat.edition_own_review");
        return reviewed with { State = state, Comment = comment, ReviewedBy = who, ReviewedAt = now };
    }

    private Edition Only(string code, params ReadOnlySpan<EditionState> states) => states.Contains(State) ? this : throw Refusal(code);

    private string With(StaffId who) => IsAuthor(who) ? Authors : $"{Authors},{who.Text}";

    private static string Short(string problem) => problem.Length <= LongestProblem ? problem : problem[..LongestProblem];

    internal static RuleBroken Refusal(string code) => new(code, Texts.Refusal(code));
}
