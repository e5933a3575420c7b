using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>An agent as the database knows one.</summary>
/// <param name="Id">Who.</param>
/// <param name="PhoneUser">The account's name.</param>
/// <param name="Name">What colleagues read.</param>
/// <param name="Skills">Skills with their levels.</param>
/// <param name="Load">Open chats.</param>
/// <param name="Wish">What the agent wanted when last seen; null for who never was at work.</param>
internal sealed record RosterLine(StaffId Id, string PhoneUser, string Name, IReadOnlyDictionary<string, int> Skills, int Load, AgentWish? Wish)
{
    /// <summary>The agent when the board meets one for the first time: who was at work is waited for.</summary>
    public Agent NewAgent(DateTimeOffset now) => new()
    {
        Id = Id, PhoneUser = PhoneUser, Name = Name, Skills = Skills, Load = Load, Since = now, IdleSince = now,
        State = Wish is { IsSignedOn: true } ? AgentState.Offline : AgentState.LoggedOut,
        WantsReady = Wish is { IsSignedOn: true, WantsReady: true }, Reason = Wish?.Reason ?? NotReadyReason.SignedOn,
    };
}
