using Courier.Services.Staff;

namespace Courier.CallCenter.Routing;

/// <summary>A call that waits, as routing sees it.</summary>
/// <param name="Id">Its id; the last word where all else is equal.</param>
/// <param name="Queue">The queue with its rules.</param>
/// <param name="Skills">What the call needs beyond the queue's own skills.</param>
/// <param name="Tier">Code of the customer's tier.</param>
/// <param name="Since">From when the waiting counts.</param>
/// <param name="LastAgent">Taken first when free.</param>
/// <param name="Passed">Queues that it has overflowed from.</param>
internal sealed record WaitingCall(string Id, CallQueue Queue, IReadOnlyList<SkillNeed> Skills, string Tier, DateTimeOffset Since, StaffId? LastAgent, IReadOnlyList<string> Passed)
    : IComparable<WaitingCall>
{
    private readonly DateTimeOffset _counted = Since - Queue.HeadStart(Tier);

    /// <summary>
    /// THE order of waiting calls, over all queues: by the wait plus the head start of the tier, then by the wait, then by the id. All age alike, so
    /// two calls never change places, and nobody who comes later than the fairness cap overtakes.
    /// </summary>
    public int CompareTo(WaitingCall? other)
    {
        if (other is null) return 1;
        var order = _counted.CompareTo(other._counted);
        if (order == 0) order = Since.CompareTo(other.Since);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>What an agent must be able to do now: less, the longer it takes.</summary>
    public IEnumerable<SkillNeed> Needs(DateTimeOffset now) => Stage(now) switch
    {
        0 => Queue.Skills.Concat(Skills),
        1 => Queue.Skills.Concat(Skills).Select(n => n with { Level = 1 }),
        _ => Queue.Skills.Select(n => n with { Level = 1 }),
    };

    /// <summary>Calls of one kind need the same.</summary>
    public (string Queue, string Skills, int Stage) Kind(DateTimeOffset now) =>
        (Queue.Code, Skills.Count == 0 ? "" : string.Join(',', Skills.Select(s => $"{s.Skill}:{s.Level}").Order(StringComparer.Ordinal)), Stage(now));

    /// <summary>Where it is to go on to now; null for nowhere.</summary>
    public string? OverflowTo(DateTimeOffset now) =>
        Queue.OverflowAfter > TimeSpan.Zero && now - Since >= Queue.OverflowAfter && Queue.OverflowTo.Length > 0 && !Passed.Contains(Queue.OverflowTo) ? Queue.OverflowTo : null;

    private int Stage(DateTimeOffset now) =>
        Queue.RelaxAfter <= TimeSpan.Zero ? 0 : now - Since >= 2 * Queue.RelaxAfter ? 2 : now - Since >= Queue.RelaxAfter ? 1 : 0;
}

/// <summary>An agent who is free.</summary>
/// <param name="Id">Who; the last word where all else is equal.</param>
/// <param name="Skills">Skills with their levels.</param>
/// <param name="Load">Open chats.</param>
/// <param name="IdleSince">Waiting since.</param>
internal sealed record FreeAgent(StaffId Id, IReadOnlyDictionary<string, int> Skills, int Load, DateTimeOffset IdleSince)
{
    /// <summary>Can the agent do all of it?</summary>
    public bool Meets(IReadOnlyList<SkillNeed> needs) => needs.All(n => Skills.GetValueOrDefault(n.Skill) >= n.Level);

    /// <summary>How well, as a sum of levels.</summary>
    public int Score(IReadOnlyList<SkillNeed> needs) => needs.Sum(n => Skills.GetValueOrDefault(n.Skill));
}

/// <summary>Who takes which call.</summary>
internal sealed record Assignment(WaitingCall Call, StaffId Agent);
