using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>An agent at a moment; changes by events only.</summary>
internal sealed record Agent
{
    /// <summary>Who.</summary>
    public required StaffId Id { get; init; }

    /// <summary>The user that the telephone registers as: the account's name.</summary>
    public required string PhoneUser { get; init; }

    /// <summary>The name that colleagues see.</summary>
    public required string Name { get; init; }

    /// <summary>Skills with their levels, 1 to 10.</summary>
    public required IReadOnlyDictionary<string, int> Skills { get; init; }

    /// <summary>How many chats the agent has open: of two who fit alike the one with fewer is chosen.</summary>
    public int Load { get; init; }

    /// <summary>What the agent is doing.</summary>
    public AgentState State { get; init; } = AgentState.LoggedOut;

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Is the telephone registered?</summary>
    public bool HasPhone { get; init; }

    /// <summary>Does the agent want calls when nothing else is to do?</summary>
    public bool WantsReady { get; init; }

    /// <summary>Why not, where the agent does not.</summary>
    public NotReadyReason Reason { get; init; } = NotReadyReason.SignedOn;

    /// <summary>Waiting for a call since; a call that went another way does not end the waiting.</summary>
    public DateTimeOffset IdleSince { get; init; }

    /// <summary>The call that rings, is spoken or was the last one before the wrap-up; empty for none.</summary>
    public string CallId { get; init; } = "";

    /// <summary>The queue that gave the call; empty for none.</summary>
    public string Queue { get; init; } = "";

    /// <summary>How long the work after this call may take.</summary>
    public TimeSpan WrapUp { get; init; }

    /// <summary>When the ringing or the wrap-up is over at the latest.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>At work: with a telephone, or without one for a moment only.</summary>
    public bool IsAtWork(DateTimeOffset now) => State switch
    {
        AgentState.LoggedOut => false,
        AgentState.Offline => now - Since < TimeSpan.FromMinutes(2),
        AgentState.NotReady or AgentState.Ready or AgentState.Reserved or AgentState.Talking or AgentState.WrapUp => true,
    };

    /// <summary>Takes calls now or after the one at hand.</summary>
    public bool IsServing => State is AgentState.Ready or AgentState.Reserved or AgentState.Talking or AgentState.WrapUp && WantsReady;

    /// <summary>The agent after an event; null when it cannot happen now.</summary>
    public Agent? On(AgentEvent what, DateTimeOffset now)
    {
        var after = what switch
        {
            AgentEvent.PhoneOn when State == AgentState.LoggedOut => this with { HasPhone = true, WantsReady = false, Reason = NotReadyReason.SignedOn },
            AgentEvent.PhoneOn => this with { HasPhone = true },
            AgentEvent.PhoneOff => this with { HasPhone = false },
            AgentEvent.WantReady => this with { WantsReady = true },
            AgentEvent.WantNotReady or AgentEvent.RingFail => this with { WantsReady = false },
            AgentEvent.SignOff => this with { WantsReady = false, Reason = NotReadyReason.SignedOn },
            AgentEvent.Reserve or AgentEvent.Answer or AgentEvent.RingFree or AgentEvent.Engage or AgentEvent.TalkEnd or AgentEvent.WrapEnd => this,
        };
        return AgentRules.On(State, what) switch
        {
            AgentStep.No => null,
            AgentStep.Stay => after,
            AgentStep.Home => after.Home(now, isFresh: what != AgentEvent.RingFree),
            AgentStep.Out => after.Enter(AgentState.LoggedOut, now).WithoutCall(),
            AgentStep.Ring => after.Enter(AgentState.Reserved, now),
            AgentStep.Talk => after.Enter(AgentState.Talking, now) with { Until = null },
            AgentStep.Wrap when WrapUp > TimeSpan.Zero => after.Enter(AgentState.WrapUp, now) with { Until = now + WrapUp },
            AgentStep.Wrap => after.Home(now, isFresh: true),
        };
    }

    private Agent Home(DateTimeOffset now, bool isFresh)
    {
        var home = !HasPhone ? AgentState.Offline : WantsReady ? AgentState.Ready : AgentState.NotReady;
        var there = Enter(home, now).WithoutCall();
        return home == AgentState.Ready && isFresh ? there with { IdleSince = now } : there;
    }

    private Agent Enter(AgentState state, DateTimeOffset now) => this with { State = state, Since = now };

    private Agent WithoutCall() => this with { CallId = "", Queue = "", WrapUp = TimeSpan.Zero, Until = null };
}
