namespace Courier.CallCenter.Agents;

/// <summary>What an agent is doing.</summary>
internal enum AgentState
{
    /// <summary>Not at work.</summary>
    LoggedOut,

    /// <summary>At work, but the telephone is not registered.</summary>
    Offline,

    /// <summary>At work and taking no calls, for a reason.</summary>
    NotReady,

    /// <summary>Waits for a call.</summary>
    Ready,

    /// <summary>Chosen for a call; the telephone rings.</summary>
    Reserved,

    /// <summary>In a call, on hold or not.</summary>
    Talking,

    /// <summary>Finishes the last call; whatever queue it came from, no queue gives another.</summary>
    WrapUp,
}

/// <summary>Why an agent takes no calls.</summary>
internal enum NotReadyReason
{
    /// <summary>Has just come to work.</summary>
    SignedOn,

    /// <summary>A short break.</summary>
    Break,

    /// <summary>A meal.</summary>
    Meal,

    /// <summary>A meeting.</summary>
    Meeting,

    /// <summary>A training.</summary>
    Training,

    /// <summary>Works on a case.</summary>
    Casework,

    /// <summary>Let a call ring in vain.</summary>
    NoAnswer,

    /// <summary>The telephone was in another call when one came.</summary>
    PhoneBusy,

    /// <summary>Refused a call.</summary>
    Rejected,

    /// <summary>The telephone did not answer the network when a call came.</summary>
    Unreachable,

    /// <summary>A supervisor has said so.</summary>
    BySupervisor,
}

/// <summary>What can happen to an agent.</summary>
internal enum AgentEvent
{
    /// <summary>The telephone is registered.</summary>
    PhoneOn,

    /// <summary>The registration is lost.</summary>
    PhoneOff,

    /// <summary>Wants calls.</summary>
    WantReady,

    /// <summary>Wants no calls.</summary>
    WantNotReady,

    /// <summary>Chosen for a call.</summary>
    Reserve,

    /// <summary>Took the call.</summary>
    Answer,

    /// <summary>Did not take the call.</summary>
    RingFail,

    /// <summary>The call went another way, which is not the agent's fault.</summary>
    RingFree,

    /// <summary>Is in a call that no queue gave.</summary>
    Engage,

    /// <summary>The call is over.</summary>
    TalkEnd,

    /// <summary>The work after the call is done, or its time is over.</summary>
    WrapEnd,

    /// <summary>Goes home.</summary>
    SignOff,
}
