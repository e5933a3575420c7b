using System.Net.Http.Json;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Customers whom we call over the trunk, the agent first: in turn, because they asked for it and hung up, or because an agent clicked.</summary>
public sealed class BeingCalled(SoundingTelephone telephone) : IClassFixture<SoundingTelephone>
{
    private const string Number = "13800138701", Next = "13800138702", Clicked = "13800138703", SwitchedOff = "13800138704", Notice = "您好，为了提高服务质量，您的通话可能会被录音。";
    private const string Announcement = "/usr/share/sip-tester/g711a.pcap"; // somebody speaks, G.711 in packets of 30 ms
    private const int Agent = 500, Customer = 700;

    [Fact]
    public async Task Who_hung_up_keeps_the_place_is_called_in_turn_speaks_with_the_agent_and_is_one_call_back_everywhere()
    {
        await telephone.ChangeQueue("main", queue => (queue["offerSeconds"], queue["wrapUpSeconds"]) = (0, 0));
        await using var customer = await Baresip.Outside(Number, Customer, telephone.WorldPort);
        await using var phone = await Baresip.Registered("agent1001", "demo-1001", telephone.Address, Agent);
        await using (var caller = await RawCaller.Calls(Number, telephone.Port))
        {
            caller.Voice.Press("0");
            await Listening.Music(() => caller.Voice.Heard, "who waits");
            caller.Voice.Press("1");
            var promise = await telephone.Speech("好的，轮到您时，我们会拨打您现在使用的号码，请保持电话畅通。");
            await Wait.Until(() => Sounds.Find(promise.AsSpan(0, 12_000), caller.Voice.Heard).Likeness > 0.6, "the call-back is promised");
            await caller.Leave(); // or the product was faster: it has said all
        }
        await using var later = await RawCaller.Calls(Next, telephone.Port);
        later.Voice.Press("0");
        await Listening.Music(() => later.Voice.Heard, "who came later");
        (await Waiting()).Select(w => (w.GetProperty("isCallBack").GetBoolean(), w.GetProperty("position").GetInt32())).ShouldBe([(true, 1), (false, 2)]);
        var figures = (await telephone.Process.Http.GetStringAsync("/metrics")).Split('\n');
        foreach (var figure in new[] { "courier_queue_waiting{queue=\"main\"} 1", "courier_queue_call_backs{queue=\"main\"} 1", "courier_queue_agents_ready{queue=\"main\"} 0" }) figures.ShouldContain(figure);
        figures.ShouldContain(f => f.StartsWith("courier_queue_longest_wait_seconds{queue=\"main\"} ", StringComparison.Ordinal));
        await telephone.WorldIsThere();

        using var agent = await telephone.SignedIn("agent1001");
        (await agent.PostAsync("/api/desk/v1/live/me/ready", null)).EnsureSuccessStatusCode();
        await Listening.Tone(() => phone.Heard, Customer, "the agent");
        var other = (await Desk.Get(agent, "/live/me")).GetProperty("other");
        (other.GetProperty("direction").GetString(), other.GetProperty("tail").GetString()).ShouldBe(("outbound", Number[^4..]));
        await Listening.Tone(() => customer.Heard, Agent, "the customer, once the announcement is over,");
        (await Waiting()).ShouldHaveSingleItem().GetProperty("isCallBack").GetBoolean().ShouldBeFalse();
        await customer.HangUp();
        await Listening.Tone(() => later.Voice.Heard, Agent, "who came later");
        await later.HangUp();

        var notice = await telephone.Speech(Notice);
        Sounds.Find(notice, customer.Heard).Likeness.ShouldBeGreaterThan(0.6);
        await IsOneCallBack();
    }

