using Courier.CallCenter.Agents;
using Courier.CallCenter.Switch;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Messages that cross each other, through the whole product.</summary>
[Collection(SwitchboardTests.Name)]
public sealed class CrossingMessages(Switchboard office)
{
    [Fact]
    public async Task A_caller_who_gives_up_while_a_colleague_rings_is_answered_487_and_the_ringing_ends()
    {
        office.Unregister("agent1003");
        using var ringing = await office.Phone("agent1003", "demo-1003", new SippScenario().Ring().TakeCancel());
        using var caller = office.Sipp("1003", new SippScenario().CallAs("agent1004", "demo-1004").Expect(100, optional: true).Expect(180).Cancel(2).Expect(200).Expect(487).Ack(cseq: 2));
        (await caller.EndAsync()).ShouldBe(0, caller.Said);
        (await ringing.EndAsync()).ShouldBe(0, ringing.Said);
        await Wait.Until(() => office.App.Get<Calls>().Count == 0 && office.App.Get<Exchange>().Media.OpenLegs == 0, "no call and no voice is left");
    }

    [Fact]
    public async Task A_hold_that_crosses_our_refresh_of_the_session_is_refused_491_and_the_call_goes_on()
    {
        // The caller wants the session to be refreshed every 90 s, by us: at half of it we send a re-INVITE, and the caller its hold at the same moment.
        using var customer = office.Sipp("95300", new SippScenario().From("sip:13800138332@carrier.example")
            .Invite(extra: "Supported: timer\n      Session-Expires: 90;refresher=uas\n      Allow: INVITE, ACK, BYE, CANCEL").ExpectRinging().Expect(200).Ack()
            .ExpectRequest("INVITE").ReInvite(2).Expect(100, optional: true).Expect(491).Ack(cseq: 2), 0, "-trace_msg");
        var call = await office.Reaches("13800138332", CallState.InFlow);
        await office.Pass(() => customer.Said.Length > 0 && Refusals(customer) > 0, "the refresh and the hold have crossed", step: 1);
        call.State.ShouldBe(CallState.InFlow, "the call goes on");
        call.Post(c => c.End());
        await office.Record(call.Id);
    }

    [Fact]
    public async Task A_customer_who_hangs_up_at_the_moment_we_do_is_answered_and_the_call_ends_once()
    {
        office.Ready("agent1001");
        await using var customer = await RawCaller.Calls("13800138335", office.App.Get<Exchange>().Agent.Transport.Local("UDP").Port);
        await customer.Info('0');
        var call = await office.Reaches("13800138335", CallState.Talking);
        customer.HangsUpToo = true; // its BYE comes while ours is under way, not yet answered
        call.Post(c => c.End());
        (await customer.Crossed.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(200);
        var record = await office.Record(call.Id);
        record.GetProperty("call").GetProperty("result").GetString().ShouldBe("completed");
        Switchboard.Legs(record).ShouldBe(["agent agent1001 hung_up_here", "caller  hung_up_here"]);
        record.GetProperty("recordings").GetArrayLength().ShouldBe(1);
        await Wait.Until(() => office.StateOf("agent1001") != AgentState.Talking && office.App.Get<Exchange>().Media.OpenLegs == 0, "nobody is thought to speak any more");
    }

    [Fact]
    public async Task Keys_that_come_before_anybody_listens_are_kept_for_who_listens_first()
    {
        office.Ready();
        using var customer = office.Sipp("95300", new SippScenario().From("sip:13800138334@carrier.example").Invite().ExpectRinging().Expect(200).Ack().ExpectRequest("BYE").Answer200());
        var call = await office.Reaches("13800138334", CallState.InFlow);
        call.Post(c =>
        {
            var flow = c.Ear;
            c.Ear = null;
            c.Pressed(c.Customer!, '0');
            c.Ear = flow;
        });
        await office.Reaches("13800138334", CallState.Queued);
        call.Post(c => c.End());
        (await customer.EndAsync()).ShouldBe(0, customer.Said);
        await office.Record(call.Id);
    }

    private static int Refusals(PeerProgram peer) => Directory.GetFiles(peer.Directory, "*_messages.log").Sum(f => File.ReadAllText(f).Split("SIP/2.0 491").Length - 1);
}
