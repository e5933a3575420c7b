using System.Net;
using System.Net.Http.Json;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Switch;
using Courier.CallCenter.Trunks;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>The lines to the world, with SIPp and baresip as carriers: whether they work, who is called by which, and calls that an agent makes with a click.</summary>
[Collection(SwitchboardTests.Name)]
public sealed class UsingTrunks(Switchboard office)
{
    // A carrier that wants to know who registers, and grants a minute.
    private static SippScenario Registrar() => new SippScenario()
        .ExpectRequest("REGISTER").Answer(401, isFirst: true, extra: "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"b7c9036dbf3054aea9404041a8b4b2\", algorithm=MD5, qop=\"auth\"")
        .ExpectRequest("REGISTER", action: "<action><verifyauth assign_to=\"1\" username=\"courier1\" password=\"carrier-secret\"/></action>").Step("<Reference variables=\"1\" />")
        .Answer(200, isFirst: true, extra: "Expires: 60");

    // A carrier that is asked how it is, as often as one wants.
    private static SippScenario Alive(int status = 200) => new SippScenario().ExpectRequest("OPTIONS").Answer(status, isFirst: true);

    [Fact]
    public async Task A_line_is_down_after_two_questions_without_an_answer_up_after_one_and_registered_in_the_time_that_is_granted()
    {
        await office.Pass(() => !office.IsUp("first"), "nobody is at the first line");
        office.App.Get<TrunkBoard>().IsRegistered(office.Trunk("first")).ShouldBe(false);
        using (await office.Listening(Alive(), office.FirstCarrier, "-m", "1000")) await office.Pass(() => office.IsUp("first"), "it is there again");
        using (await office.Listening(Alive(503), office.FirstCarrier, "-m", "1000")) await office.Pass(() => !office.IsUp("first"), "a carrier that is overloaded counts as down");
        using (var carrier = await office.Listening(Registrar(), office.FirstCarrier, "-m", "1000", "-trace_msg"))
        {
            await office.Pass(() => office.App.Get<TrunkBoard>().IsRegistered(office.Trunk("first")) == true, "it takes our registration");
            var registered = Times(carrier);
            await office.Pass(() => Times(carrier) > registered, "half of the minute that it granted is over, and we register again");
        }
        using var supervisor = await office.SignedIn("supervisor");
        var shown = (await Desk.Get(supervisor, "/live/telephone")).GetProperty("trunks").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "first");
        (shown.GetProperty("up").GetBoolean(), shown.GetProperty("registered").GetBoolean()).ShouldBe((false, true));
    }

    [Fact]
    public async Task A_carrier_without_an_address_of_its_own_proves_who_it_is_and_reaches_hotlines_alone()
    {
        using (var right = office.Sipp("95300", new SippScenario().InviteAs("partner", "partner-secret").Bye(3).Expect(200), 0, "-i", "127.0.0.4")) (await right.EndAsync()).ShouldBe(0, right.Said);
        using (var wrong = office.Sipp("95300", new SippScenario().CallAs("partner", "guessed").ExpectRinging().Expect(401).Ack(cseq: 2), 0, "-i", "127.0.0.4")) (await wrong.EndAsync()).ShouldBe(0, wrong.Said);
        using (var elsewhere = office.Sipp("008521234567", new SippScenario().CallAs("partner", "partner-secret").ExpectRinging().Expect(404).Ack(cseq: 2), 0, "-i", "127.0.0.4"))
            (await elsewhere.EndAsync()).ShouldBe(0, elsewhere.Said);
        await Wait.Until(() => office.App.Get<Calls>().Count == 0, "the call is over");
    }

    [Theory]
    [InlineData("13800138321", true)]
    [InlineData("13800138322", false)]
    public async Task A_call_goes_by_the_next_line_when_the_first_refuses_it_or_says_nothing(string number, bool refuses)
    {
        await BothLinesWork();
        office.Ready();
        await using var customer = await Baresip.Outside(number, port: office.SecondCarrier);
        using var refusing = refuses ? await office.Listening(new SippScenario().ExpectRequest("INVITE").Answer(503, isFirst: true).ExpectRequest("ACK"), office.FirstCarrier) : null;
        using var agent = await office.SignedIn("agent1001");
        var id = await Click(agent, number);
        if (!refuses)
        {
            await office.Reaches(number, CallState.Beginning);
            await office.Pass(() => office.App.Get<Calls>().Find(id)?.State == CallState.Talking, "the second line is tried");
        }
        var call = await office.Reaches(number, CallState.Talking);
        office.StateOf("agent1001").ShouldBe(AgentState.Talking);
        if (refusing is not null) (await refusing.EndAsync()).ShouldBe(0, refusing.Said);

        // One call at a time is what the second line carries; the first is dead.
        using var other = await office.SignedIn("agent1002");
        var second = await Click(other, number);
        await office.Pass(() => office.App.Get<Calls>().Find(second) is null, "no line is left for another call", step: 1);
        await customer.HangUp();
        var record = await office.Record(call.Id);
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("completed");
        record.GetProperty("call").GetProperty("direction").GetString().ShouldBe("outbound");
        record.GetProperty("call").GetProperty("isRecorded").GetBoolean().ShouldBeTrue();
        Switchboard.Legs(record).ShouldBe(["agent agent1001 hung_up_here", "customer  hung_up_there", refuses ? "customer  rejected" : "customer  timed_out"]);
        (await office.Record(second)).GetProperty("call").GetProperty("result").GetString().ShouldBe("unreachable");
        await Free("agent1001", "agent1002");
    }

    [Fact]
    public async Task An_agent_who_clicks_and_does_not_answer_a_busy_customer_and_a_number_without_right_leave_nobody_engaged()
    {
        await BothLinesWork();
        office.Ready("agent1001");
        using var agent = await office.SignedIn("agent1001");
        foreach (var (number, code) in new[] { ("008521234567", "request.field_invalid"), ("02160001000", "calls.not_allowed") })
            (await Desk.Code(await agent.PostAsJsonAsync("/api/desk/v1/live/calls", new { phone = number }), code == "calls.not_allowed" ? HttpStatusCode.Conflict : HttpStatusCode.BadRequest)).ShouldBe(code);

        // The customer is busy: that is said, and no other line is tried.
        using (var busy = await office.Listening(new SippScenario().ExpectRequest("INVITE").Answer(486, isFirst: true).ExpectRequest("ACK"), office.FirstCarrier))
        {
            var id = await Click(agent, "13800138323");
            (await busy.EndAsync()).ShouldBe(0, busy.Said);
            var record = await office.Record(id);
            record.GetProperty("call").GetProperty("result").GetString().ShouldBe("busy");
            Switchboard.Legs(record).ShouldBe(["agent agent1001 hung_up_here", "customer  busy"]);
        }
        await Free("agent1001");

        // The agent does not answer: the customer is not called.
        office.Unregister("agent1003");
        using var third = await office.SignedIn("agent1003");
        using (var silent = await office.Phone("agent1003", "demo-1003", new SippScenario().Ring().TakeCancel()))
        {
            var id = await Click(third, "13800138324");
            await Wait.Until(() => office.App.Get<Calls>().Find(id)!.Parties.Any(p => p.WhenRung.IsCompleted), "it rings");
            office.StateOf("agent1003").ShouldBe(AgentState.Talking, "the queue leaves alone who has clicked");
            await office.Pass(() => office.App.Get<Calls>().Find(id) is null, "the agent's telephone has rung long enough", step: 1);
            (await silent.EndAsync()).ShouldBe(0, silent.Said);
            var record = await office.Record(id);
            record.GetProperty("call").GetProperty("result").GetString().ShouldBe("no_answer");
            Switchboard.Legs(record).ShouldBe(["agent agent1003 no_answer"]);
        }
        office.StateOf("agent1003").ShouldNotBe(AgentState.Talking);
    }

    private async Task BothLinesWork()
    {
        using var first = await office.Listening(Alive(), office.FirstCarrier, "-m", "1000");
        using var second = await office.Listening(Alive(), office.SecondCarrier, "-m", "1000");
        await office.Pass(() => office.IsUp("first") && office.IsUp("second"), "both lines work");
    }

    private Task Free(params string[] agents) => Wait.Until(() => agents.All(a => office.StateOf(a) is AgentState.Ready or AgentState.NotReady), "nobody is thought to speak");

    private static async Task<string> Click(HttpClient agent, string number) =>
        (await Desk.Json(await agent.PostAsJsonAsync("/api/desk/v1/live/calls", new { phone = number }))).GetProperty("id").GetString()!;

    private static int Times(PeerProgram carrier) => Directory.GetFiles(carrier.Directory, "*_messages.log").Sum(f => File.ReadAllText(f).Split("Authorization: Digest").Length);
}
