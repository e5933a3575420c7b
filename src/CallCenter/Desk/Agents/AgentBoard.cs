using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>
/// What all agents are doing, and the one place where they are chosen for calls: two calls never get the same agent. Knows no queue and
/// no call; whoever wants to know listens to <see cref="Changed"/>. Everything may be called from any thread and never waits.
/// </summary>
internal sealed class AgentBoard(TimeProvider clock, AgentTimes times)
{
    /// <summary>How much longer than the ringing a reservation lasts: for the signalling before and after it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Who has had no telephone for so long has gone home.</summary>
    private static readonly TimeSpan GoneAfter = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<StaffId, Agent> _agents = [];
    private readonly Dictionary<string, StaffId> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<StaffId, Reservation> _reservations = [];
    // Who has done something here: of the others another process knows best, and the database tells what they want.
    private readonly HashSet<StaffId> _met = [];
    private readonly HashSet<string> _registered = new(StringComparer.Ordinal);
    private readonly Queue<WorkDone> _done = [];

    /// <summary>Somebody's state, skills or wishes have changed. Called outside of any lock.</summary>
    public event Action? Changed;

    /// <summary>An agent has spoken with a caller of a queue, or has finished the work after it. Called outside of any lock.</summary>
    public event Action<WorkDone>? Worked;

    /// <summary>All agents as they are now.</summary>
    public IReadOnlyList<Agent> Snapshot()
    {
        lock (_gate) return [.. _agents.Values];
    }

    /// <summary>One agent; null when there is none.</summary>
    public Agent? Find(StaffId agent)
    {
        lock (_gate) return _agents.GetValueOrDefault(agent);
    }

    /// <summary>Whose telephone registers as this user; null when it is no agent's.</summary>
    public StaffId? Find(string phoneUser)
    {
        lock (_gate) return _users.TryGetValue(phoneUser, out var id) ? id : null;
    }

    /// <summary>The telephone is registered.</summary>
    public void SignedOn(string phoneUser)
    {
        lock (_gate) _registered.Add(phoneUser);
        if (Find(phoneUser) is { } agent) Apply(agent, AgentEvent.PhoneOn);
    }

    /// <summary>The registration is lost or given back.</summary>
    public void SignedOff(string phoneUser)
    {
        lock (_gate) _registered.Remove(phoneUser);
        if (Find(phoneUser) is { } agent) Apply(agent, AgentEvent.PhoneOff);
    }

    /// <summary>The agent wants calls; ends the wrap-up.</summary>
    public bool Ready(StaffId agent) => Apply(agent, AgentEvent.WantReady);

    /// <summary>The agent wants no calls, from now or after the call at hand.</summary>
    public bool NotReady(StaffId agent, NotReadyReason reason) => Apply(agent, AgentEvent.WantNotReady, a => a with { Reason = reason });

    /// <summary>The work after the call is done.</summary>
    public bool EndWrapUp(StaffId agent) => Apply(agent, AgentEvent.WrapEnd);

    /// <summary>The agent goes home.</summary>
    /// <returns>False while the agent is in a call.</returns>
    public bool SignOff(StaffId agent) => Apply(agent, AgentEvent.SignOff);

    /// <summary>The agent is in a call that no queue gave, such as an own one.</summary>
    /// <returns>False when the agent is busy otherwise.</returns>
    public bool Engaged(StaffId agent, string callId) => Apply(agent, AgentEvent.Engage, a => a with { CallId = callId, Queue = "", WrapUp = TimeSpan.Zero });

    /// <summary>The agent has left the call.</summary>
    /// <returns>False when the agent is not in this call.</returns>
    public bool TalkEnded(StaffId agent, string callId) => Apply(agent, AgentEvent.TalkEnd, a => a.CallId == callId ? a : null);

    /// <summary>The agent goes on speaking, in another call: somebody has put two together.</summary>
    public void Moved(StaffId agent, string fromCall, string toCall)
    {
        lock (_gate)
        {
            if (_agents.TryGetValue(agent, out var known) && known.State == AgentState.Talking && known.CallId == fromCall) _agents[agent] = known with { CallId = toCall };
        }
    }

    /// <summary>Keeps an agent for a call that comes from no queue, such as one that is passed on.</summary>
    /// <param name="agent">Whom.</param>
    /// <param name="callId">For which call.</param>
    /// <param name="ring">How long it may ring.</param>
    /// <returns>Null when the agent is not ready.</returns>
    public Reservation? TryReserve(StaffId agent, string callId, TimeSpan ring) => TryReserve(agent, callId, "", ring, TimeSpan.Zero, static _ => { });

