using System.Text.Json;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Editions;
using Courier.Services.Staff;

namespace Courier.CallCenter.Ivr;

/// <summary>An edition of a flow with everything that its page shows; the page is the same as that of menus and keywords.</summary>
/// <param name="Edition">The edition.</param>
/// <param name="Content">The flow.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Compared">It beside the live one, line by line.</param>
/// <param name="LiveNumber">Number of the live one; 0 for none.</param>
/// <param name="Steps">What was done with it, the oldest first.</param>
/// <param name="May">What whoever asked may do with it.</param>
internal sealed record FlowView(
    EditionSummary Edition, JsonElement Content, IReadOnlyList<ContentProblem> Problems, IReadOnlyList<ComparedLine> Compared, long LiveNumber,
    IReadOnlyList<EditionStep> Steps, EditionMay May);

/// <summary>Reads editions of flows for the desk.</summary>
internal sealed class ShowFlows(Db db, FlowEditions editions)
{
    /// <summary>The editions of a flow, the newest first.</summary>
    public async Task<IReadOnlyList<EditionSummary>> List(string flow, long before, int limit, CancellationToken ct)
    {
        var found = await FlowStore.List(db, flow, before, limit, ct).ConfigureAwait(false);
        var names = await NamesIn(found, ct).ConfigureAwait(false);
        return [.. found.Select(e => EditionSummary.From(e, names))];
    }

    /// <summary>An edition; null when there is none.</summary>
    public async Task<FlowView?> One(string flow, long number, CurrentStaff me, CancellationToken ct)
    {
        if (await FlowStore.Load(db, flow, number, ct).ConfigureAwait(false) is not { } edition) return null;
        var head = (await FlowStore.Head(db, flow, ct).ConfigureAwait(false))!;
        var live = await FlowStore.Load(db, flow, head.LiveNumber, ct).ConfigureAwait(false);
        return new FlowView(
            EditionSummary.From(edition, await NamesIn([edition], ct).ConfigureAwait(false)),
            JsonDocument.Parse(edition.Content).RootElement,
            await editions.Problems(edition.Content, ct).ConfigureAwait(false),
            LineDiff.Of(live is null ? [] : Texts.Lines(FlowContent.Read(live.Content)), Texts.Lines(FlowContent.Read(edition.Content))),
            head.LiveNumber,
            await Steps(FlowEditions.Subject(flow, number), ct).ConfigureAwait(false),
            EditionMay.Of(edition, StaffId.Parse(me.Id), me.Roles));
    }

    private async Task<IReadOnlyList<EditionStep>> Steps(string subject, CancellationToken ct) =>
        [.. (await AuditTrail.List(db, new(Subject: subject), 100, ct).ConfigureAwait(false)).Reverse()
            .Select(e => new EditionStep(e.At, e.WhoDisplayName ?? Texts.Product, e.Action, e.Reason))];

    private async Task<Func<StaffId, string>> NamesIn(IReadOnlyList<Edition> found, CancellationToken ct)
    {
        var ids = found.SelectMany(e => new[] { e.EditedBy, e.SubmittedBy, e.ReviewedBy, e.PublishedBy }).OfType<StaffId>().ToHashSet();
        var names = await StaffAccounts.DisplayNames(db, ids, ct).ConfigureAwait(false);
        return id => names.GetValueOrDefault(id) ?? Texts.Product;
    }
}