    [Fact]
    public async Task Who_is_called_with_a_click_hears_that_it_is_recorded_and_then_the_agent()
    {
        await using var customer = await Baresip.Outside(Clicked, Customer, telephone.WorldPort);
        await using var phone = await Baresip.Registered("agent1002", "demo-1002", telephone.Address, Agent);
        await telephone.WorldIsThere();
        using var agent = await telephone.SignedIn("agent1002");
        var call = (await Desk.Json(await agent.PostAsJsonAsync("/api/desk/v1/live/calls", new { phone = Clicked }))).GetProperty("id").GetString()!;
        await Listening.Tone(() => customer.Heard, Agent, "the customer, once the announcement is over,");
        await Listening.Tone(() => phone.Heard, Customer, "the agent");
        await customer.HangUp();
        var record = await telephone.Record(call);
        record.GetProperty("call").GetProperty("calledBackFor").GetString().ShouldBe("");
        record.GetProperty("call").GetProperty("trunk").GetString().ShouldBe("world");
        var notice = await telephone.Speech(Notice);
        Sounds.Find(notice, customer.Heard).Likeness.ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public async Task What_a_network_says_instead_of_ringing_is_heard_by_whoever_clicked_and_by_whoever_dialled()
    {
        await using (await Baresip.Outside(SwitchedOff, Customer, telephone.WorldPort)) await telephone.WorldIsThere();
        using var network = SippScenario.Start(telephone.Address, "nobody", telephone.WorldPort, new SippScenario()
            .ExpectRequest("INVITE").Answer(183, isFirst: true, withDescription: true).Say(Announcement).Pause(8_000).Answer(480, isFirst: true, cseq: "[last_CSeq:]").ExpectRequest("ACK"), "-m", "1000");
        await Wait.Until(() => Switchboard.IsTaken(telephone.WorldPort), "the network is there");
        await using var phone = await Baresip.Registered("agent1003", "demo-1003", telephone.Address, Agent);
        using var agent = await telephone.SignedIn("agent1003");
        var call = (await Desk.Json(await agent.PostAsJsonAsync("/api/desk/v1/live/calls", new { phone = SwitchedOff }))).GetProperty("id").GetString()!;
        using var dialling = telephone.Sipp(SwitchedOff, new SippScenario().CallAs("agent1004", "demo-1004").Expect(100, optional: true).Expect(183).Expect(480).Ack(cseq: 2));
        (await dialling.EndAsync()).ShouldBe(0, dialling.Said);

        var record = await telephone.Record(call);
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("no_answer");
        Sounds.Find(SippScenario.Sound(Announcement).AsSpan(8_000, 16_000), phone.Heard).Likeness.ShouldBeGreaterThan(0.6);
    }

    private async Task IsOneCallBack()
    {
        await telephone.RecordOf(Next);
        List<JsonElement> calls = [];
        await Wait.Until(async () => (calls = [.. (await Desk.Get(telephone.Supervisor, "/calls?phone=" + Number)).GetProperty("items").EnumerateArray()]).Count == 2
            && calls.TrueForAll(c => c.GetProperty("endedAt").ValueKind == JsonValueKind.String), "both calls are in the records");
        calls.Select(c => (c.GetProperty("direction").GetString(), c.GetProperty("result").GetString())).ShouldBe([("outbound", "completed"), ("inbound", "self_served")]);
        calls.Select(c => c.GetProperty("calledBackFor").GetString()).ShouldBe([calls[1].GetProperty("id").GetString(), ""]);
        var record = await telephone.Record(calls[0].GetProperty("id").GetString()!);
        Switchboard.Legs(record).ShouldBe(["agent agent1001 hung_up_here", "customer  hung_up_there"]);
        var sound = await telephone.Recording(record.GetProperty("recordings").EnumerateArray().ShouldHaveSingleItem());
        Listening.Talks(sound.Left, Customer, Agent).ShouldBe([Customer]);
        Listening.Talks(sound.Right, Customer, Agent).ShouldBe([Agent]);

        (await Desk.Get(telephone.Supervisor, "/call-backs")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("connected");
        JsonElement counts = default;
        await Wait.Until(async () => (counts = await Counts()).GetProperty("answered").GetInt64() == 1 && counts.GetProperty("calledBack").GetInt64() == 1, "the report has both");
        foreach (var (figure, value) in new[] { ("offered", 2), ("askedCallBack", 1), ("calledBack", 1), ("abandoned", 0), ("shortAbandoned", 0) }) counts.GetProperty(figure).GetInt64().ShouldBe(value, figure);
        var shown = (await Desk.Get(telephone.Supervisor, "/call-reports/calls?figure=called_back")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        shown.GetProperty("callId").GetString().ShouldBe(calls[1].GetProperty("id").GetString());
        shown.GetProperty("agent").ValueKind.ShouldBe(JsonValueKind.String);
    }

    private async Task<JsonElement> Counts() =>
        (await Desk.Get(telephone.Supervisor, "/call-reports?by=queue")).GetProperty("items").EnumerateArray().Single(l => l.GetProperty("part").GetString() == "main").GetProperty("counts");

    private async Task<List<JsonElement>> Waiting() =>
        [.. (await Desk.Get(telephone.Supervisor, "/live/queues")).GetProperty("calls").EnumerateArray().OrderBy(c => c.GetProperty("position").GetInt32())];
}
