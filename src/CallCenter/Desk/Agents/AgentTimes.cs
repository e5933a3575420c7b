using Courier.CallCenter.Journal;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>Writes what agents do into their time lines, and what they want, so that a restart knows it. Called under the lock of the board.</summary>
internal sealed class AgentTimes(CallJournal journal, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly Dictionary<StaffId, Stretch> _open = [];

    /// <summary>An agent has changed.</summary>
    public void Note(Agent before, Agent after, DateTimeOffset now)
    {
        if (AgentWish.Of(after) is var wish && wish != AgentWish.Of(before)) journal.Add(KeepAgentWishes.Kind, wish);
        if (Seen(before) == Seen(after)) return;
        if (_open.Remove(after.Id, out var last)) Write(last.To(now, goesOn: false, clock));
        if (after.State != AgentState.LoggedOut) Write([Begun(after, now)]);
    }

    /// <summary>Lengthens the open stretches to now, once a minute.</summary>
    public void Touch(DateTimeOffset now)
    {
        foreach (var stretch in _open.Values.Where(s => now - s.Until >= Between).ToList()) Write(stretch.To(now, goesOn: true, clock));
    }

    private static (AgentState, string, string) Seen(Agent agent) => (agent.State, Why(agent), agent.CallId);

    private static string Why(Agent agent) => agent.State == AgentState.NotReady ? EnumText<NotReadyReason>.Of(agent.Reason) : "";

    private Stretch Begun(Agent agent, DateTimeOffset now) => new()
    {
        Id = Ids.New(clock), Staff = agent.Id, State = agent.State, Reason = Why(agent), Queue = agent.Queue, CallId = agent.CallId, From = now, Until = now, IsOpen = true,
    };

    private void Write(IReadOnlyList<Stretch> pieces)
    {
        foreach (var piece in pieces) journal.Add(KeepAgentTimes.Kind, piece);
        if (pieces[^1].IsOpen) _open[pieces[^1].Staff] = pieces[^1];
    }
}
