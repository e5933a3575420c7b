using Courier.Kernel;
using Courier.Services.Staff;

namespace Courier.Services.Editions;

/// <summary>How far an edition has come.</summary>
public enum EditionState
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
public enum EditionOrigin
{
    /// <summary>The settings, or what the product starts with.</summary>
    Configuration,

    /// <summary>Somebody wrote it.</summary>
    Draft,

    /// <summary>It is an older edition again.</summary>
    Rollback,
}

/// <summary>One version of a content: written, reviewed by a second person, published; never changed after that.</summary>
public sealed record Edition
{
    private const int LongestProblem = 1000;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is an edition of: <c>menu</c>, <c>flow</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose: the account, the name of the flow; empty where there is one of the kind.</summary>
    public required string Owner { get; init; }

    /// <summary>Counts up from 1 within its content.</summary>
    public required long Number { get; init; }

    /// <summary>How far it has come.</summary>
    public required EditionState State { get; init; }

    /// <summary>Where it comes from.</summary>
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

    /// <summary>Who began it.</summary>
    public required StaffId CreatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote at it last.</summary>
    public required StaffId EditedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset EditedAt { get; init; }

    /// <summary>Who asked for its review; null for nobody yet.</summary>
    public StaffId? SubmittedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Who reviewed it.</summary>
    public StaffId? ReviewedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Who let it take effect.</summary>
    public StaffId? PublishedBy { get; init; }

    /// <summary>When it took effect.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Counts changes, so that nobody overwrites what he has not seen.</summary>
    public required long Version { get; init; }

    /// <summary>Did this member write at it? Then somebody else must review it.</summary>
    public bool IsAuthor(StaffId who) => Authors.Split(',').Contains(who.Text, StringComparer.Ordinal);

    /// <summary>A new text.</summary>
    public Edition Edit(string content, StaffId who, DateTimeOffset now) =>
        Only("edition.not_draft", EditionState.Draft) with { Content = content, Authors = With(who), EditedBy = who, EditedAt = now };

    /// <summary>It is done and is to be looked at. Who asks for it answers for it like an author.</summary>
    public Edition Submit(string note, long liveNumber, StaffId who, DateTimeOffset now) =>
        Only("edition.not_draft", EditionState.Draft) with
        {
            State = EditionState.InReview, Note = note, BasedOn = liveNumber, Authors = With(who), SubmittedBy = who, SubmittedAt = now, Comment = "", Problem = "",
        };

    /// <summary>It is written at once more; what was agreed to counts no longer.</summary>
    public Edition Reopen() =>
        Only("edition.not_reopenable", EditionState.InReview, EditionState.Approved) with { State = EditionState.Draft, ReviewedBy = null, ReviewedAt = null };

    /// <summary>A second person agrees.</summary>
    public Edition Approve(string comment, StaffId who, DateTimeOffset now) => Reviewed(EditionState.Approved, comment, who, now);

    /// <summary>A second person wants it changed, and says what.</summary>
    public Edition SendBack(string comment, StaffId who, DateTimeOffset now)
    {
        var draft = Reviewed(EditionState.Draft, comment, who, now);
        return comment.Length > 0 ? draft : throw Refusal("edition.comment_missing");
    }

    /// <summary>It is to take effect. Doing it again, after a crash, is no second publication.</summary>
    public Edition StartPublishing(long liveNumber, StaffId who)
    {
        if (State == EditionState.Publishing) return this;
        var approved = Only("edition.not_approved", EditionState.Approved);
        if (BasedOn != liveNumber) throw Refusal("edition.outdated");
        return approved with { State = EditionState.Publishing, PublishedBy = who, Problem = "" };
    }

    /// <summary>It has taken effect.</summary>
    public Edition TakeEffect(DateTimeOffset now) =>
        Only("edition.not_publishing", EditionState.Publishing) with { State = EditionState.Published, PublishedAt = now, Problem = "" };

    /// <summary>It cannot take effect as it is: the author has to look at it, or nobody when it was an older one.</summary>
    public Edition Fail(string problem) => Only("edition.not_publishing", EditionState.Publishing) with
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
    public Edition Delay(string problem) => Only("edition.not_publishing", EditionState.Publishing) with { Problem = Short(problem) };

    /// <summary>It is live, and where it has to hold it does not, or not all of it; with an empty text it does again.</summary>
    public Edition Doubt(string problem) => Only("edition.not_published", EditionState.Published) with { Problem = Short(problem) };

    /// <summary>Another has taken its place.</summary>
    public Edition Supersede() => Only("edition.not_published", EditionState.Published) with { State = EditionState.Superseded };

    /// <summary>Nobody wants it any more.</summary>
    public Edition Discard() => Only("edition.not_discardable", EditionState.Draft, EditionState.InReview, EditionState.Approved) with { State = EditionState.Discarded };

    /// <summary>Would publishing this older edition again change nothing, because the other, live or about to be, holds the same?</summary>
    public bool IsBackAs(Edition? other) => State == EditionState.Superseded && other is { Origin: EditionOrigin.Rollback } && other.Content == Content;

    /// <summary>The same content as a new edition that takes effect at once: it was reviewed before.</summary>
    public Edition Again(string id, long number, long liveNumber, string note, StaffId who, DateTimeOffset now)
    {
        Only("edition.not_superseded", EditionState.Superseded);
        return New(id, Kind, Owner, number, Content, who, now) with
        {
            State = EditionState.Publishing, Origin = EditionOrigin.Rollback, BasedOn = liveNumber, Note = note, PublishedBy = who,
        };
    }

    /// <summary>An edition that somebody begins to write.</summary>
    public static Edition New(string id, string kind, string owner, long number, string content, StaffId who, DateTimeOffset now) => new()
    {
        Id = id, Kind = kind, Owner = owner, Number = number, State = EditionState.Draft, Origin = EditionOrigin.Draft, BasedOn = 0, Content = content,
        Authors = who.Text, Note = "", Comment = "", Problem = "", CreatedBy = who, CreatedAt = now, EditedBy = who, EditedAt = now, Version = 1,
    };

    private Edition Reviewed(EditionState state, string comment, StaffId who, DateTimeOffset now)
    {
        var reviewed = Only("edition.not_in_review", EditionState.InReview);
        if (IsAuthor(who)) throw Refusal("edition.own_review");
        return reviewed with { State = state, Comment = comment, ReviewedBy = who, ReviewedAt = now };
    }

    private Edition Only(string code, params ReadOnlySpan<EditionState> states) => states.Contains(State) ? this : throw Refusal(code);

    private string With(StaffId who) => IsAuthor(who) ? Authors : $"{Authors},{who.Text}";

    private static string Short(string problem) => problem.Length <= LongestProblem ? problem : problem[..LongestProblem];

    /// <summary>What is answered when a step is not possible.</summary>
    /// <param name="code">Which rule: <c>edition.not_draft</c> ….</param>
    public static RuleBroken Refusal(string code) => new(code, Texts.Refusal(code));
}
