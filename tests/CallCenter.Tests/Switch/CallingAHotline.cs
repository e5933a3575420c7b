using System.Net.Http.Json;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Calls of SIPp, which others have written: what works, and each way in which a call can break.</summary>
public sealed class CallingAHotline(TelephoneApp telephone) : IClassFixture<TelephoneApp>
{
    [Fact]
    public async Task It_is_answered_at_once_and_its_record_says_who_hung_up_and_how_good_the_voice_was()
    {
        using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138011@carrier.example").Invite().ExpectRinging().Expect(200).Ack().Pause(700).Press('9').Bye().Expect(200));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);

        var call = await TheCallOf("13800138011");
        call.GetProperty("direction").GetString().ShouldBe("inbound");
        call.GetProperty("hotline").GetString().ShouldBe("95300");
        call.GetProperty("peerTail").GetString().ShouldBe("8011");
        call.GetProperty("result").GetString().ShouldBe("self_served");
        var leg = (await telephone.Record(call.GetProperty("id").GetString()!)).GetProperty("legs").EnumerateArray().ShouldHaveSingleItem();
        leg.GetProperty("role").GetString().ShouldBe("caller");
        leg.GetProperty("outcome").GetString().ShouldBe("hung_up_there");
        leg.GetProperty("sent").GetInt64().ShouldBeGreaterThan(20);
        leg.GetProperty("received").GetInt64().ShouldBeGreaterThan(0);
        leg.GetProperty("mosHundredths").GetInt64().ShouldBeInRange(100, 450);
    }

    [Fact]
    public async Task Many_at_a_time_are_all_answered()
    {
        using var sipp = telephone.Sipp("95300", "-sn", "uac", "-m", "40", "-r", "40", "-d", "400");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        await NothingIsLeft();
    }

    [Theory]
    [InlineData("8613912345678", "sip:13900139000@carrier.example", 404)]
    [InlineData("agent1001", "sip:13900139000@carrier.example", 404)]
    [InlineData("95300", "sip:agent1001@courier.local", 401)]
    [InlineData("008521234567", "sip:somebody@courier.local", 401)]
    public async Task A_trunk_reaches_nothing_but_hotlines_and_a_caller_of_our_own_is_challenged(string number, string from, int status)
    {
        using var sipp = telephone.Sipp(number, new SippScenario().From(from).Invite().ExpectRinging().Expect(status).Ack());
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
    }

    [Fact]
    public async Task A_call_without_a_codec_in_common_is_refused()
    {
        using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138012@carrier.example").Offering("18").Invite().ExpectRinging().Expect(488).Ack());
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        (await TheCallOf("13800138012")).GetProperty("result").GetString().ShouldBe("media_failed");
    }

    [Fact]
    public async Task A_caller_who_wants_our_offer_gets_it_and_answers_in_the_ACK()
    {
        using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138013@carrier.example").Invite(withOffer: false).ExpectRinging().Expect(200).Ack(withAnswer: true).Pause(500).Bye().Expect(200));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        var record = await telephone.Record((await TheCallOf("13800138013")).GetProperty("id").GetString()!);
        record.GetProperty("legs")[0].GetProperty("sent").GetInt64().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task An_ACK_that_is_lost_once_costs_nothing()
    {
        // The answer comes again twice until the ACK arrives.
        using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138014@carrier.example").Invite().ExpectRinging().Expect(200).Pause(1600).Ack().Pause(200).Bye().Expect(200));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        (await TheCallOf("13800138014")).GetProperty("result").GetString().ShouldBe("self_served");
    }

    [Fact]
    public async Task A_caller_who_never_acknowledges_is_hung_up_after_32_seconds()
    {
        var scenario = new SippScenario().From("sip:13800138015@carrier.example").Invite().ExpectRinging().Expect(200);
        for (var repeat = 0; repeat < 9; repeat++) scenario.Expect(200, optional: true);
        using var sipp = telephone.Sipp("95300", scenario.ExpectRequest("BYE").Answer200());
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        var call = await TheCallOf("13800138015");
        (await telephone.Record(call.GetProperty("id").GetString()!)).GetProperty("legs")[0].GetProperty("outcome").GetString().ShouldBe("vanished");
    }

    [Fact]
    public async Task A_CANCEL_that_comes_after_the_answer_changes_nothing()
    {
        using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138016@carrier.example").Invite().ExpectRinging().Expect(200).Cancel().Expect(200).Ack().Pause(200).Bye().Expect(200));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        (await TheCallOf("13800138016")).GetProperty("result").GetString().ShouldBe("self_served");
    }

    [Fact]
    public async Task A_call_whose_every_message_comes_twice_is_one_call()
    {
        await using var caller = await RawCaller.Calls("13800138018", telephone.Port, new Network(DoublesSignals: true));
        await caller.Info('9');
        await caller.HangUp();
        (await TheCallOf("13800138018")).GetProperty("result").GetString().ShouldBe("self_served");
        await NothingIsLeft();
    }

    [Fact]
    public async Task A_CANCEL_of_another_branch_and_a_request_with_a_number_that_was_passed_are_refused_and_the_call_goes_on()
    {
        await using var caller = await RawCaller.Calls("13800138019", telephone.Port);
        (await caller.Asks("CANCEL", 1)).ShouldBe(481);
        await caller.Info('9');
        (await caller.Asks("INFO", 1, "Content-Type: application/dtmf-relay", "Signal=9\r\nDuration=160\r\n")).ShouldBe(500);
        await caller.HangUp();
        var record = await telephone.Record((await TheCallOf("13800138019")).GetProperty("id").GetString()!);
        record.GetProperty("legs")[0].GetProperty("outcome").GetString().ShouldBe("hung_up_there");
    }

    [Fact]
    public async Task A_BYE_of_no_call_is_told_so()
    {
        using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138020@carrier.example").Bye(1).Expect(481));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        await NothingIsLeft();
    }

    [Fact]
    public async Task Both_may_change_the_session_and_keys_come_by_INFO_too()
    {
        using var sipp = telephone.Sipp("95300", new SippScenario().From("sip:13800138017@carrier.example").Invite().ExpectRinging().Expect(200).Ack().Pause(200)
            .ReInvite().Expect(100, optional: true).Expect(200).Ack(cseq: 2).Info('9', 3).Expect(200).Pause(200).Bye(4).Expect(200));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
    }

    private async Task<JsonElement> TheCallOf(string number)
    {
        JsonElement call = default;
        await Wait.Until(async () =>
        {
            var found = (await Desk.Get(telephone.Supervisor, "/calls?phone=" + number)).GetProperty("items").EnumerateArray().Where(c => c.GetProperty("endedAt").ValueKind == JsonValueKind.String).ToList();
            call = found.FirstOrDefault();
            return found.Count == 1;
        }, "the records have the call of " + number);
        return call;
    }

    private async Task NothingIsLeft() => await Wait.Until(async () =>
    {
        var now = await Desk.Get(telephone.Supervisor, "/live/telephone");
        return now.GetProperty("calls").GetInt32() == 0 && now.GetProperty("legs").GetInt32() == 0;
    }, "no call and no voice is left");
}
