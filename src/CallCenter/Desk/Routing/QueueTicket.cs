using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.CallCenter.Routing;

/// <summary>A skill that a call needs.</summary>
/// <param name="Skill">Code of the skill: lower-case letters, digits, hyphens and underscores, at most 40.</param>
/// <param name="Level">The agent's level must be at least this: 1 to 10.</param>
internal sealed record SkillNeed(string Skill, int Level);

/// <summary>A call that is to wait for an agent.</summary>
/// <param name="CallId">The call's one id.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Skills">What this call needs beyond what the queue asks of its agents.</param>
/// <param name="Tier">Code of the customer's tier (<see cref="CustomerTier.Code"/>).</param>
/// <param name="Customer">Who calls; null when nobody knows.</param>
/// <param name="LastAgent">Who spoke with this customer last; taken first when free.</param>
/// <param name="Since">From when the waiting counts.</param>
internal sealed record QueueTicket(
    string CallId, string Queue, IReadOnlyList<SkillNeed> Skills, string Tier, CustomerId? Customer, StaffId? LastAgent, DateTimeOffset Since);