    /// <summary>Keeps an agent for a call of a queue.</summary>
    internal Reservation? TryReserve(StaffId agent, string callId, string queue, TimeSpan ring, TimeSpan wrapUp, Action<Reservation> ended)
    {
        Reservation reservation;
        lock (_gate)
        {
            var until = clock.GetUtcNow() + ring + Grace;
            if (Change(agent, AgentEvent.Reserve, a => a with { CallId = callId, Queue = queue, WrapUp = wrapUp, Until = until }) is not { } reserved) return null;
            _reservations[agent] = reservation = new Reservation(this, reserved, ring, ended);
        }
        Tell();
        return reservation;
    }

    /// <summary>A reservation has ended; called by it, once.</summary>
    internal void Settle(Reservation reservation, AgentEvent what, NotReadyReason? reason)
    {
        lock (_gate)
        {
            _reservations.Remove(reservation.Agent);
            Change(reservation.Agent, what, a => reason is { } why ? a with { Reason = why } : a);
        }
        Tell();
    }

    /// <summary>Takes over who the agents are now, with their skills and open chats. Who is in a call and no agent any more stays until its end.</summary>
    internal void Take(IReadOnlyList<RosterLine> roster)
    {
        lock (_gate)
        {
            foreach (var line in roster) Take(line);
            var known = roster.Select(l => l.Id).ToHashSet();
            foreach (var gone in _agents.Values.Where(a => !known.Contains(a.Id) && a.State is not (AgentState.Reserved or AgentState.Talking)).ToList())
            {
                Change(gone.Id, AgentEvent.SignOff, a => a);
                _agents.Remove(gone.Id);
                _users.Remove(gone.PhoneUser);
            }
        }
        Tell();
    }

    /// <summary>Ends what has lasted its time: wrap-ups, reservations, the work of who has no telephone any more; keeps the time lines.</summary>
    internal void Tick()
    {
        var now = clock.GetUtcNow();
        List<Reservation> expired;
        List<StaffId> wrapped, gone;
        lock (_gate)
        {
            expired = [.. _reservations.Values.Where(r => r.ExpiresAt <= now)];
            wrapped = [.. _agents.Values.Where(a => a.State == AgentState.WrapUp && a.Until <= now).Select(a => a.Id)];
            gone = [.. _agents.Values.Where(a => a.State == AgentState.Offline && _met.Contains(a.Id) && a.Since + GoneAfter <= now).Select(a => a.Id)];
            times.Touch(now);
        }
        foreach (var reservation in expired) reservation.Released();
        foreach (var agent in wrapped) EndWrapUp(agent);
        foreach (var agent in gone) SignOff(agent);
    }

    private void Take(RosterLine line)
    {
        var agent = _agents.GetValueOrDefault(line.Id);
        if (agent is null || !_met.Contains(line.Id))
        {
            var elsewhere = line.NewAgent(clock.GetUtcNow());
            agent = agent?.State == elsewhere.State ? elsewhere with { Since = agent.Since, IdleSince = agent.IdleSince } : elsewhere;
            _users[agent.PhoneUser] = agent.Id;
        }
        _agents[line.Id] = agent with { Name = line.Name, Skills = line.Skills, Load = line.Load };
        if (!agent.HasPhone && _registered.Contains(agent.PhoneUser)) Change(line.Id, AgentEvent.PhoneOn, a => a);
    }

    private bool Apply(StaffId agent, AgentEvent what, Func<Agent, Agent?>? with = null)
    {
        lock (_gate)
        {
            if (Change(agent, what, with ?? (static a => a)) is null) return false;
        }
        Tell();
        return true;
    }

    private void Tell()
    {
        while (NextDone() is { } done) Worked?.Invoke(done);
        Changed?.Invoke();
    }

    private WorkDone? NextDone()
    {
        lock (_gate) return _done.TryDequeue(out var done) ? done : null;
    }

    private Agent? Change(StaffId id, AgentEvent what, Func<Agent, Agent?> with)
    {
        var now = clock.GetUtcNow();
        if (!_agents.TryGetValue(id, out var before) || with(before)?.On(what, now) is not { } after) return null;
        _agents[id] = after;
        _met.Add(id);
        times.Note(before, after, now);
        if (before.Queue.Length > 0 && before.State is AgentState.Talking or AgentState.WrapUp && after.State != before.State)
            _done.Enqueue(new WorkDone(before.Id, before.CallId, before.Queue, before.State, now - before.Since, IsLast: after.State != AgentState.WrapUp));
        return after;
    }
}
