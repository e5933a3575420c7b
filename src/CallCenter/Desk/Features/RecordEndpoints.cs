using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Customers.Imports;
using Courier.Services.Customers.Timeline;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>A customer's record at the desk: each field with its source and date, and putting one right; and all that happened with the customer.</summary>
internal static class RecordEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var record = desk.MapGroup("/customers/{id}/fields").ForStaff(RoleNames.Agent, RoleNames.Supervisor, RoleNames.Admin);
        record.MapGet("", Show);
        record.MapPut("/{field}", Correct);
        desk.MapGet("/customers/{id}/timeline", Timeline).ForStaff(RoleNames.Agent, RoleNames.Supervisor, RoleNames.Admin);
    }

    private static async Task<Page<TimelineEntry>> Timeline(
        CustomerId id, PageRequest page, CurrentStaff me, Db db, CustomerAccesses accesses, IEnumerable<ITimelinePart> parts, CancellationToken ct)
    {
        await accesses.Note(me, LookedAtWhat.Record, [id], ct).ConfigureAwait(false);
        var entries = await CustomerTimeline.Execute(db, parts, id, page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<TimelineEntry>.Of(entries, entries.Count == page.Limit ? entries[^1].Id : null);
    }

    private static async Task<RecordView> Show(CustomerId id, CurrentStaff me, Db db, DataKeys keys, TimeProvider clock, CustomerAccesses accesses, CancellationToken ct)
    {
        await accesses.Note(me, LookedAtWhat.Record, [id], ct).ConfigureAwait(false);
        var fields = await CustomerFields.Of(db, keys, id, ct).ConfigureAwait(false);
        var links = await ImportLinks.Of(db, id, ct).ConfigureAwait(false);
        var quality = RecordQuality.Of(fields, await ImportConflicts.Count(db, id, ct).ConfigureAwait(false), clock.GetUtcNow());
        return new RecordView([.. fields.Select(FieldView.Of)], [.. links.Select(l => new SystemView(l.Source, l.ExternalId, l.SeenAt))], QualityView.Of(quality));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Correct(
        CustomerId id, string field, CorrectionBody body, CurrentStaff me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        if (!EnumText<CustomerField>.TryParse(field, out var which)) return Problems.NotFound();
        var value = body.Value?.Trim() is { Length: >= 1 and <= 200 } given ? given : throw new BadInput("value", Texts.FieldValueMissing);
        var reason = new ReasonBody(body.Reason).Checked() ?? throw new BadInput("reason", Texts.ReasonMissing);
        return await CorrectField.Execute(db, keys, clock, id, which, value, StaffId.Parse(me.Id), reason, ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound();
    }

    internal sealed record CorrectionBody(string? Value, string? Reason)
    {
        // The value is personal; it stays out of every log.
        public override string ToString() => "CorrectionBody";
    }

    internal sealed record RecordView(IReadOnlyList<FieldView> Fields, IReadOnlyList<SystemView> Systems, QualityView Quality);

    /// <summary>A field as agents see it: numbers and mail addresses with their middle hidden.</summary>
    internal sealed record FieldView(CustomerField Field, string Value, FieldOrigin Origin, string Source, DateTimeOffset At, bool Proven)
    {
        public static FieldView Of(RecordedField f) => new(
            f.Field, f.Field is CustomerField.Phone or CustomerField.Email ? FieldRules.Mask(f.Field, f.Value) : f.Value, f.Origin, f.Source, f.At, f.IsProven);
    }

    internal sealed record SystemView(string Source, string Id, DateTimeOffset SeenAt);
}

/// <summary>How good data are, in percent.</summary>
internal sealed record QualityView(double Score, double Completeness, double Validity, double Freshness, double Consistency)
{
    public static QualityView Of(RecordQuality q) => new(q.Score / 10.0, q.Completeness / 10.0, q.Validity / 10.0, q.Freshness / 10.0, q.Consistency / 10.0);
}
