using Courier.CallCenter.Routing;
using Courier.CallCenter.Switch;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Agents;

/// <summary>What happens now: an agent's own state, and for supervisors all queues and agents. Only where the calls are.</summary>
internal static class LiveRoutingEndpoints
{
    // What an agent may give as a reason; the others are the product's.
    private static readonly NotReadyReason[] Choices = [NotReadyReason.Break, NotReadyReason.Meal, NotReadyReason.Meeting, NotReadyReason.Training, NotReadyReason.Casework];

    public static void Map(IEndpointRouteBuilder desk)
    {
        var mine = desk.MapGroup("/live/me").ForStaff(RoleNames.Agent);
        mine.MapGet("", Mine);
        mine.MapPost("/ready", Ready);
        mine.MapPost("/not-ready", NotReady);
        mine.MapPost("/wrap-up/end", EndWrapUp);
        mine.MapPost("/sign-off", SignOff);
        desk.MapGet("/live/queues", Floor).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        desk.MapPost("/live/agents/{id}/state", SetState).ForStaff(RoleNames.Supervisor, RoleNames.Admin);
    }

    private static async Task<MyView> Mine(CurrentStaff me, AgentBoard board, CallQueues queues, QueueBook book, OtherSide others, CancellationToken ct)
    {
        var agent = board.Find(StaffId.Parse(me.Id)) ?? throw new RuleBroken("agent.none", Texts.NoAgent);
        var waiting = queues.Snapshot().Where(e => !e.IsCallBack).CountBy(e => e.Queue).ToDictionary(StringComparer.Ordinal);
        return new MyView(AgentLine.Of(agent), agent.HasPhone, agent.WantsReady, agent.Until,
            [.. book.All.Where(q => q.IsServedBy(agent)).OrderBy(q => q.Code, StringComparer.Ordinal).Select(q => new MyQueue(q.Code, q.Name, waiting.GetValueOrDefault(q.Code)))],
            [.. Choices], await others.Of(agent, me, ct).ConfigureAwait(false));
    }

    private static Task<MyView> Ready(CurrentStaff me, AgentBoard board, CallQueues queues, QueueBook book, OtherSide others, CancellationToken ct)
    {
        board.Ready(StaffId.Parse(me.Id));
        return Mine(me, board, queues, book, others, ct);
    }

    private static Task<MyView> NotReady(ReasonChoice body, CurrentStaff me, AgentBoard board, CallQueues queues, QueueBook book, OtherSide others, CancellationToken ct)
    {
        var reason = EnumText<NotReadyReason>.TryParse(body.Reason, out var given) && Choices.Contains(given) ? given : throw new BadInput("reason", Texts.ReasonUnknown);
        board.NotReady(StaffId.Parse(me.Id), reason);
        return Mine(me, board, queues, book, others, ct);
    }

    private static Task<MyView> EndWrapUp(CurrentStaff me, AgentBoard board, CallQueues queues, QueueBook book, OtherSide others, CancellationToken ct) =>
        board.EndWrapUp(StaffId.Parse(me.Id)) ? Mine(me, board, queues, book, others, ct) : throw new RuleBroken("agent.not_wrapping_up", Texts.NotWrappingUp);

    private static Task<MyView> SignOff(CurrentStaff me, AgentBoard board, CallQueues queues, QueueBook book, OtherSide others, CancellationToken ct) =>
        board.SignOff(StaffId.Parse(me.Id)) ? Mine(me, board, queues, book, others, ct) : throw new RuleBroken("agent.in_call", Texts.InCall);

    private static FloorView Floor(AgentBoard board, CallQueues queues, QueueBook book, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var calls = queues.Snapshot().Select(e => WaitingLine.Of(e, now)).ToList();
        var byQueue = calls.Where(c => !c.IsCallBack).ToLookup(c => c.Queue, StringComparer.Ordinal);
        var agents = board.Snapshot();
        return new FloorView(
            [.. book.All.OrderBy(q => q.Code, StringComparer.Ordinal).Select(q => QueueLine.Of(q, [.. byQueue[q.Code]], [.. agents.Where(q.IsServedBy)], book.IsOpen(q, now)))],
            calls, [.. agents.OrderBy(a => a.PhoneUser, StringComparer.Ordinal).Select(AgentLine.Of)]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetState(StaffId id, StateBody body, CurrentStaff me, AgentBoard board, Db db, TimeProvider clock, CancellationToken ct)
    {
        if (board.Find(id) is null) return Problems.NotFound();
        var reason = new ReasonBody(body.Reason).Checked();
        var wish = EnumText<AgentState>.TryParse(body.State, out var state) ? state : throw new BadInput("state", Texts.StateUnknown);
        var isDone = wish switch
        {
            AgentState.Ready => board.Ready(id),
            AgentState.NotReady => board.NotReady(id, NotReadyReason.BySupervisor),
            AgentState.LoggedOut => board.SignOff(id),
            AgentState.Offline or AgentState.Reserved or AgentState.Talking or AgentState.WrapUp => throw new BadInput("state", Texts.StateUnknown),
        };
        if (!isDone) throw new RuleBroken("agent.in_call", Texts.InCall);
        await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.Parse(me.Id), "agent.state_set", "staff:" + id.Text, $"{body.State}: {reason}", ct), ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    internal sealed record ReasonChoice(string? Reason);

    internal sealed record StateBody(string? State, string? Reason);

    internal sealed record MyQueue(string Code, string Name, int Waiting);

    internal sealed record MyView(AgentLine Agent, bool HasPhone, bool WantsReady, DateTimeOffset? Until, IReadOnlyList<MyQueue> Queues, IReadOnlyList<NotReadyReason> Reasons, OtherSideView? Other);

    internal sealed record FloorView(IReadOnlyList<QueueLine> Queues, IReadOnlyList<WaitingLine> Calls, IReadOnlyList<AgentLine> Agents);

    internal sealed record AgentLine(StaffId Id, string Name, string PhoneUser, AgentState State, NotReadyReason? Reason, DateTimeOffset Since, string Queue, string CallId, int Chats)
    {
        public static AgentLine Of(Agent a) => new(a.Id, a.Name, a.PhoneUser, a.State, a.State == AgentState.NotReady ? a.Reason : null, a.Since, a.Queue, a.CallId, a.Load);
    }

    internal sealed record WaitingLine(string Id, string CallId, string Queue, string Tier, int Position, int WaitedSeconds, bool IsCallBack, bool IsRinging)
    {
        public static WaitingLine Of(QueueEntry e, DateTimeOffset now) =>
            new(e.Id, e.CallId, e.Queue, e.Ticket.Tier, e.Position, (int)(now - e.Ticket.Since).TotalSeconds, e.IsCallBack, e.Current is not null);
    }

    internal sealed record QueueLine(string Code, string Name, bool IsOpen, int Waiting, int LongestSeconds, int Ready, int Busy, int NotReady)
    {
        public static QueueLine Of(CallQueue queue, IReadOnlyList<WaitingLine> waiting, IReadOnlyList<Agent> agents, bool isOpen) => new(
            queue.Code, queue.Name, isOpen && !queue.IsClosed, waiting.Count, waiting.Count == 0 ? 0 : waiting.Max(w => w.WaitedSeconds), agents.Count(a => a.State == AgentState.Ready),
            agents.Count(a => a.State is AgentState.Reserved or AgentState.Talking or AgentState.WrapUp), agents.Count(a => a.State == AgentState.NotReady));
    }
}
