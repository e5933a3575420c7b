using System.Collections.Concurrent;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Routing;
using Courier.Services.Staff;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Routing;

/// <summary>Two hundred callers at once and five agents.</summary>
public sealed class ABurstOfCalls : IAsyncLifetime
{
    private const int Calls = 200;

    private CallFloor _floor = null!;

    public async Task InitializeAsync()
    {
        _floor = await CallFloor.Open();
        _floor.Rule(q => q with { MaxLength = 1000, WrapUp = TimeSpan.FromSeconds(20), FairnessCap = TimeSpan.FromMilliseconds(50), Tiers = [new("gold", TimeSpan.FromMinutes(1), 10)] });
    }

    public async Task DisposeAsync() => await _floor.DisposeAsync();

    [Fact]
    public async Task Each_caller_has_exactly_one_end_and_no_agent_has_two_calls()
    {
        foreach (var user in Enumerable.Range(1001, 5)) _floor.Ready($"agent{user}");
        var talking = new ConcurrentDictionary<StaffId, string>();
        var answers = new ConcurrentDictionary<string, int>();
        var entries = Enumerable.Range(0, Calls).Select(_ => Came()).ToList();
        await Task.WhenAll(entries.Select((entry, i) => Task.Run(() => Live(entry, i, talking, answers)))).WaitAsync(TimeSpan.FromSeconds(60));
        entries.ShouldAllBe(e => e.Left != null);
        entries.Where((_, i) => i % 10 == 9).ShouldAllBe(e => e.Left == QueueLeft.ShortAbandoned);
        entries.Where((_, i) => i % 10 != 9).ShouldAllBe(e => e.Left == QueueLeft.Answered);
        answers.Values.ShouldAllBe(n => n == 1);
        (answers.Count, talking.Count, _floor.Queues.Snapshot().Count).ShouldBe((Calls * 9 / 10, 0, 0));
        await _floor.Drain();
        (await _floor.Db.First<long>("select count(*) from calls_queue_entries where how in ('answered', 'short_abandoned')")).ShouldBe(Calls);
        (await _floor.Db.First<long>("select count(distinct call_id) from calls_queue_entries")).ShouldBe(Calls);
    }

    [Fact]
    public async Task They_are_served_in_their_order_and_those_with_a_head_start_pass_only_whom_it_is_fair_to_pass()
    {
        var entries = Enumerable.Range(0, Calls).Select(i => Came(i % 7 == 3 ? "gold" : "standard")).ToList();
        var expected = entries.OrderBy(e => e.Ticket.Since - (e.Ticket.Tier == "gold" ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero)).ThenBy(e => e.Ticket.Since).ToList();
        _floor.Queues.Snapshot().ShouldBe(expected);
        var asked = entries.ToDictionary(e => e, e => e.NextAgent(default));
        var served = new List<QueueEntry>();
        var agent = _floor.Ready("agent1001");
        while (served.Count < Calls)
        {
            var next = await await Task.WhenAny(asked.Values);
            var entry = asked.Keys.Single(e => e.CallId == next.CallId);
            asked.Remove(entry);
            served.Add(entry);
            next.Answered().ShouldBeTrue();
            _floor.Board.TalkEnded(agent, next.CallId);
            _floor.Board.EndWrapUp(agent);
        }
        served.ShouldBe(expected);
    }

    private QueueEntry Came(string tier = "standard")
    {
        _floor.Clock.Advance(TimeSpan.FromMilliseconds(1));
        _floor.Board.SignedOn("agent1001");
        return _floor.Join("main", tier);
    }

    // Every tenth hangs up, some while it rings; every eleventh ring is in vain.
    private async Task Live(QueueEntry entry, int number, ConcurrentDictionary<StaffId, string> talking, ConcurrentDictionary<string, int> answers)
    {
        if (number % 20 == 9)
        {
            entry.Leave(QueueLeft.Abandoned);
            return;
        }
        for (var ring = 0; ; ring++)
        {
            var reservation = await entry.NextAgent(default);
            if (number % 20 == 19)
            {
                entry.Leave(QueueLeft.Abandoned);
                reservation.Answered().ShouldBeFalse();
                return;
            }
            if (number % 11 == 0 && ring == 0)
            {
                reservation.Failed(RingEnd.NoAnswer);
                _floor.Board.Ready(reservation.Agent);
                continue;
            }
            talking.TryAdd(reservation.Agent, entry.CallId).ShouldBeTrue("an agent has one call at a time");
            reservation.Answered().ShouldBeTrue();
            answers.AddOrUpdate(entry.CallId, 1, (_, n) => n + 1);
            talking.TryRemove(reservation.Agent, out _);
            _floor.Board.TalkEnded(reservation.Agent, entry.CallId).ShouldBeTrue();
            _floor.Board.EndWrapUp(reservation.Agent);
            return;
        }
    }
}
