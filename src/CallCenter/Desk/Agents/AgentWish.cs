using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>What an agent wants between calls; outlives the process.</summary>
internal sealed record AgentWish
{
    public required StaffId Staff { get; init; }

    /// <summary>At work.</summary>
    public required bool IsSignedOn { get; init; }

    public required bool WantsReady { get; init; }

    /// <summary>Why not, where the agent wants no calls.</summary>
    public required NotReadyReason Reason { get; init; }

    public static AgentWish Of(Agent agent) => new()
    {
        Staff = agent.Id, IsSignedOn = agent.State != AgentState.LoggedOut, WantsReady = agent.WantsReady, Reason = agent.Reason,
    };
}
