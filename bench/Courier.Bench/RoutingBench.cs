using System.Diagnostics;
using Courier.Bench.Kit;
using Courier.CallCenter.Routing;
using Courier.Services.Staff;

namespace Courier.Bench;

/// <summary>One decision about who takes which call, in process: 20,000 calls that wait beside 200, the same hundred agents, five queues, three tiers, skills.</summary>
internal static class RoutingBench
{
    private const int Few = 200, Many = 20_000, Agents = 100;

    // n log n of a hundred times as many is about 190 times as much.
    private const double Aim = 250;

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    public static Task Run(BenchOptions options)
    {
        var agents = FreeAgents(options.Seed);
        var (few, many) = (Calls(options.Seed, Few), Calls(options.Seed, Many));
        Check(few, agents);
        Check(many, agents);
        Figures fewCosts = new(), manyCosts = new(), ratios = new();
        for (var round = 0; round < options.Rounds; round++)
        {
            var one = Measure(few, agents, options.Quick ? 20 : 2_000);
            var other = Measure(many, agents, options.Quick ? 2 : 20);
            fewCosts.Add(one);
            manyCosts.Add(other);
            ratios.Add(other / one);
        }
        fewCosts.Print($"routing: {Few} waiting, {Agents} free", "µs a decision");
        manyCosts.Print($"routing: {Many} waiting, {Agents} free", "µs a decision");
        ratios.Print($"routing: {Many} beside {Few}, aim < {Aim}", "×");
        return Task.CompletedTask;
    }

    private static double Measure(IReadOnlyList<WaitingCall> calls, IReadOnlyList<FreeAgent> agents, int times)
    {
        ChooseAgents.For(calls, agents, Now);
        var used = Process.GetCurrentProcess().TotalProcessorTime; // not the clock: others may be busy on the same core
        for (var i = 0; i < times; i++) ChooseAgents.For(calls, agents, Now);
        return (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMicroseconds / times;
    }

    private static void Check(IReadOnlyList<WaitingCall> calls, IReadOnlyList<FreeAgent> agents)
    {
        var chosen = ChooseAgents.For(calls, agents, Now);
        BenchFailed.Unless(chosen.Count > 0 && chosen.Select(c => c.Agent).Distinct().Count() == chosen.Count, "an agent is given twice");
        BenchFailed.Unless(chosen.Select(c => c.Call.Id).Distinct().Count() == chosen.Count, "a call is given twice");
    }

    private static List<FreeAgent> FreeAgents(int seed)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(1, Agents).Select(i => new FreeAgent(
            StaffId.Parse(i.ToString("x32", null)), Skills(chance).ToDictionary(s => s.Skill, s => s.Level, StringComparer.Ordinal), chance.Next(3), Now.AddSeconds(-chance.Next(600))))];
    }

    private static List<WaitingCall> Calls(int seed, int count)
    {
        var chance = new Random(seed);
        string[] tiers = ["standard", "gold", "diamond"];
        CallQueue[] queues = [.. Enumerable.Range(0, 5).Select(i => new CallQueue
        {
            Code = "q" + i, Name = "q", Skills = i == 0 ? [] : [new SkillNeed("s" + i % 4, i)], Tiers = [new("gold", TimeSpan.FromSeconds(30), 15), new("diamond", TimeSpan.FromSeconds(60), 10)],
        })];
        return [.. Enumerable.Range(0, count).Select(i => new WaitingCall(
            i.ToString("x32", null), queues[chance.Next(queues.Length)], chance.Next(5) == 0 ? [.. Skills(chance).Take(1)] : [], tiers[chance.Next(tiers.Length)], Now.AddSeconds(-chance.Next(900)), null, []))];
    }

    private static IEnumerable<SkillNeed> Skills(Random chance) => Enumerable.Range(0, 4).Where(_ => chance.Next(2) == 0).Select(i => new SkillNeed("s" + i, chance.Next(1, 11)));
}
