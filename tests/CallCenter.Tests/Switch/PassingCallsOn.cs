using System.Net;
using System.Net.Http.Json;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Switch;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>A call goes from one to another and stays one call: by commands at the desk, and by what telephones of others ask for.</summary>
[Collection(SwitchboardTests.Name)]
public sealed class PassingCallsOn(Switchboard office)
{
    [Fact]
    public async Task One_call_is_asked_about_conferred_listened_to_parked_and_taken_again_under_one_id_with_one_recording()
    {
        office.Ready("agent1001");
        using var customer = office.ACustomer("13800138301");
        var call = await office.Reaches("13800138301", CallState.Talking);
        using var first = await office.SignedIn("agent1001");
        using var second = await office.SignedIn("agent1002");
        using var lead = await office.SignedIn("supervisor");

        // A supervisor listens, prompts, and joins; nobody else may.
        (await Switchboard.Does(first, call.Id, "listen", new { mode = "monitor" })).ShouldBe(HttpStatusCode.Forbidden);
        (await Switchboard.Does(lead, call.Id, "listen", new { mode = "loudly" })).ShouldBe(HttpStatusCode.BadRequest);
        foreach (var mode in (string[])["monitor", "whisper", "barge"]) (await Switchboard.Does(lead, call.Id, "listen", new { mode })).ShouldBe(HttpStatusCode.NoContent);
        await Switchboard.HasPhones(call, "agent1001", "supervisor");
        await office.Phones[2].HangUp();
        await Switchboard.HasPhones(call, "agent1001");

        // The second agent is asked while the customer waits, and is not needed.
        (await Switchboard.Does(first, call.Id, "confer")).ShouldBe(HttpStatusCode.NoContent, "both speak already");
        (await Switchboard.Does(second, call.Id, "consult", new { target = "1001" })).ShouldBe(HttpStatusCode.Conflict, "it is not the call of who asks");
        (await Switchboard.Does(first, call.Id, "consult", new { target = "1002" })).ShouldBe(HttpStatusCode.Conflict, "the second agent is not ready");
        office.Ready("agent1001", "agent1002");
        (await Switchboard.Does(first, call.Id, "consult", new { target = "1002" })).ShouldBe(HttpStatusCode.NoContent);
        call.State.ShouldBe(CallState.OnHold);
        await Switchboard.HasPhones(call, "agent1001", "agent1002");
        (await Switchboard.Does(first, call.Id, "resume")).ShouldBe(HttpStatusCode.NoContent);
        await Switchboard.HasPhones(call, "agent1001");
        office.StateOf("agent1002").ShouldBe(AgentState.Ready);

        // Asked again: three speak, then the second has the call alone.
        (await Switchboard.Does(first, call.Id, "consult", new { target = "1002" })).ShouldBe(HttpStatusCode.NoContent);
        (await Switchboard.Does(first, call.Id, "confer")).ShouldBe(HttpStatusCode.NoContent);
        call.State.ShouldBe(CallState.Talking);
        (await Switchboard.Does(first, call.Id, "hangup")).ShouldBe(HttpStatusCode.NoContent);
        await Switchboard.HasPhones(call, "agent1002");

        // Parked, and taken at the desk; parked again, and taken by dialling the place.
        var place = (await Desk.Json(await second.PostAsync($"/api/desk/v1/live/calls/{call.Id}/park", null))).GetProperty("slot").GetString()!;
        await Switchboard.HasPhones(call);
        (await Switchboard.Does(first, call.Id, "retrieve")).ShouldBe(HttpStatusCode.NoContent);
        await Switchboard.HasPhones(call, "agent1001");
        (await Desk.Json(await first.PostAsync($"/api/desk/v1/live/calls/{call.Id}/park", null))).GetProperty("slot").GetString().ShouldBe(place, "it was free again");
        await Switchboard.HasPhones(call);
        await office.Phones[1].Dial($"sip:{place}@{office.Address}");
        await Switchboard.HasPhones(call, "agent1002");

        // Handed over to who was asked.
        office.Ready("agent1001", "agent1002");
        (await Switchboard.Does(second, call.Id, "transfer", new { target = "" })).ShouldBe(HttpStatusCode.Conflict, "nobody was asked");
        (await Switchboard.Does(second, call.Id, "consult", new { target = "1001" })).ShouldBe(HttpStatusCode.NoContent);
        (await Switchboard.Does(second, call.Id, "transfer", new { target = "" })).ShouldBe(HttpStatusCode.NoContent);
        await Switchboard.HasPhones(call, "agent1001");
        (await Switchboard.Does(lead, call.Id, "hangup")).ShouldBe(HttpStatusCode.NoContent);
        (await customer.EndAsync()).ShouldBe(0, customer.Said);

        var record = await office.Record(call.Id);
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("completed");
        Switchboard.Legs(record).Select(l => l[..l.LastIndexOf(' ')]).ShouldBe(
            ["agent agent1001", "agent agent1001", "agent agent1002", "caller ", "colleague agent1001", "colleague agent1002", "colleague agent1002", "supervisor supervisor"]);
        record.GetProperty("recordings").GetArrayLength().ShouldBe(1);
        var noted = (await Desk.Get(lead, "/audit?subject=call:" + call.Id)).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("action").GetString()).ToHashSet();
        noted.ShouldBe(["calls.monitor", "calls.whisper", "calls.barge", "calls.consult", "calls.resume", "calls.confer", "calls.hang_up", "calls.park", "calls.retrieve", "calls.transfer"], ignoreOrder: true);
        await Wait.Until(() => office.StateOf("agent1001") is AgentState.Ready or AgentState.WrapUp && office.StateOf("agent1002") is AgentState.Ready or AgentState.WrapUp, "nobody is thought to speak any more");
    }

    [Fact]
    public async Task Who_asks_somebody_and_takes_the_call_back_while_it_rings_speaks_with_the_customer_again()
    {
        office.Unregister("agent1003");
        using var silent = await office.Phone("agent1003", "demo-1003", new SippScenario().Ring().TakeCancel());
        office.Ready("agent1001");
        using var customer = office.ACustomer("13800138302");
        var call = await office.Reaches("13800138302", CallState.Talking);
        office.Ready("agent1001", "agent1003");
        using var first = await office.SignedIn("agent1001");

        var asking = Switchboard.Does(first, call.Id, "consult", new { target = "1003" });
        await office.Reaches("13800138302", CallState.OnHold);
        await Wait.Until(() => call.Parties.Any(p => p.Name.Number == "agent1003" && p.WhenRung.IsCompleted), "it rings");
        (await Switchboard.Does(first, call.Id, "consult", new { target = "1002" })).ShouldBe(HttpStatusCode.Conflict, "one at a time");
        (await Switchboard.Does(first, call.Id, "confer")).ShouldBe(HttpStatusCode.Conflict, "nobody has answered yet");
        (await Switchboard.Does(first, call.Id, "resume")).ShouldBe(HttpStatusCode.NoContent);
        (await asking).ShouldBe(HttpStatusCode.Conflict);
        (await silent.EndAsync()).ShouldBe(0, silent.Said);
        call.State.ShouldBe(CallState.Talking);
        office.StateOf("agent1003").ShouldBe(AgentState.Ready, "the agent who was not needed is no worse off");
        call.Post(c => c.End());
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
        Switchboard.Legs(await office.Record(call.Id)).ShouldContain("colleague agent1003 cancelled_here");
    }

    [Fact]
    public async Task A_telephone_gives_its_call_to_a_colleague_and_hears_that_it_was_taken()
    {
        office.Ready("agent1001");
        using var customer = office.ACustomer("13800138303");
        var call = await office.Reaches("13800138303", CallState.Talking);
        var recording = await call.Do(() => call.Recording);
        office.Ready("agent1001", "agent1002");
        await office.Phones[0].Transfer($"sip:1002@{office.Address}");
        await Switchboard.HasPhones(call, "agent1002");
        await office.Phones[0].Says("SIP/2.0 180 Ringing");
        await office.Phones[0].Says("terminated;reason=noresource");
        (await call.Do(() => call.Recording)).ShouldBeSameAs(recording, "the recording goes on");
        call.Post(c => c.End());
        (await customer.EndAsync()).ShouldBe(0, customer.Said);

        var record = await office.Record(call.Id);
        Switchboard.Legs(record).Select(l => l[..l.LastIndexOf(' ')]).ShouldBe(["agent agent1001", "caller ", "colleague agent1002"]);
        record.GetProperty("recordings").GetArrayLength().ShouldBe(1);
        await Wait.Until(() => office.StateOf("agent1002") != AgentState.Talking, "nobody is thought to speak any more");
    }

    [Fact]
    public async Task A_caller_transfers_nobody()
    {
        using var customer = office.Sipp("95300", new SippScenario().From("sip:13800138304@carrier.example").Invite().ExpectRinging().Expect(200).Ack()
            .Refer("<sip:1002@[remote_ip]:[remote_port]>", 2).Expect(603).Bye(3).Expect(200));
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
    }

    [Fact]
    public async Task A_telephone_calls_nobody_by_transfer_whom_it_may_not_call_and_puts_two_calls_of_its_own_together()
    {
        // The telephone of agent1003 is SIPp: it calls a customer by the second line, then a colleague, and sends REFER with Replaces (RFC 3891).
        await office.Pass(() => !office.IsUp("first"), "nobody is at the first line");
        await using var customer = await Baresip.Outside("13800138305", port: office.SecondCarrier);
        await office.Pass(() => office.IsUp("second"), "the second line works");
        office.Ready("agent1002");
        using var asking = office.Sipp("1002", new SippScenario().InviteAs("agent1003", "demo-1003",
                "<action><ereg regexp=\"tag=([^;]*)\" search_in=\"hdr\" header=\"To:\" assign_to=\"1,2\"/><log message=\"tag [$2]\"/><ereg regexp=\"tag=([^;]*)\" search_in=\"hdr\" header=\"From:\" assign_to=\"3,4\"/><log message=\"from [$4]\"/></action>")
            .Step("<Reference variables=\"1,3\" />").ExpectRequest("BYE").Answer200(), 0, "-trace_logs", "-cid_str", "asked-%u@tests");
        var asked = await office.Reaches("agent1003", CallState.Talking);
        string[] tags = [];
        await Wait.Until(() => (tags = [.. Directory.GetFiles(asking.Directory, "*_logs.log").SelectMany(File.ReadAllLines)]).Length == 2, "the tags are known");
        var replaces = $"asked-1%40tests%3Bto-tag%3D{tags[0].Split(' ')[1]}%3Bfrom-tag%3D{tags[1].Split(' ')[1]}";
        using var giving = office.Sipp("13800138305", new SippScenario().InviteAs("agent1003", "demo-1003")
            .Refer("<sip:008521234567@carrier.example>", 3).Expect(603) // we call nobody elsewhere
            .Refer("<sip:008521234567@[remote_ip]:[remote_port]>", 4).Expect(202).ExpectRequest("NOTIFY").Answer200() // foreign numbers are for supervisors
            .ExpectRequest("NOTIFY", action: "<action><ereg regexp=\"SIP/2.0 403\" search_in=\"body\" check_it=\"true\" assign_to=\"1\"/></action>").Answer200().Step("<Reference variables=\"1\" />")
            .Refer($"<sip:1002@[remote_ip]:[remote_port]?Replaces={replaces}>", 5).Expect(202).ExpectRequest("NOTIFY").Answer200()
            .ExpectRequest("NOTIFY", action: "<action><ereg regexp=\"SIP/2.0 200\" search_in=\"body\" check_it=\"true\" assign_to=\"2\"/></action>").Answer200().Step("<Reference variables=\"2\" />")
            .Bye(6).Expect(200));
        var call = await office.Reaches("13800138305", CallState.Talking);
        (await giving.EndAsync()).ShouldBe(0, giving.Said);
        (await asking.EndAsync()).ShouldBe(0, asking.Said);

        await Switchboard.HasPhones(call, "agent1002");
        office.StateOf("agent1002").ShouldBe(AgentState.Talking);
        await Listening.Tone(() => customer.Heard, 900, "the customer");
        await office.Phones[1].Hold();
        await Listening.NoMore(() => customer.Heard, 900, "the customer, who is held,");
        await office.Phones[1].Resume();
        await Listening.Tone(() => customer.Heard, 900, "the customer again");
        await customer.HangUp();
        var record = await office.Record(call.Id);
        Switchboard.Legs(record).ShouldBe(["agent agent1003 hung_up_there", "colleague agent1002 hung_up_here", "customer  hung_up_there"]);
        record.GetProperty("recordings").GetArrayLength().ShouldBe(1);
        Switchboard.Legs(await office.Record(asked.Id)).ShouldBe(["colleague agent1003 hung_up_here"]);
        office.StateOf("agent1002").ShouldBe(AgentState.Ready, "the end of the call that was put together with another frees the agent");
    }
}
