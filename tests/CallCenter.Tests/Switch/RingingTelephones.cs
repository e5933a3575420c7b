using System.Net;
using System.Net.Http.Json;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Switch;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Telephones that are rung: the first answer wins, and whoever does not answer keeps no caller waiting.</summary>
[Collection(SwitchboardTests.Name)]
public sealed class RingingTelephones(Switchboard office)
{
    [Fact]
    public async Task The_first_of_several_places_wins_one_is_cancelled_and_one_that_answers_after_all_is_hung_up()
    {
        office.Unregister("agent1003");
        var rings = new SippScenario().Ring().TakeCancel();
        var crosses = new SippScenario().Ring().ExpectRequest("CANCEL").Answer(200).Answer(200, isFirst: true, withDescription: true, cseq: "CSeq: 1 INVITE").ExpectRequest("ACK").ExpectRequest("BYE").Answer200();
        using var ringing = await office.Phone("agent1003", "demo-1003", rings);
        using var crossing = await office.Phone("agent1003", "demo-1003", crosses);
        using var answering = await office.Phone("agent1003", "demo-1003", new SippScenario().Ring().Pause(400).Answer(200, isFirst: true, withDescription: true).ExpectRequest("ACK").ExpectRequest("BYE").Answer200());
        office.Ready("agent1003");
        using var customer = office.ACustomer("13800138311");
        var call = await office.Reaches("13800138311", CallState.Talking);
        (await ringing.EndAsync()).ShouldBe(0, ringing.Said);
        (await crossing.EndAsync()).ShouldBe(0, crossing.Said);
        await Switchboard.HasPhones(call, "agent1003");
        office.StateOf("agent1003").ShouldBe(AgentState.Talking, "the two that lost say nothing about the agent");

        call.Post(c => c.End());
        (await answering.EndAsync()).ShouldBe(0, answering.Said);
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
        Switchboard.Legs(await office.Record(call.Id)).ShouldBe(["agent agent1003 cancelled_here", "agent agent1003 cancelled_here", "agent agent1003 hung_up_here", "caller  hung_up_here"]);
    }

    [Fact]
    public async Task A_telephone_that_is_gone_costs_the_caller_five_seconds_and_the_agent_the_next_calls()
    {
        office.Unregister("agent1004");
        // It registered and is not there any more: nothing comes back, not even "trying".
        using (await office.Phone("agent1004", "demo-1004", new SippScenario().Ring())) { }
        office.Ready("agent1004");
        using var customer = office.ACustomer("13800138312");
        var call = await office.Reaches("13800138312", CallState.Queued);
        await Wait.Until(() => office.StateOf("agent1004") == AgentState.Reserved, "the agent is kept for the call");
        await office.Pass(() => office.StateOf("agent1004") == AgentState.NotReady, "the telephone says nothing");
        office.Board.Find(office.Board.Find("agent1004")!.Value)!.Reason.ShouldBe(NotReadyReason.Unreachable);
        call.State.ShouldBe(CallState.Queued, "the caller keeps the place");

        office.Board.Ready(office.Board.Find("agent1001")!.Value);
        await office.Reaches("13800138312", CallState.Talking);
        call.Post(c => c.End());
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
        Switchboard.Legs(await office.Record(call.Id)).ShouldBe(["agent agent1001 hung_up_here", "agent agent1004 timed_out", "caller  hung_up_here"]);
    }

    [Fact]
    public async Task A_telephone_that_rings_in_vain_is_cancelled_and_its_agent_is_not_ready_until_back()
    {
        office.Unregister("agent1003");
        using var silent = await office.Phone("agent1003", "demo-1003", new SippScenario().Ring().TakeCancel());
        office.Ready("agent1003");
        using var customer = office.ACustomer("13800138313");
        var call = await office.Reaches("13800138313", CallState.Queued);
        await Wait.Until(() => call.Parties.Any(p => p.Name.Number == "agent1003" && p.WhenRung.IsCompleted), "it rings");
        await office.Pass(() => office.StateOf("agent1003") == AgentState.NotReady, "it has rung long enough", step: 1);
        (await silent.EndAsync()).ShouldBe(0, silent.Said);
        office.Board.Find(office.Board.Find("agent1003")!.Value)!.Reason.ShouldBe(NotReadyReason.NoAnswer);
        call.Post(c => c.End());
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
        var record = await office.Record(call.Id);
        Switchboard.Legs(record).ShouldBe(["agent agent1003 no_answer", "caller  hung_up_here"]);
    }

    [Fact]
    public async Task A_telephone_whose_password_was_taken_is_rung_no_more_until_it_registers_with_the_new_one()
    {
        using var admin = await office.SignedIn("admin");
        using (await office.Phone("agent1005", "demo-1005", new SippScenario().Ring())) { }
        office.Board.Find(office.Board.Find("agent1005")!.Value)!.HasPhone.ShouldBeTrue();
        var made = (await Desk.Json(await admin.PostAsync("/api/desk/v1/phones/agent1005/secret", null))).GetProperty("password").GetString()!;
        office.Board.Find(office.Board.Find("agent1005")!.Value)!.HasPhone.ShouldBeFalse();
        using (var former = office.Sipp("agent1005", new SippScenario().Register("agent1005", "demo-1005"))) (await former.EndAsync()).ShouldNotBe(0, "the former password opens nothing");
        using (await office.Phone("agent1005", made, new SippScenario().Ring())) { }
        office.Board.Find(office.Board.Find("agent1005")!.Value)!.HasPhone.ShouldBeTrue();
        (await admin.PostAsJsonAsync("/api/desk/v1/phones/agent1005/remove", new { reason = "话机遗失" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        office.Board.Find(office.Board.Find("agent1005")!.Value)!.HasPhone.ShouldBeFalse();
    }
}
