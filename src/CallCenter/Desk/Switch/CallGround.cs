using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.CallCenter.Recording;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Switch;

/// <summary>What every call stands on.</summary>
internal sealed record CallGround(
    Exchange Exchange, Calls Calls, Transfers Transfers, HoldMusic Music, Recordings Recordings, CallJournal Journal, AgentBoard Board, DataKeys Keys,
    CallCenterOptions Options, TimeProvider Clock)
{
    /// <summary>What the records call this process: its calls are lost when it begins anew.</summary>
    public string Node { get; } = Options.NodeName();
}
