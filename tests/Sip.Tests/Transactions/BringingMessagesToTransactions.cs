using Courier.Sip.Messages;
using Courier.Sip.Tests.Messages;
using Courier.Sip.Transactions;

namespace Courier.Sip.Tests.Transactions;

public sealed class BringingMessagesToTransactions
{
    [Fact]
    public void A_repeated_request_is_heard_once_and_answered_twice()
    {
        using var stage = new Stage();
        stage.Comes("OPTIONS");
        stage.Last!.Respond(stage.Last.Request.Answer(200, "us"));
        stage.Comes("OPTIONS");
        stage.Heard.ShouldBe(["OPTIONS"]);
        stage.Flow.Log.ShouldBe("200 200");
    }

    [Fact]
    public void An_INVITE_that_nobody_answers_soon_gets_a_100()
    {
        using var stage = new Stage();
        stage.Comes("INVITE");
        stage.Flow.Log.ShouldBe("");
        stage.Clock.Advance(TimeSpan.FromMilliseconds(220));
        stage.Flow.Log.ShouldBe("100");
        stage.Flow.Sent[0].To.Tag.ShouldBeNull();
    }

    [Fact]
    public void A_refusal_is_repeated_until_its_ACK_comes()
    {
        using var stage = new Stage();
        stage.Comes("INVITE");
        stage.Last!.Respond(stage.Last.Request.Answer(486, "us"));
        stage.Clock.Advance(TimeSpan.FromSeconds(2));
        stage.Flow.Log.ShouldBe("486 486 486");
        stage.Comes("ACK", to: ";tag=us");
        stage.Clock.Advance(TimeSpan.FromSeconds(10));
        stage.Flow.Log.ShouldBe("486 486 486");
        stage.Heard.ShouldBe(["INVITE"]);
        (stage.Layer.Count, stage.Wheel.Running).ShouldBe((0, 0));
    }

    [Fact]
    public void A_refusal_that_is_never_acknowledged_is_given_up()
    {
        using var stage = new Stage();
        stage.Comes("INVITE");
        stage.Last!.Respond(stage.Last.Request.Answer(486, "us"));
        stage.Clock.Advance(TimeSpan.FromSeconds(33));
        stage.Heard.ShouldBe(["INVITE", "unanswerable"]);
        stage.Flow.Sent.Count.ShouldBe(11);
        (stage.Layer.Count, stage.Wheel.Running).ShouldBe((0, 0));
    }

    [Fact]
    public void The_ACK_of_an_acceptance_goes_up()
    {
        using var stage = new Stage();
        stage.Comes("INVITE");
        stage.Last!.Respond(stage.Last.Request.Answer(200, "us"));
        stage.Comes("ACK", "z9hG4bKother", ";tag=us");
        stage.Heard.ShouldBe(["INVITE", "ACK"]);
    }

    [Fact]
    public void A_CANCEL_finds_its_INVITE()
    {
        using var stage = new Stage();
        stage.Comes("INVITE");
        stage.Comes("CANCEL");
        stage.Heard.ShouldBe(["INVITE", "CANCEL of 3"]);
        stage.Flow.Log.ShouldBe("200 487");
        stage.Comes("CANCEL");
        stage.Flow.Log.ShouldBe("200 487 200");
    }

    [Fact]
    public void A_CANCEL_of_nothing_is_answered_481()
    {
        using var stage = new Stage();
        stage.Comes("INVITE");
        stage.Comes("CANCEL", "z9hG4bKanother");
        stage.Heard.ShouldBe(["INVITE"]);
        stage.Flow.Log.ShouldBe("481");
    }

    [Fact]
    public void The_second_branch_of_a_fork_upstream_is_a_loop()
    {
        using var stage = new Stage();
        stage.Comes("INVITE");
        stage.Comes("INVITE", "z9hG4bKsecond");
        stage.Heard.ShouldBe(["INVITE"]);
        stage.Flow.Log.ShouldBe("482");
    }

    [Fact]
    public void Branches_of_two_senders_do_not_meet()
    {
        using var stage = new Stage();
        stage.Comes("OPTIONS", fields: "Via: SIP/2.0/UDP h2\n");
        stage.Layer.Receive(Wire.Request("OPTIONS sip:li@example.com SIP/2.0\nVia: SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKq\nFrom: <sip:z@h>;tag=x\nTo: <sip:li@h>\nCall-ID: d\nCSeq: 3 OPTIONS\n\n"), stage.Flow);
        stage.Heard.ShouldBe(["OPTIONS", "OPTIONS"]);
    }

