using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>Reads who the agents are: accounts with the role, their skills, what they wanted last, and how many chats they have open.</summary>
internal static class Roster
{
    private const int Portion = 500;

    private const string Skills = "select staff_id as Staff, skill as Skill, level as Level from calls_agent_skills";

    private const string Wishes = "select staff_id as Staff, is_signed_on as IsSignedOn, wants_ready as WantsReady, reason as Reason from calls_agents";

    /// <summary>All agents whose accounts are in use.</summary>
    public static async Task<IReadOnlyList<RosterLine>> Read(ISqlReader db, CancellationToken ct)
    {
        var agents = await Members(db, ct).ConfigureAwait(false);
        var skills = (await db.Query<SkillRow>(Skills, null, ct).ConfigureAwait(false)).ToLookup(s => s.Staff);
        var wishes = (await db.Query<WishRow>(Wishes, null, ct).ConfigureAwait(false)).ToDictionary(w => w.Staff, w => w.Open());
        var chats = await CountOpenChats.ByAgent(db, ct).ConfigureAwait(false);
        return [.. agents.Select(a => new RosterLine(
            a.Id, a.Name.Text, a.DisplayName, skills[a.Id].ToDictionary(s => s.Skill, s => (int)s.Level, StringComparer.Ordinal), chats.GetValueOrDefault(a.Id), wishes.GetValueOrDefault(a.Id)))];
    }

    private static async Task<List<StaffMember>> Members(ISqlReader db, CancellationToken ct)
    {
        var agents = new List<StaffMember>();
        IReadOnlyList<StaffMember> page = [];
        do
        {
            page = await StaffAccounts.List(db, page.Count == 0 ? null : page[^1].Name, Portion, ct).ConfigureAwait(false);
            agents.AddRange(page.Where(m => !m.Disabled && m.Roles.Contains(StaffRole.Agent)));
        }
        while (page.Count == Portion);
        return agents;
    }

    private sealed record SkillRow
    {
        public required StaffId Staff { get; init; }
        public required string Skill { get; init; }
        public required long Level { get; init; }
    }

    private sealed record WishRow
    {
        public required StaffId Staff { get; init; }
        public required long IsSignedOn { get; init; }
        public required long WantsReady { get; init; }
        public required NotReadyReason Reason { get; init; }

        public AgentWish Open() => new() { Staff = Staff, IsSignedOn = IsSignedOn != 0, WantsReady = WantsReady != 0, Reason = Reason };
    }
}
