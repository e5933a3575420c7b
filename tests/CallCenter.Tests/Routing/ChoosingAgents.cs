using Courier.CallCenter.Routing;
using Courier.Services.Staff;

namespace Courier.CallCenter.Tests.Routing;

public sealed class ChoosingAgents
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(8));

    private static readonly CallQueue Plain = new() { Code = "main", Name = "人工服务", RelaxAfter = TimeSpan.Zero };

    private static readonly CallQueue Tiered = Plain with
    {
        FairnessCap = TimeSpan.FromSeconds(60),
        Tiers = [new("gold", TimeSpan.FromSeconds(30), 10), new("diamond", TimeSpan.FromHours(1), 10)],
    };

    private static readonly CallQueue English = Plain with { Code = "english", Skills = [new("english", 5)], RelaxAfter = TimeSpan.FromSeconds(30) };

    [Fact]
    public void Who_waits_longest_gets_the_agent_who_has_been_idle_longest() =>
        Choose([Call("b", 20), Call("a", 30)], [Agent(1, idle: 5), Agent(2, idle: 50), Agent(3, idle: 10)]).ShouldBe("a:2 b:3");

    [Theory]
    [InlineData(32, "normal:1")]
    [InlineData(31, "normal:1")] // counted alike: who really waits longer goes first
    [InlineData(30, "gold:1")]
    public void A_tier_counts_as_having_waited_longer(int waited, string expected) =>
        Choose([Call("gold", 1, Tiered, "gold"), Call("normal", waited, Tiered)], [Agent(1)]).ShouldBe(expected);

    [Theory]
    [InlineData(61, "normal:1")]
    [InlineData(59, "diamond:1")]
    public void No_head_start_is_longer_than_is_fair(int waited, string expected) =>
        Choose([Call("diamond", 0, Tiered, "diamond"), Call("normal", waited, Tiered)], [Agent(1)]).ShouldBe(expected);

    [Fact]
    public void Calls_of_the_same_moment_are_told_apart_by_their_ids() =>
        Choose([Call("b", 10), Call("a", 10)], [Agent(1)]).ShouldBe("a:1");

    [Theory]
    [InlineData(0, 4, "")]
    [InlineData(0, 5, "e:1")]
    [InlineData(29, 4, "")]
    [InlineData(30, 4, "e:1")]
    [InlineData(600, 0, "")] // without any English nobody belongs to the queue, however long it takes
    public void A_queue_asks_for_a_level_and_is_content_with_less_after_a_while(int waited, int level, string expected) =>
        Choose([Call("e", waited, English)], [Agent(1, skills: level == 0 ? [] : [("english", level)])]).ShouldBe(expected);

    [Theory]
    [InlineData(30, "")]
    [InlineData(59, "")]
    [InlineData(60, "e:1")]
    public void What_only_this_call_wants_is_given_up_after_twice_the_time(int waited, string expected) =>
        Choose([Call("e", waited, English, skills: [new SkillNeed("claims", 3)])], [Agent(1, skills: [("english", 5)])]).ShouldBe(expected);

    [Fact]
    public void The_best_is_chosen_and_of_equals_the_one_with_fewer_chats() =>
        Choose([Call("1", 30, English), Call("2", 20, English), Call("3", 10, English)],
            [Agent(1, skills: [("english", 6)], load: 3), Agent(2, skills: [("english", 9)]), Agent(3, idle: 1, skills: [("english", 6)])]).ShouldBe("1:2 2:3 3:1");

    [Fact]
    public void The_agent_of_the_last_time_goes_first_when_able() =>
        Choose([Call("a", 30) with { LastAgent = Id(3) }, Call("e", 20, English) with { LastAgent = Id(1) }],
            [Agent(1, idle: 99), Agent(2, skills: [("english", 5)]), Agent(3)]).ShouldBe("a:3 e:2");

    [Fact]
    public void A_call_that_nobody_can_take_holds_up_none_behind_it() =>
        Choose([Call("e", 30, English), Call("a", 10)], [Agent(1)]).ShouldBe("a:1");

    [Fact]
    public void Without_agents_nothing_is_given() => Choose([Call("a", 10)], []).ShouldBe("");

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_waits_nobody_is_given_twice_everybody_is_able_and_nobody_waits_beside_a_free_agent(int seed)
    {
        var (calls, agents) = Random(seed);
        var chosen = ChooseAgents.For(calls, agents, Now);
        chosen.Select(c => c.Call.Id).ShouldBeUnique();
        chosen.Select(c => c.Agent).ShouldBeUnique();
        var byId = agents.ToDictionary(a => a.Id);
        chosen.ShouldAllBe(c => byId[c.Agent].Meets(c.Call.Needs(Now).ToList()));
        var left = agents.Where(a => chosen.All(c => c.Agent != a.Id)).ToList();
        var waiting = calls.Where(call => chosen.All(c => c.Call.Id != call.Id));
        waiting.Where(call => left.Exists(a => a.Meets(call.Needs(Now).ToList()))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_in_which_calls_and_agents_are_given_changes_nothing(int seed)
    {
        var (calls, agents) = Random(seed);
        var dice = new Random(seed);
        var (shuffled, others) = (calls.ToArray(), agents.ToArray());
        dice.Shuffle(shuffled);
        dice.Shuffle(others);
        Text(ChooseAgents.For(shuffled, others, Now)).ShouldBe(Text(ChooseAgents.For(calls, agents, Now)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_calls_is_total(int seed)
    {
        var calls = Random(seed).Calls.Take(12).ToList();
        foreach (var a in calls)
        {
            foreach (var b in calls)
            {
                Math.Sign(a.CompareTo(b)).ShouldBe(-Math.Sign(b.CompareTo(a)));
                (a.CompareTo(b) == 0).ShouldBe(a.Id == b.Id);
                foreach (var c in calls.Where(c => a.CompareTo(b) < 0 && b.CompareTo(c) < 0)) a.CompareTo(c).ShouldBeLessThan(0);
            }
        }
    }

    [Fact]
    public void However_many_with_a_head_start_come_nobody_starves()
    {
        var waiting = new List<WaitingCall> { Call("normal", 0, Tiered) };
        var served = new List<WaitingCall>();
        for (var second = 0; served.TrueForAll(c => c.Id != "normal"); second++)
        {
            var now = Now.AddSeconds(second);
            waiting.Add(new WaitingCall($"d{second:0000}", Tiered, [], "diamond", now, null, []));
            if (second % 5 != 0) continue; // one agent, who needs five times as long as a call needs to come
            var next = ChooseAgents.For(waiting, [Agent(1)], now).ShouldHaveSingleItem().Call;
            waiting.Remove(next);
            served.Add(next);
        }
        served.Count(c => c.Id != "normal" && c.Since - Now > Tiered.FairnessCap).ShouldBe(0);
        served.Count.ShouldBeInRange(30, 62); // those of the first minute, and not one more
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    private static string Choose(IEnumerable<WaitingCall> calls, IReadOnlyList<FreeAgent> agents) => Text(ChooseAgents.For(calls, agents, Now));

    private static string Text(IReadOnlyList<Assignment> chosen) => string.Join(' ', chosen.Select(c => $"{c.Call.Id}:{c.Agent.Text.TrimStart('0')}"));

    private static WaitingCall Call(string id, int waited, CallQueue? queue = null, string tier = "standard", SkillNeed[]? skills = null) =>
        new(id, queue ?? Plain, skills ?? [], tier, Now.AddSeconds(-waited), null, []);

    private static FreeAgent Agent(int number, int idle = 0, (string Skill, int Level)[]? skills = null, int load = 0) =>
        new(Id(number), (skills ?? []).ToDictionary(s => s.Skill, s => s.Level), load, Now.AddSeconds(-idle));

    private static StaffId Id(int number) => StaffId.Parse(number.ToString("00000000000000000000000000000000", System.Globalization.CultureInfo.InvariantCulture));

    private static (List<WaitingCall> Calls, List<FreeAgent> Agents) Random(int seed)
    {
        var dice = new Random(seed);
        string[] skills = ["english", "claims", "cantonese"], tiers = ["standard", "gold", "diamond"];
        CallQueue[] queues = [Plain, Tiered, English];
        var calls = Enumerable.Range(0, dice.Next(1, 60)).Select(i => Call($"c{i:00}", dice.Next(0, 90), queues[dice.Next(3)], tiers[dice.Next(3)],
            [.. skills.Where(_ => dice.Next(4) == 0).Select(s => new SkillNeed(s, dice.Next(1, 11)))]) with { LastAgent = dice.Next(3) == 0 ? Id(dice.Next(1, 20)) : null }).ToList();
        var agents = Enumerable.Range(1, dice.Next(1, 20)).Select(i => Agent(i, dice.Next(0, 30), [.. skills.Where(_ => dice.Next(2) == 0).Select(s => (s, dice.Next(1, 11)))], dice.Next(3))).ToList();
        return (calls, agents);
    }
}
