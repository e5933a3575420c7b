using Courier.Services.Staff;

namespace Courier.CallCenter.Routing;

/// <summary>
/// Decides who takes which call, and nothing else: no clock, no I/O. Calls are served in their one order; each gets the agent whom the customer
/// spoke with last, else of those who can do what is needed the best, with the fewest chats, who has waited longest. A call that nobody can take
/// holds up none behind it. Costs O(n log n) in the calls: what calls of one kind need is looked at once.
/// </summary>
internal static class ChooseAgents
{
    /// <summary>The assignments at a moment, in the order of the calls; no call and no agent comes twice.</summary>
    public static IReadOnlyList<Assignment> For(IEnumerable<WaitingCall> calls, IReadOnlyCollection<FreeAgent> agents, DateTimeOffset now)
    {
        var free = agents.ToDictionary(a => a.Id);
        if (free.Count == 0) return [];
        var able = new Dictionary<(string, string, int), Candidates>();
        var assignments = new List<Assignment>();
        foreach (var call in calls.Order())
        {
            var kind = call.Kind(now);
            if (!able.TryGetValue(kind, out var candidates)) able[kind] = candidates = new Candidates(call.Needs(now), free.Values);
            if (candidates.Take(call.LastAgent, free) is not { } chosen) continue;
            free.Remove(chosen);
            assignments.Add(new Assignment(call, chosen));
            if (free.Count == 0) break;
        }
        return assignments;
    }

    // Those who were free when the kind was first met, the best first; who was taken for another kind meanwhile is passed over.
    private sealed class Candidates
    {
        private readonly IReadOnlyList<SkillNeed> _needs;
        private readonly Queue<StaffId> _best;

        public Candidates(IEnumerable<SkillNeed> needs, IEnumerable<FreeAgent> free)
        {
            _needs = [.. needs];
            _best = new(free.Where(a => a.Meets(_needs)).OrderByDescending(a => a.Score(_needs)).ThenBy(a => a.Load).ThenBy(a => a.IdleSince).ThenBy(a => a.Id.Text, StringComparer.Ordinal).Select(a => a.Id));
        }

        public StaffId? Take(StaffId? last, Dictionary<StaffId, FreeAgent> free)
        {
            if (last is { } known && free.TryGetValue(known, out var agent) && agent.Meets(_needs)) return known;
            while (_best.TryDequeue(out var next))
                if (free.ContainsKey(next)) return next;
            return null;
        }
    }
}
