using System.Collections.Frozen;
using Courier.Kernel;

namespace Courier.CallCenter.Switch;

/// <summary>Where a call stands, as the business sees it.</summary>
internal enum CallState
{
    /// <summary>It has just come or is just being made.</summary>
    Beginning,
    /// <summary>A flow serves the caller.</summary>
    InFlow,
    /// <summary>The caller waits for an agent.</summary>
    Queued,
    /// <summary>Agent and customer speak.</summary>
    Talking,
    /// <summary>The customer hears music, because the agent wants it so.</summary>
    OnHold,
    /// <summary>The customer hears music and no agent has the call.</summary>
    Parked,
    /// <summary>The customer hears music while somebody else is rung.</summary>
    Transferring,
    /// <summary>The caller leaves a message.</summary>
    InVoicemail,
    /// <summary>The caller is asked how it was.</summary>
    InSurvey,
    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>How the service of a customer by our people ended.</summary>
internal enum ServiceEnd
{
    /// <summary>They hung up.</summary>
    Done,
    /// <summary>Their telephone vanished, or nobody took what was given away: the customer is still there.</summary>
    Stranded,
}

/// <summary>What agents and supervisors can do to a running call.</summary>
internal enum CallCommand
{
    /// <summary>Let the customer hear music.</summary>
    Hold,
    /// <summary>Speak with the customer again.</summary>
    Resume,
    /// <summary>Give the call to somebody else.</summary>
    Transfer,
    /// <summary>Speak with somebody else first, while the customer waits.</summary>
    Consult,
    /// <summary>Speak all together.</summary>
    Confer,
    /// <summary>Let the customer wait where any agent can take the call.</summary>
    Park,
    /// <summary>Take a parked call.</summary>
    Retrieve,
    /// <summary>Listen, whisper or join as a supervisor.</summary>
    Listen,
    /// <summary>Keep what is said out of the recording, and take it in again.</summary>
    PauseRecording,
    /// <summary>End it.</summary>
    HangUp,
}

/// <summary>The table of states: what may follow what, and what may be done when.</summary>
internal static class CallStates
{
    private static readonly FrozenDictionary<CallState, CallState[]> Next = new Dictionary<CallState, CallState[]>
    {
        [CallState.Beginning] = [CallState.InFlow, CallState.Talking, CallState.Ended],
        [CallState.InFlow] = [CallState.Queued, CallState.InVoicemail, CallState.Ended],
        [CallState.Queued] = [CallState.Talking, CallState.InVoicemail, CallState.Ended],
        [CallState.Talking] = [CallState.Queued, CallState.OnHold, CallState.Parked, CallState.Transferring, CallState.InSurvey, CallState.Ended],
        [CallState.OnHold] = [CallState.Queued, CallState.Talking, CallState.Parked, CallState.Transferring, CallState.InSurvey, CallState.Ended],
        [CallState.Parked] = [CallState.Queued, CallState.Talking, CallState.Transferring, CallState.Ended],
        [CallState.Transferring] = [CallState.Queued, CallState.Talking, CallState.OnHold, CallState.Parked, CallState.InSurvey, CallState.Ended],
        [CallState.InVoicemail] = [CallState.Ended],
        [CallState.InSurvey] = [CallState.Ended],
        [CallState.Ended] = [],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<CallCommand, CallState[]> When = new Dictionary<CallCommand, CallState[]>
    {
        [CallCommand.Hold] = [CallState.Talking],
        [CallCommand.Resume] = [CallState.OnHold],
        [CallCommand.Transfer] = [CallState.Talking, CallState.OnHold],
        [CallCommand.Consult] = [CallState.Talking, CallState.OnHold],
        [CallCommand.Confer] = [CallState.OnHold],
        [CallCommand.Park] = [CallState.Talking, CallState.OnHold],
        [CallCommand.Retrieve] = [CallState.Parked],
        [CallCommand.Listen] = [CallState.Talking, CallState.OnHold],
        [CallCommand.PauseRecording] = [CallState.Talking, CallState.OnHold, CallState.Transferring],
        [CallCommand.HangUp] = [.. Enum.GetValues<CallState>().Where(s => s != CallState.Ended)],
    }.ToFrozenDictionary();

    /// <summary>Whether one state may follow another.</summary>
    public static bool MayFollow(this CallState next, CallState now) => Next[now].Contains(next);

    /// <summary>Whether a command makes sense now.</summary>
    public static bool Allows(this CallState now, CallCommand command) => When[command].Contains(now);

    /// <summary>Refuses a command that makes no sense now.</summary>
    /// <exception cref="RuleBroken">calls.not_now</exception>
    public static void Require(this CallState now, CallCommand command)
    {
        if (!now.Allows(command)) throw new RuleBroken("calls.not_now", Texts.CallNotNow);
    }
}