    [Theory]
    [InlineData("old")]
    [InlineData("z9hG4bK")]
    public void A_peer_without_unique_branches_is_understood(string branch)
    {
        using var stage = new Stage();
        stage.Comes("INVITE", branch);
        stage.Comes("INVITE", branch);
        stage.Last!.Respond(stage.Last.Request.Answer(486, "us"));
        stage.Comes("ACK", branch, ";tag=us");
        stage.Clock.Advance(TimeSpan.FromSeconds(6));
        stage.Heard.ShouldBe(["INVITE"]);
        stage.Flow.Log.ShouldBe("486");
        stage.Layer.Count.ShouldBe(0);
    }

    [Fact]
    public void A_request_is_repeated_until_it_is_answered()
    {
        using var stage = new Stage();
        var sent = stage.Layer.Send(Outgoing("OPTIONS"), stage.Flow, stage);
        stage.Clock.Advance(TimeSpan.FromSeconds(2));
        stage.Flow.Log.ShouldBe("OPTIONS OPTIONS OPTIONS");
        stage.Layer.Receive(sent.Request.Answer(200, "them"), stage.Flow);
        stage.Layer.Receive(sent.Request.Answer(200, "them"), stage.Flow);
        stage.Clock.Advance(TimeSpan.FromSeconds(10));
        stage.Heard.ShouldBe(["200"]);
        stage.Flow.Sent.Count.ShouldBe(3);
        (stage.Layer.Count, stage.Wheel.Running).ShouldBe((0, 0));
    }

    [Fact]
    public void A_request_that_nobody_answers_is_given_up_after_32_seconds()
    {
        using var stage = new Stage();
        stage.Layer.Send(Outgoing("INVITE"), stage.Flow, stage);
        stage.Clock.Advance(TimeSpan.FromSeconds(31.9));
        stage.Heard.ShouldBeEmpty();
        stage.Flow.Sent.Count.ShouldBe(7);
        stage.Clock.Advance(TimeSpan.FromSeconds(0.2));
        stage.Heard.ShouldBe(["TimedOut"]);
        (stage.Layer.Count, stage.Wheel.Running).ShouldBe((0, 0));
    }

    [Fact]
    public void A_broken_way_is_told_at_once()
    {
        using var stage = new Stage { Flow = new NotedFlow("TCP") { IsBroken = true } };
        stage.Layer.Send(Outgoing("INVITE"), stage.Flow, stage);
        stage.Heard.ShouldBe(["TransportLost"]);
        stage.Layer.Count.ShouldBe(0);
    }

    [Fact]
    public void Our_Via_names_us_and_asks_for_the_port()
    {
        using var stage = new Stage();
        var via = stage.Layer.Send(Outgoing("OPTIONS"), stage.Flow, stage).Request.TopVia;
        (via.Transport, via.SentBy, via.HasUniqueBranch, via.Parameters.Has("rport")).ShouldBe(("UDP", "198.51.100.1:5060", true, true));
    }

    [Fact]
    public void A_CANCEL_goes_under_the_branch_of_its_INVITE()
    {
        using var stage = new Stage();
        var invite = stage.Layer.Send(Outgoing("INVITE"), stage.Flow, stage);
        stage.Layer.Receive(invite.Request.Answer(180, "them"), stage.Flow);
        stage.Layer.Cancel(invite, "SIP;cause=200;text=\"Call completed elsewhere\"");
        var cancel = stage.Flow.Sent[^1].ShouldBeOfType<SipRequest>();
        (cancel.Method, cancel.TopVia.Branch, cancel.To.Tag, cancel.CSeq.Number).ShouldBe((SipMethod.Cancel, invite.Request.TopVia.Branch, null, 1u));
        cancel.Headers[HeaderNames.Reason].ShouldBe("SIP;cause=200;text=\"Call completed elsewhere\"");
        stage.Layer.Receive(cancel.Answer(200, "them"), stage.Flow);
        stage.Layer.Receive(invite.Request.Answer(487, "them"), stage.Flow);
        stage.Heard.ShouldBe(["180", "487"]);
        stage.Flow.Log.ShouldBe("INVITE CANCEL ACK");
    }

    [Fact]
    public void Responses_that_are_nobodys_are_dropped()
    {
        using var stage = new Stage();
        var sent = stage.Layer.Send(Outgoing("OPTIONS"), stage.Flow, stage).Request;
        var twoHops = sent.Answer(200, "them");
        twoHops.Vias.Add(sent.TopVia);
        stage.Layer.Receive(twoHops, stage.Flow);
        var stranger = Outgoing("OPTIONS");
        stranger.Vias.Add(sent.TopVia with { Parameters = SipParameters.None.With("branch", "z9hG4bKunknown") });
        stage.Layer.Receive(stranger.Answer(200, "them"), stage.Flow);
        stage.Heard.ShouldBeEmpty();
    }

    private static SipRequest Outgoing(string method)
    {
        var request = Wire.Request($"{method} sip:li@example.com SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: <sip:z@h>;tag=us\nTo: <sip:li@example.com>\nCall-ID: c\nCSeq: 1 {method}\n\n");
        request.Vias.Clear();
        return request;
    }
}
