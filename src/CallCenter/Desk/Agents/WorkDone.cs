using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>What an agent has just done for a call of a queue.</summary>
/// <param name="Agent">Who.</param>
/// <param name="CallId">The call.</param>
/// <param name="Queue">The queue that gave it.</param>
/// <param name="What"><see cref="AgentState.Talking"/> or <see cref="AgentState.WrapUp"/>.</param>
/// <param name="Length">How long it took.</param>
/// <param name="IsLast">Nothing follows for this call.</param>
internal sealed record WorkDone(StaffId Agent, string CallId, string Queue, AgentState What, TimeSpan Length, bool IsLast);
