using Courier.CallCenter.Routing;
using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>How a reservation stands.</summary>
internal enum ReservationState
{
    /// <summary>The agent is kept.</summary>
    Open,

    /// <summary>The agent took the call.</summary>
    Answered,

    /// <summary>The agent did not take it.</summary>
    Failed,

    /// <summary>It was given up, or its time was over.</summary>
    Released,
}

/// <summary>
/// An agent who is kept for one call until an answer, a failure or the expiry. It ends once: whoever comes second learns that it is over.
/// </summary>
internal sealed class Reservation
{
    private readonly AgentBoard _board;
    private readonly Action<Reservation> _ended;
    private volatile ReservationState _state;

    internal Reservation(AgentBoard board, Agent agent, TimeSpan ring, Action<Reservation> ended)
    {
        (_board, _ended) = (board, ended);
        (Agent, PhoneUser, CallId, Ring, ExpiresAt) = (agent.Id, agent.PhoneUser, agent.CallId, ring, agent.Until!.Value);
    }

    /// <summary>Whom to ring.</summary>
    public StaffId Agent { get; }

    /// <summary>The user of the agent's telephone.</summary>
    public string PhoneUser { get; }

    /// <summary>The call.</summary>
    public string CallId { get; }

    /// <summary>How long to let it ring.</summary>
    public TimeSpan Ring { get; }

    /// <summary>When the agent is free again whatever the telephone does.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>How it stands.</summary>
    public ReservationState State => _state;

    /// <summary>The agent has answered.</summary>
    /// <returns>False when the reservation is over: the agent's leg is to be hung up.</returns>
    public bool Answered() => End(ReservationState.Answered, AgentEvent.Answer, null);

    /// <summary>The agent has not answered, and takes no more calls until ready again; the caller keeps the place.</summary>
    public void Failed(RingEnd how) => End(ReservationState.Failed, AgentEvent.RingFail, how switch
    {
        RingEnd.NoAnswer => NotReadyReason.NoAnswer,
        RingEnd.Busy => NotReadyReason.PhoneBusy,
        RingEnd.Rejected => NotReadyReason.Rejected,
        RingEnd.Unreachable => NotReadyReason.Unreachable,
    });

    /// <summary>The agent is not needed any more.</summary>
    public void Released() => End(ReservationState.Released, AgentEvent.RingFree, null);

    private bool End(ReservationState how, AgentEvent what, NotReadyReason? reason)
    {
        if (Interlocked.CompareExchange(ref _state, how, ReservationState.Open) != ReservationState.Open) return false;
        _board.Settle(this, what, reason);
        _ended(this);
        return true;
    }
}
