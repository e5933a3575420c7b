using Courier.CallCenter.Agents;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Routing;

/// <summary>Supervisors keep the queues, what agents can do, and see who is to be called back.</summary>
internal static class QueueEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/queues", List).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapPut("/queues/{code}", Save).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapGet("/agents", Agents).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapPut("/agents/{id}/skills", SaveSkills).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapGet("/call-backs", CallBacks).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapPost("/call-backs/{id}/cancel", Cancel).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
    }

    private static async Task<QueuesView> List(Db db, CancellationToken ct) => new([.. (await QueueStore.All(db, ct).ConfigureAwait(false)).Select(QueueView.Of)]);

    private static async Task<QueueView> Save(string code, QueueBody body, CurrentStaff me, Db db, TimeProvider clock, QueueBook book, CancellationToken ct) =>
        QueueView.Of(await ChangeQueue.Execute(db, clock, book, code, body, StaffId.Parse(me.Id), ct).ConfigureAwait(false));

    private static async Task<AgentsView> Agents(Db db, CancellationToken ct) =>
        new([.. (await Roster.Read(db, ct).ConfigureAwait(false)).Select(a => new AgentView(a.Id, a.Name, a.PhoneUser, [.. a.Skills.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SkillNeed(s.Key, s.Value))]))]);

    private static async Task<Results<NoContent, ProblemHttpResult>> SaveSkills(StaffId id, SkillsBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        await ChangeQueue.Skills(db, clock, id, body.Skills, new ReasonBody(body.Reason).Checked(), StaffId.Parse(me.Id), ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound();

    private static async Task<CallBacksView> CallBacks(Db db, CancellationToken ct) => new(await ListCallBacks.Latest(db, ct).ConfigureAwait(false));

    private static Task<Results<NoContent, ProblemHttpResult>> Cancel(string id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
        AuditedChange.Execute(tx => ListCallBacks.Cancel(tx, clock, id, ct), "call_back.cancelled", "call_back:" + id, body, me, db, clock, ct);

    internal sealed record QueuesView(IReadOnlyList<QueueView> Items);

    internal sealed record QueueView(
        string Code, string Name, IReadOnlyList<SkillNeed> Skills, IReadOnlyList<TierBody> Tiers, int FairnessSeconds, int RelaxSeconds, int LevelSeconds, int LevelShare, int WrapUpSeconds,
        int RingSeconds, string Greeting, int MaxWaitSeconds, int MaxLength, string Hours, int OverflowSeconds, string OverflowTo, bool HasCallBack, int OfferSeconds, int AnnounceSeconds,
        bool IsClosed, long Version)
    {
        public static QueueView Of(CallQueue q) => new(
            q.Code, q.Name, q.Skills, [.. q.Tiers.Select(t => new TierBody(t.Tier, Seconds(t.HeadStart), t.LevelSeconds))], Seconds(q.FairnessCap), Seconds(q.RelaxAfter), q.LevelSeconds,
            q.LevelShare, Seconds(q.WrapUp), Seconds(q.Ring), q.Greeting, Seconds(q.MaxWait), q.MaxLength, q.Hours?.Text ?? "", Seconds(q.OverflowAfter), q.OverflowTo, q.HasCallBack,
            Seconds(q.OfferAfter), Seconds(q.AnnounceEvery), q.IsClosed, q.Version);

        private static int Seconds(TimeSpan time) => (int)time.TotalSeconds;
    }

    internal sealed record AgentsView(IReadOnlyList<AgentView> Items);

    internal sealed record AgentView(StaffId Id, string Name, string PhoneUser, IReadOnlyList<SkillNeed> Skills);

    internal sealed record SkillsBody(IReadOnlyList<SkillNeed>? Skills, string? Reason);

    internal sealed record CallBacksView(IReadOnlyList<ListedCallBack> Items);
}
