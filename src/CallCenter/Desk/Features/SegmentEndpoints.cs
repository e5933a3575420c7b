using System.Globalization;
using System.Text.Json;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Insight;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Tiers and groups by rules, a customer's profile, corrections, deposits that were blocked, the chains of consents, and how self-service is used.</summary>
internal static class SegmentEndpoints
{
    private const int MostAnchors = 400;

    public static void Map(IEndpointRouteBuilder desk)
    {
        var segments = desk.MapGroup("/segments");
        segments.MapGet("", List).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        segments.MapGet("/facts", Facts).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        segments.MapGet("/tags", Tags).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        segments.MapGet("/{code}/members", Members).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        segments.MapGet("/{code}/history", History).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
        segments.MapPost("/preview", Preview).ForStaff(RoleNames.Operator, RoleNames.Admin);
        segments.MapPut("/{code}", Save).ForStaff(RoleNames.Operator, RoleNames.Admin);
        desk.MapGet("/customers/{id}/profile", Profile).ForStaff(RoleNames.Agent, RoleNames.Supervisor, RoleNames.Admin);
        desk.MapGet("/corrections", Corrections).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapPost("/corrections/{receipt}", Answer).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapGet("/deposits/blocked", Blocked).ForStaff(RoleNames.Supervisor, RoleNames.Admin, RoleNames.Operator);
        desk.MapGet("/consents/check", Check).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapGet("/usage", Usage).ForStaff(RoleNames.Operator, RoleNames.Admin, RoleNames.Supervisor);
    }

    private static async Task<SegmentsView> List(Db db, CancellationToken ct)
    {
        var sizes = await Segments.Sizes(db, ct).ConfigureAwait(false);
        return new SegmentsView([.. (await Segments.All(db, ct).ConfigureAwait(false)).Select(s => SegmentView.Of(s, sizes.GetValueOrDefault(s.Code)))]);
    }

    private static FactsView Facts() => new([.. SegmentFacts.All.Select(f => new FactView(f.Name, f.Type, f.Title, SegmentRule.OperatorsOf(f.Type)))]);

    private static async Task<TagsView> Tags(Db db, CancellationToken ct) => new(await CustomerTags.Sizes(db, ct).ConfigureAwait(false));

    private static async Task<Page<SegmentMember>> Members(string code, PageRequest page, CurrentStaff me, Db db, CustomerAccesses accesses, CancellationToken ct)
    {
        var members = await Segments.Members(db, code, page.After, page.Limit, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Group, members.Select(m => m.Customer), ct).ConfigureAwait(false);
        return Page<SegmentMember>.Of(members, members.Count == page.Limit ? members[^1].Customer.Text : null);
    }

    private static async Task<HistoryView> History(string code, Db db, CancellationToken ct)
    {
        var versions = await Segments.History(db, code, ct).ConfigureAwait(false);
        var names = await StaffAccounts.DisplayNames(db, [.. versions.Select(v => StaffId.Parse(v.ChangedBy)).Distinct()], ct).ConfigureAwait(false);
        return new HistoryView([.. versions.Select(v => new VersionView(v.Version, v.Name, v.Rank, v.IsActive, Json(v.Rule), names.GetValueOrDefault(StaffId.Parse(v.ChangedBy)), v.ChangedAt, v.Reason))]);
    }

    private static async Task<RulePreview> Preview(PreviewBody body, Db db, TimeProvider clock, CancellationToken ct)
    {
        var kind = EnumText<SegmentKind>.TryParse(body.Kind, out var parsed) ? parsed : throw new BadInput("kind", SegmentTexts.KindWrong);
        var (rule, problem) = SegmentRule.Read(body.Rule);
        return rule is null ? throw new BadInput(problem!.Field, problem.Message) : await PreviewRule.Execute(db, clock.GetUtcNow(), rule, kind, ct).ConfigureAwait(false);
    }

    private static async Task<SavedView> Save(string code, SegmentBody body, CurrentStaff me, Db db, TimeProvider clock, [FromServices] IJobAlarm alarm, CancellationToken ct)
    {
        var kind = EnumText<SegmentKind>.TryParse(body.Kind, out var parsed) ? parsed : throw new BadInput("kind", SegmentTexts.KindWrong);
        var draft = new SegmentDraft(code, kind, body.Name ?? "", body.Rank ?? 0, body.IsActive ?? throw new BadInput("isActive", SegmentTexts.SwitchMissing), body.Rule)
        {
            TagAppId = body.TagAppId ?? "", TagId = body.TagId ?? 0,
        };
        if (draft.Problem() is { } problem) throw new BadInput(problem.Field, problem.Message);
        var reason = new ReasonBody(body.Reason).Checked() ?? throw new BadInput("reason", Texts.ReasonMissing);
        var version = await SaveSegment.Execute(db, clock, draft, body.Version ?? 0, StaffId.Parse(me.Id), reason, ct).ConfigureAwait(false);
        alarm.Wake(Segments.JudgeJob);
        return new SavedView(version);
    }

    private static async Task<ProfileView> Profile(CustomerId id, CurrentStaff me, Db db, CustomerAccesses accesses, CancellationToken ct)
    {
        await accesses.Note(me, LookedAtWhat.Profile, [id], ct).ConfigureAwait(false);
        return new ProfileView(
            await CustomerTiers.Of(db, id, ct).ConfigureAwait(false), await CustomerGroups.Memberships(db, id, ct).ConfigureAwait(false), await CustomerTags.Of(db, id, ct).ConfigureAwait(false),
            await Consents.Of(db, id, ct).ConfigureAwait(false), await Personalisation.IsOn(db, id, ct).ConfigureAwait(false));
    }

