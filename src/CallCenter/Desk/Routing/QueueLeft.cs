namespace Courier.CallCenter.Routing;

/// <summary>Whether a call was let into a queue.</summary>
internal enum Admission
{
    /// <summary>It waits for an agent.</summary>
    Admitted,

    /// <summary>Nobody answers at this hour.</summary>
    Closed,

    /// <summary>As many wait as may.</summary>
    Full,

    /// <summary>No agent of this queue is at work.</summary>
    Unstaffed,
}

/// <summary>How a call left a queue; each call leaves once.</summary>
internal enum QueueLeft
{
    /// <summary>An agent answered.</summary>
    Answered,

    /// <summary>The caller hung up.</summary>
    Abandoned,

    /// <summary>The caller hung up so soon that it says nothing about the service.</summary>
    ShortAbandoned,

    /// <summary>It went on to another queue.</summary>
    Overflowed,

    /// <summary>The caller is called back and keeps the place.</summary>
    CallBack,

    /// <summary>The caller leaves a message.</summary>
    Voicemail,

    /// <summary>The longest wait was over.</summary>
    TimedOut,

    /// <summary>It was not let in: out of hours.</summary>
    Closed,

    /// <summary>It was not let in: too many wait.</summary>
    Full,

    /// <summary>It was not let in: nobody at work.</summary>
    Unstaffed,

    /// <summary>The process that had it is gone.</summary>
    Lost,
}

/// <summary>How the ringing of an agent's phone ended without an answer.</summary>
internal enum RingEnd
{
    /// <summary>It rang in vain.</summary>
    NoAnswer,

    /// <summary>The phone is in another call.</summary>
    Busy,

    /// <summary>The agent refused.</summary>
    Rejected,

    /// <summary>The phone did not answer the network.</summary>
    Unreachable,
}

/// <summary>How the program for waiting callers ended.</summary>
internal enum QueueOutcome
{
    /// <summary>It was stopped: an agent has answered.</summary>
    Stopped,

    /// <summary>The caller is called back; the good-bye is said.</summary>
    CallBack,

    /// <summary>The caller wants to leave a message.</summary>
    Voicemail,

    /// <summary>Nobody will answer; the good-bye is said.</summary>
    Goodbye,
}
