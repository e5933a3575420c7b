using Courier.Services.Staff;

namespace Courier.Services.Editions;

/// <summary>An edition in a list; names are those that colleagues see.</summary>
/// <param name="Number">Counts up within its content.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="BasedOn">The live one that it was last compared with.</param>
/// <param name="Note">What the author says.</param>
/// <param name="Comment">What the reviewer said last.</param>
/// <param name="Problem">Why it did not take effect.</param>
/// <param name="EditedBy">Who wrote last.</param>
/// <param name="EditedAt">When.</param>
/// <param name="SubmittedBy">Who asked for the review.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="ReviewedBy">Who reviewed.</param>
/// <param name="ReviewedAt">When.</param>
/// <param name="PublishedBy">Who published.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="Version">Counts changes.</param>
public sealed record EditionSummary(
    long Number, EditionState State, EditionOrigin Origin, long BasedOn, string Note, string Comment, string Problem,
    string EditedBy, DateTimeOffset EditedAt, string? SubmittedBy, DateTimeOffset? SubmittedAt,
    string? ReviewedBy, DateTimeOffset? ReviewedAt, string? PublishedBy, DateTimeOffset? PublishedAt, long Version)
{
    /// <summary>The row of an edition.</summary>
    /// <param name="e">The edition.</param>
    /// <param name="name">The name that colleagues see.</param>
    public static EditionSummary From(Edition e, Func<StaffId, string> name) => new(
        e.Number, e.State, e.Origin, e.BasedOn, e.Note, e.Comment, e.Problem, name(e.EditedBy), e.EditedAt,
        Named(e.SubmittedBy, name), e.SubmittedAt, Named(e.ReviewedBy, name), e.ReviewedAt, Named(e.PublishedBy, name), e.PublishedAt, e.Version);

    private static string? Named(StaffId? who, Func<StaffId, string> name) => who is { } id ? name(id) : null;
}

/// <summary>What whoever looks may do with an edition now.</summary>
/// <param name="Edit">Write at it and ask for its review.</param>
/// <param name="Reopen">Take it back to write at it again.</param>
/// <param name="Review">Approve it or send it back.</param>
/// <param name="Publish">Let it take effect.</param>
/// <param name="Discard">Throw it away.</param>
/// <param name="RollBack">Publish it anew.</param>
public sealed record EditionMay(bool Edit, bool Reopen, bool Review, bool Publish, bool Discard, bool RollBack)
{
    /// <summary>What this member of staff may do with it now.</summary>
    public static EditionMay Of(Edition e, StaffId who, IReadOnlyList<string> roles)
    {
        var edits = roles.Intersect(EditionRights.Edit).Any();
        return new(
            edits && e.State == EditionState.Draft,
            edits && e.State is (EditionState.InReview or EditionState.Approved),
            e.State == EditionState.InReview && !e.IsAuthor(who) && roles.Intersect(EditionRights.Review).Any(),
            edits && e.State is EditionState.Approved,
            edits && e.State is (EditionState.Draft or EditionState.InReview or EditionState.Approved),
            edits && e.State == EditionState.Superseded);
    }
}

/// <summary>A step in the life of an edition.</summary>
/// <param name="At">When.</param>
/// <param name="Who">The name that colleagues see.</param>
/// <param name="Action">Code of the audit trail.</param>
/// <param name="Reason">What was said about it.</param>
public sealed record EditionStep(DateTimeOffset At, string Who, string Action, string Reason);

/// <summary>Who may do what with editions; that nobody reviews what he wrote, the edition itself sees to.</summary>
public static class EditionRights
{
    /// <summary>Who looks at them.</summary>
    public static readonly string[] Read = ["admin", "operator", "supervisor"];

    /// <summary>Who writes, publishes and rolls back.</summary>
    public static readonly string[] Edit = ["admin", "operator"];

    /// <summary>Who reviews.</summary>
    public static readonly string[] Review = ["admin", "supervisor"];
}
