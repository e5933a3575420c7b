using System.Text.Json;
using Courier.Services.Staff;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Editions;

/// <summary>A list in an answer.</summary>
internal sealed record ListOf<T>(IReadOnlyList<T> Items);

/// <summary>A content as the desk lists it; editions that do not exist are null.</summary>
internal sealed record ContentView(string AppId, EditionSummary? Live, EditionSummary? Open, EditionSummary? Publishing);

/// <summary>An edition in a list; names are those that colleagues see.</summary>
internal sealed record EditionSummary(
    long Number, EditionState State, EditionOrigin Origin, long BasedOn, string Note, string Comment, string Problem,
    string EditedBy, DateTimeOffset EditedAt, string? SubmittedBy, DateTimeOffset? SubmittedAt,
    string? ReviewedBy, DateTimeOffset? ReviewedAt, string? PublishedBy, DateTimeOffset? PublishedAt, long Version)
{
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
internal sealed record EditionMay(bool Edit, bool Reopen, bool Review, bool Publish, bool Discard, bool RollBack)
{
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
internal sealed record EditionStep(DateTimeOffset At, string Who, string Action, string Reason);

/// <summary>An edition with everything that its page shows.</summary>
/// <param name="Edition">The edition.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Compared">It beside the live one, line by line.</param>
/// <param name="LiveNumber">Number of the live one; 0 for none.</param>
/// <param name="Steps">What was done with it, the oldest first.</param>
/// <param name="Uses">How often its items were used.</param>
/// <param name="May">What whoever asked may do with it.</param>
internal sealed record EditionView(
    EditionSummary Edition, JsonElement Content, IReadOnlyList<ContentProblem> Problems, IReadOnlyList<ComparedLine> Compared, long LiveNumber,
    IReadOnlyList<EditionStep> Steps, IReadOnlyList<ItemUses> Uses, EditionMay May);

/// <summary>Who may do what with editions; that nobody reviews what he wrote, the edition itself sees to.</summary>
internal static class EditionRights
{
    /// <summary>Who looks at them.</summary>
    public static readonly string[] Read = ["admin", "operator", "supervisor"];

    /// <summary>Who writes, publishes and rolls back.</summary>
    public static readonly string[] Edit = ["admin", "operator"];

    /// <summary>Who reviews.</summary>
    public static readonly string[] Review = ["admin", "supervisor"];
}