    private static async Task<CorrectionsView> Corrections(CurrentStaff me, Db db, DataKeys keys, CustomerAccesses accesses, CancellationToken ct)
    {
        var open = await PrivacyRequests.OpenCorrections(db, keys, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Correction, open.Select(c => CustomerId.Parse(c.Customer)), ct).ConfigureAwait(false);
        return new CorrectionsView(open);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Answer(string receipt, CorrectionAnswerBody body, CurrentStaff me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var answer = new ReasonBody(body.Answer).Checked() ?? throw new BadInput("answer", Texts.ReasonMissing);
        var isDone = body.Done ?? throw new BadInput("done", SegmentTexts.SwitchMissing);
        return await PrivacyRequests.AnswerCorrection(db, keys, clock, receipt, isDone, answer, StaffId.Parse(me.Id), ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound();
    }

    private static async Task<Page<LoggedDeposit>> Blocked(PageRequest page, Db db, CancellationToken ct)
    {
        var blocked = await DepositCheck.Blocked(db, page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<LoggedDeposit>.Of(blocked, blocked.Count == page.Limit ? blocked[^1].Id : null);
    }

    private static async Task<EvidenceView> Check(Db db, DataKeys keys, CancellationToken ct)
    {
        var found = await VerifyConsents.Execute(db, keys, ct).ConfigureAwait(false);
        return new EvidenceView(found.Broken, found.BrokenAnchors, [.. found.Anchors.Take(MostAnchors)]);
    }

    private static async Task<UsageView> Usage(string? from, string? to, string? action, Db db, TimeProvider clock, CancellationToken ct)
    {
        var last = Day(to, "to") ?? ChinaTime.DayNumber(clock.GetUtcNow());
        var first = Day(from, "from") ?? last - 29;
        if (last < first || last - first >= UsageTrend.MostDays) throw new BadInput("from", SegmentTexts.SpanWrong);
        var days = await UsageTrend.Execute(db, first, last, action is { Length: <= 60 } only ? only : "", ct).ConfigureAwait(false);
        return new UsageView([.. days.Select(d => new UsageLine(DayText(d.Day), d.Action, d.Channel, d.Source, d.Page, d.Done, d.Refused, d.Failed, d.TotalMs / Math.Max(1, d.Done + d.Refused + d.Failed)))]);
    }

    private static long? Day(string? text, string field) => string.IsNullOrEmpty(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber : throw new BadInput(field, SegmentTexts.DayWrong);

    private static string DayText(long day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonElement Json(string rule)
    {
        using var document = JsonDocument.Parse(rule);
        return document.RootElement.Clone();
    }

    internal sealed record SegmentsView(IReadOnlyList<SegmentView> Items);

    internal sealed record SegmentView(
        string Code, SegmentKind Kind, string Name, long Rank, bool IsActive, JsonElement Rule, string TagAppId, long TagId, long Version, DateTimeOffset ChangedAt, long Customers)
    {
        public static SegmentView Of(Segment s, long customers) => new(s.Code, s.Kind, s.Name, s.Rank, s.IsActive, Json(s.Rule), s.TagAppId, s.TagId, s.Version, s.ChangedAt, customers);
    }

    internal sealed record FactsView(IReadOnlyList<FactView> Items);

    internal sealed record FactView(string Name, FactType Type, string Title, IReadOnlyList<string> Operators);

    internal sealed record TagsView(IReadOnlyList<TagSize> Items);

    internal sealed record HistoryView(IReadOnlyList<VersionView> Items);

    internal sealed record VersionView(long Version, string Name, long Rank, bool IsActive, JsonElement Rule, string? ChangedBy, DateTimeOffset ChangedAt, string Reason);

    internal sealed record PreviewBody(string? Kind, JsonElement Rule);

    internal sealed record SegmentBody(
        string? Kind, string? Name, long? Rank, bool? IsActive, JsonElement Rule, string? TagAppId, long? TagId, long? Version, string? Reason);

    internal sealed record SavedView(long Version);

    internal sealed record ProfileView(
        CustomerTier Tier, IReadOnlyList<CustomerGroups.Membership> Groups, IReadOnlyList<CustomerTag> Tags, IReadOnlyList<Consent> Consents, bool Personalisation);

    internal sealed record CorrectionsView(IReadOnlyList<AskedCorrection> Items);

    internal sealed record CorrectionAnswerBody(bool? Done, string? Answer);

    internal sealed record EvidenceView(IReadOnlyList<BrokenConsent> Items, IReadOnlyList<ConsentAnchor> BrokenAnchors, IReadOnlyList<ConsentAnchor> Anchors);

    internal sealed record UsageView(IReadOnlyList<UsageLine> Items);

    internal sealed record UsageLine(string Day, string Action, UsageChannel Channel, string Source, string Page, long Done, long Refused, long Failed, long MeanMs);
}

/// <summary>What operators read about tiers and groups.</summary>
internal static class SegmentTexts
{
    public const string KindWrong = "类型须为 tier（等级）或 group（分组）";
    public const string SwitchMissing = "请提供 true 或 false";
    public const string DayWrong = "日期请写成 2026-11-22 的样子";
    public const string SpanWrong = "起止日期不对，最多看 92 天";
}
