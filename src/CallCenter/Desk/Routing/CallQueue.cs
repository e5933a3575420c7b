using Courier.CallCenter.Agents;
using Courier.Services.Calendars;

namespace Courier.CallCenter.Routing;

/// <summary>What a tier of customers gets in a queue.</summary>
/// <param name="Tier">Code of the tier.</param>
/// <param name="HeadStart">How much longer than in truth such a caller counts as waiting; cut at <see cref="CallQueue.FairnessCap"/>.</param>
/// <param name="LevelSeconds">Within so many seconds such a caller is to be answered.</param>
internal sealed record TierService(string Tier, TimeSpan HeadStart, int LevelSeconds);

/// <summary>A queue and its rules; data that supervisors edit.</summary>
internal sealed record CallQueue
{
    /// <summary>The queue that takes calls for queues that are not known.</summary>
    public const string MainCode = "main";

    /// <summary>The main queue of a new installation: tiers with a rank of the demonstration have a head start.</summary>
    public static CallQueue Main { get; } = new()
    {
        Code = MainCode, Name = Texts.MainQueue,
        Tiers = [new TierService("silver", TimeSpan.FromSeconds(30), 15), new TierService("gold", TimeSpan.FromSeconds(60), 15), new TierService("diamond", TimeSpan.FromSeconds(90), 10)],
    };

    /// <summary>Code: lower-case letters, digits, hyphens and underscores, at most 40.</summary>
    public required string Code { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>What an agent must be able to do to belong to it.</summary>
    public IReadOnlyList<SkillNeed> Skills { get; init; } = [];

    /// <summary>What tiers get; a tier that is not named is served by <see cref="LevelSeconds"/> without a head start.</summary>
    public IReadOnlyList<TierService> Tiers { get; init; } = [];

    /// <summary>The longest head start: who has waited so long is overtaken by nobody who comes later.</summary>
    public TimeSpan FairnessCap { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After this wait a lower level of each skill will do, after twice as long also an agent without the call's own skills; zero for never.</summary>
    public TimeSpan RelaxAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Within so many seconds a caller is to be answered.</summary>
    public int LevelSeconds { get; init; } = 20;

    /// <summary>In how many of a hundred calls that is to succeed.</summary>
    public int LevelShare { get; init; } = 80;

    /// <summary>How long the work after a call may take.</summary>
    public TimeSpan WrapUp { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an agent's telephone rings.</summary>
    public TimeSpan Ring { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What is said first; empty for nothing.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>After this wait the caller is told that nobody is free; zero for never.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>So many may wait.</summary>
    public int MaxLength { get; init; } = 100;

    /// <summary>When it is open; null for the hours of the human service.</summary>
    public DailyHours? Hours { get; init; }

    /// <summary>After this wait the call goes on to another queue; zero for never.</summary>
    public TimeSpan OverflowAfter { get; init; }

    /// <summary>Which; empty for none.</summary>
    public string OverflowTo { get; init; } = "";

    /// <summary>May callers ask to be called back?</summary>
    public bool HasCallBack { get; init; } = true;

    /// <summary>After this wait, or when as much is still to come, callers are offered a call-back and the voicemail.</summary>
    public TimeSpan OfferAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>From one announcement of the place to the next.</summary>
    public TimeSpan AnnounceEvery { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Taken out of use: no new calls.</summary>
    public bool IsClosed { get; init; }

    /// <summary>1 for the first; grows with every change.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The head start of a tier, never more than is fair.</summary>
    public TimeSpan HeadStart(string tier)
    {
        var start = Service(tier)?.HeadStart ?? TimeSpan.Zero;
        return start > FairnessCap ? FairnessCap : start;
    }

    /// <summary>Within so many seconds a caller of this tier is to be answered.</summary>
    public int LevelOf(string tier) => Service(tier)?.LevelSeconds ?? LevelSeconds;

    /// <summary>Whether an agent has the skills for it, at whatever level.</summary>
    public bool IsServedBy(Agent agent) => Skills.All(n => agent.Skills.ContainsKey(n.Skill));

    private TierService? Service(string tier) => Tiers.FirstOrDefault(t => t.Tier == tier);
}
