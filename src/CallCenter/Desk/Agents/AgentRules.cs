using System.Collections.Frozen;
using static Courier.CallCenter.Agents.AgentStep;

namespace Courier.CallCenter.Agents;

/// <summary>What an event does to a state.</summary>
internal enum AgentStep
{
    /// <summary>It cannot happen in this state, or is refused.</summary>
    No,

    /// <summary>The state stays; what the agent wants afterwards is remembered.</summary>
    Stay,

    /// <summary>To where the agent belongs between calls: off line without a telephone, else ready or not, as the agent wants.</summary>
    Home,

    /// <summary>Out of work.</summary>
    Out,

    /// <summary>Chosen.</summary>
    Ring,

    /// <summary>In a call.</summary>
    Talk,

    /// <summary>To the work after the call; home at once where the queue grants none.</summary>
    Wrap,
}

/// <summary>THE table of agents' states: every state × every event.</summary>
internal static class AgentRules
{
    private static readonly AgentEvent[] Events = Enum.GetValues<AgentEvent>();

    private static readonly FrozenDictionary<(AgentState, AgentEvent), AgentStep> Table = new (AgentState State, AgentStep[] Steps)[]
    {
        //                      PhoneOn  PhoneOff  WantReady  WantNotReady  Reserve  Answer  RingFail  RingFree  Engage  TalkEnd  WrapEnd  SignOff
        (AgentState.LoggedOut, [Home,    Stay,     Home,      Home,         No,      No,     No,       No,       No,     No,      No,      Stay]),
        (AgentState.Offline,   [Home,    Stay,     Home,      Home,         No,      No,     No,       No,       No,     No,      No,      Out]),
        (AgentState.NotReady,  [Stay,    Home,     Home,      Home,         No,      No,     No,       No,       Talk,   No,      No,      Out]),
        (AgentState.Ready,     [Stay,    Home,     Stay,      Home,         Ring,    No,     No,       No,       Talk,   No,      No,      Out]),
        (AgentState.Reserved,  [Stay,    Stay,     Stay,      Stay,         No,      Talk,   Home,     Home,     No,     No,      No,      No]),
        (AgentState.Talking,   [Stay,    Stay,     Stay,      Stay,         No,      No,     No,       No,       No,     Wrap,    No,      No]),
        (AgentState.WrapUp,    [Stay,    Stay,     Home,      Stay,         No,      No,     No,       No,       Talk,   No,      Home,    Out]),
    }.SelectMany(row => row.Steps.Select((step, i) => ((row.State, Events[i]), step))).ToFrozenDictionary(c => c.Item1, c => c.step);

    /// <summary>What the event does in the state.</summary>
    public static AgentStep On(AgentState state, AgentEvent what) => Table[(state, what)];
}
