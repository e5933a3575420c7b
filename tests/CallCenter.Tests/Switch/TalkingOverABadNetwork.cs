using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Several people call at once over networks of which each is worse than the other, up to one packet of five that never comes.</summary>
public sealed class TalkingOverABadNetwork(SoundingTelephone telephone) : IClassFixture<SoundingTelephone>
{
    private const int Agent = 500, Colleague = 900, Said = 24_000;

    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(60);

    private static readonly (string Number, Network Network)[] People =
    [
        ("13800138711", new Network()), ("13800138712", new Network(Jitter: Jitter, LosesSignals: true)), ("13800138713", new Network(0.05, Jitter, LosesSignals: true)),
        ("13800138714", new Network(0.1, Jitter, LosesSignals: true)), ("13800138715", new Network(0.2, Jitter, LosesSignals: true)),
    ];

    [Fact]
    public async Task All_reach_the_queue_each_key_counts_once_all_are_understood_and_their_records_tell_how_bad_it_was()
    {
        await telephone.ChangeQueue("main", queue => queue["wrapUpSeconds"] = 0);
        var waybills = new List<string>();
        foreach (var (number, _) in People) waybills.Add((await telephone.KnowsAParcelOf(number)).Waybill);
        await using var phone = await Baresip.Registered("agent1001", "demo-1001", telephone.Address, Agent);
        await using var other = await Baresip.Registered("agent1002", "demo-1002", telephone.Address, Colleague);
        var callers = await Task.WhenAll(People.Select(p => RawCaller.Calls(p.Number, telephone.Port, p.Network)));
        try
        {
            for (var i = 0; i < callers.Length; i++) callers[i].Voice.Press($"1{waybills[i][^6..]}#");
            await Wait.Until(async () => await telephone.Came("say_found") == callers.Length, "each has heard of the parcel");
            (await telephone.Came("say_wrong")).ShouldBe(0);
            foreach (var caller in callers) caller.Voice.Press("0");
            await Wait.Until(async () => (await telephone.Running()).Count(c => c.GetProperty("state").GetString() == "queued") == callers.Length, "all wait in the queue");

            foreach (var name in new[] { "agent1001", "agent1002" })
            {
                using var agent = await telephone.SignedIn(name);
                (await agent.PostAsync("/api/desk/v1/live/me/ready", null)).EnsureSuccessStatusCode();
            }
            await Task.WhenAll(callers.Select(Speak));
        }
        finally
        {
            foreach (var caller in callers) await caller.DisposeAsync();
        }

        var quality = new List<(int Loss, int Jitter, int Mos)>();
        for (var i = 0; i < People.Length; i++)
        {
            var record = await telephone.RecordOf(People[i].Number);
            record.GetProperty("call").GetProperty("result").GetString().ShouldBe("completed");
            Switchboard.Legs(record).Select(l => l.Split(' ')).Select(l => (l[0], l[^1])).ShouldBe([("agent", "hung_up_here"), ("caller", "hung_up_there")]);
            var heard = (await telephone.Recording(record.GetProperty("recordings").EnumerateArray().ShouldHaveSingleItem())).Left;
            Likeness(i, heard).ShouldBeGreaterThan(0.4, People[i].Network.ToString());
            Math.Max(Likeness(i, phone.Heard), Likeness(i, other.Heard)).ShouldBeGreaterThan(0.4, People[i].Network.ToString());
            quality.Add(Quality(record.GetProperty("legs").EnumerateArray().Single(l => l.GetProperty("role").GetString() == "caller")));
        }
        for (var i = 0; i < People.Length; i++) quality[i].Loss.ShouldBeInRange((int)(People[i].Network.Loss * 1000) - 50, (int)(People[i].Network.Loss * 1000) + 50);
        quality.Skip(1).ShouldAllBe(q => q.Jitter >= 5);
        quality.Skip(1).Select(q => -q.Mos).ShouldBeInOrder(SortDirection.Ascending);
        quality[^1].Mos.ShouldBeLessThan(300);
        quality[1].Mos.ShouldBeGreaterThan(300);
    }

    // Once an agent has answered.
    private async Task Speak(RawCaller caller, int person)
    {
        try
        {
            await Wait.Until(() => HearsAnAgent(caller.Voice.Heard), "an agent answers", TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException late)
        {
            var floor = await Desk.Get(telephone.Supervisor, "/live/queues");
            var heard = caller.Voice.Heard;
            throw new TimeoutException($"{late.Message}: {People[person].Network}, heard [{string.Join(", ", Sounds.Steps(heard.AsSpan(^Math.Min(16_000, heard.Length)..), Agent, Colleague))}], running [{string.Join(", ", await telephone.Running())}], {floor}", late);
        }
        await caller.Voice.HasSaid([.. Sounds.Murmur(Said, seed: person), .. new short[4000]]);
        await caller.HangUp();
    }

    private static bool HearsAnAgent(short[] heard) => heard.Length > 8000 && Math.Max(Sounds.Share(heard.AsSpan(^4000..), Agent), Sounds.Share(heard.AsSpan(^4000..), Colleague)) > 0.5;

    private static double Likeness(int person, short[] heard) => Sounds.Find(Sounds.Murmur(Said, seed: person), heard).Likeness;

    private static (int Loss, int Jitter, int Mos) Quality(JsonElement leg) => (leg.GetProperty("lossPermille").GetInt32(), leg.GetProperty("jitterMs").GetInt32(), leg.GetProperty("mosHundredths").GetInt32());
}
