using Courier.Sip.Auth;
using Courier.Sip.Dialogs;
using Courier.Sip.Messages;

namespace Courier.Sip.Tests.Dialogs;

/// <summary>From the INVITE to the end: RFC 3261 §9, §13, §15, RFC 3262, RFC 3891.</summary>
public sealed class CallingAndBeingCalled : IDisposable
{
    private readonly Line _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public void A_call_rings_is_answered_and_hung_up_by_the_caller()
    {
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Progress();
        _line.Run();
        _line.Bob.Incoming!.Accept(Line.Sdp("bob"));
        _line.Run();
        _line.Ann.Leg!.HangUp("Q.850;cause=16");
        _line.Run();
        _line.Said.ShouldBe("aINVITE b180 b200 aACK aBYE b200");
        _line.Ann.Heard.ShouldBe(["progress 180", "answered bob", "ended HungUpHere 0"]);
        _line.Bob.Heard.ShouldBe(["invited a-offer", "answered", "ended HungUpThere 0"]);
        _line.Messages[4].Headers[HeaderNames.Reason].ShouldBe("Q.850;cause=16");
        _line.NothingIsLeft();
    }

    [Fact]
    public void The_called_end_hangs_up_too()
    {
        _line.Answered().Bob.Leg!.HangUp();
        _line.Run();
        _line.Said.ShouldBe("bBYE a200");
        _line.Ann.Heard.ShouldBe(["ended HungUpThere 0"]);
        _line.NothingIsLeft();
    }

    [Fact]
    public void Both_hang_up_at_once()
    {
        _line.Answered().Bob.Leg!.HangUp();
        _line.Ann.Leg!.HangUp();
        _line.Run();
        _line.Said.ShouldBe("bBYE aBYE a200 b200");
        _line.Ann.Heard.ShouldBe(["ended HungUpHere 0"]);
        _line.Bob.Heard.ShouldBe(["ended HungUpHere 0"]);
        _line.NothingIsLeft();
    }

    [Theory]
    [InlineData(486, LegEnd.Busy)]
    [InlineData(600, LegEnd.Busy)]
    [InlineData(480, LegEnd.NoAnswer)]
    [InlineData(603, LegEnd.Rejected)]
    [InlineData(488, LegEnd.Rejected)]
    [InlineData(302, LegEnd.Rejected)]
    public void A_refusal_has_one_outcome(int status, LegEnd end)
    {
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Reject(status);
        _line.Run();
        _line.Said.ShouldBe($"aINVITE b{status} aACK");
        _line.Ann.Heard.ShouldBe([$"ended {end} {status}"]);
        _line.Bob.Heard[^1].ShouldBe($"ended CancelledHere {status}");
        _line.NothingIsLeft();
    }

    [Fact]
    public void A_caller_gives_up_while_it_rings()
    {
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Progress();
        _line.Run();
        _line.Ann.Leg!.HangUp("SIP;cause=200;text=\"Call completed elsewhere\"");
        _line.Run();
        _line.Said.ShouldBe("aINVITE b180 aCANCEL b200 b487 aACK");
        _line.Messages[2].Headers[HeaderNames.Reason].ShouldStartWith("SIP;cause=200");
        _line.Ann.Heard.ShouldBe(["progress 180", "ended CancelledHere 0"]);
        _line.Bob.Heard.ShouldBe(["invited a-offer", "ended CancelledThere 487"]);
        _line.NothingIsLeft();
    }

    [Fact]
    public void A_CANCEL_waits_for_the_first_sign_of_life()
    {
        _line.Ann.Call();
        _line.Ann.Leg!.HangUp();
        _line.Run();
        _line.Said.ShouldBe("aINVITE");
        _line.Pass(0.3);
        _line.Said.ShouldBe("aINVITE b100 aCANCEL b200 b487 aACK");
        _line.NothingIsLeft();
    }

    [Fact]
    public void An_answer_that_crosses_the_CANCEL_is_acknowledged_and_hung_up()
    {
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Progress();
        _line.Run();
        _line.Bob.Incoming!.Accept(Line.Sdp("bob"));
        _line.Ann.Leg!.HangUp();
        _line.Run();
        _line.Said.ShouldBe("aINVITE b180 b200 aCANCEL aACK aBYE b200 b200");
        _line.Ann.Heard.ShouldBe(["progress 180", "ended CancelledHere 0"]);
        _line.Bob.Heard.ShouldBe(["invited a-offer", "answered", "ended HungUpThere 0"]);
        _line.NothingIsLeft();
    }

    [Fact]
    public void A_lost_ACK_is_sent_again_for_each_repeated_answer()
    {
        var lost = 0;
        _line.Loses = m => m is SipRequest { Method.Name: "ACK" } && ++lost <= 2;
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Accept(Line.Sdp("bob"));
        _line.Run();
        _line.Pass(5);
        _line.Said.ShouldBe("aINVITE b200 aACK b200 aACK b200 aACK");
        _line.Ann.Heard.ShouldBe(["answered bob"]);
        _line.Bob.Heard.ShouldBe(["invited a-offer", "answered"]);
    }

    [Fact]
    public void An_answer_that_is_never_acknowledged_ends_in_BYE()
    {
        _line.Loses = m => m is SipRequest { Method.Name: "ACK" };
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Accept(Line.Sdp("bob"));
        _line.Pass(31);
        _line.Log.Count(l => l == "b200").ShouldBe(10, "at 0, 0.5, 1.5, 3.5 seconds and then every 4");
        _line.Pass(2);
        _line.Bob.Heard.ShouldBe(["invited a-offer", "ended Vanished 0"]);
        _line.Ann.Heard.ShouldBe(["answered bob", "ended HungUpThere 0"]);
        _line.NothingIsLeft();
    }

    [Fact]
    public void The_called_end_hangs_up_only_after_the_ACK()
    {
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Accept(Line.Sdp("bob"));
        _line.Bob.Leg!.HangUp();
        _line.Said.ShouldBe("aINVITE b200");
        _line.Run();
        _line.Said.ShouldBe("aINVITE b200 aACK bBYE a200");
        _line.Bob.Heard.ShouldBe(["invited a-offer", "ended HungUpHere 0"]);
    }

    [Fact]
    public void The_first_of_a_fork_that_answers_wins()
    {
        _line.Ann.Call();
        _line.Run();
        var invite = (SipRequest)_line.Messages[0];
        _line.Bob.Incoming!.Accept(Line.Sdp("bob"));
        _line.Run();
        _line.Log.Clear();
        var second = invite.Answer(200, "another");
        second.Contacts.Add(new NameAddr(new SipUri("sip", "carol", "192.0.2.2")));
        _line.Ann.Agent.Layer.Receive(second, _line.Ann.Flow);
        _line.Said.ShouldBe("aACK aBYE");
        _line.Messages[^1].To.Tag.ShouldBe("another");
        _line.Messages[^1].ShouldBeOfType<SipRequest>().RequestUri.User.ShouldBe("carol");
        _line.Ann.Heard.ShouldBe(["answered bob"]);
    }

    [Fact]
    public void A_call_without_an_offer_gets_one_and_answers_in_the_ACK()
    {
        _line.Ann.Call(d => d with { Description = default });
        _line.Run();
        _line.Bob.Incoming!.Accept(Line.Sdp("bob-offer"));
        _line.Run();
        _line.Said.ShouldBe("aINVITE b200");
        _line.Ann.Leg!.AnswerOffer(Line.Sdp("ann-answer"));
        _line.Run();
        _line.Said.ShouldBe("aINVITE b200 aACK");
        _line.Ann.Heard.ShouldBe(["answered bob-offer"]);
        _line.Bob.Heard.ShouldBe(["invited ", "answered ann-answer"]);
    }

    [Fact]
    public void Early_media_comes_before_the_answer()
    {
        _line.Ann.Call();
        _line.Run();
        _line.Bob.Incoming!.Progress(183, Line.Sdp("music"));
        _line.Run();
        _line.Ann.Heard.ShouldBe(["progress 183 music"]);
    }

    [Fact]
    public void What_rings_long_says_so_each_minute_and_not_for_ever()
    {
        _line.Ann.Call(d => d with { RingLimit = TimeSpan.FromMinutes(10) });
        _line.Run();
        _line.Bob.Incoming!.Progress();
        _line.Run();
        _line.Pass(179);
        _line.Log.Count(l => l == "b180").ShouldBe(3);
        _line.Pass(3);
        _line.Ann.Heard[^1].ShouldBe("ended NoAnswer 480");
        _line.Bob.Heard[^1].ShouldBe("ended NoAnswer 480");
        _line.NothingIsLeft();
    }

    [Fact]
    public void A_caller_does_not_wait_for_ever_either()
    {
        _line.Ann.Call(d => d with { RingLimit = TimeSpan.FromSeconds(20) });
        _line.Run();
        _line.Bob.Incoming!.Progress();
        _line.Pass(21);
        _line.Ann.Heard[^1].ShouldBe("ended NoAnswer 0");
        _line.Bob.Heard[^1].ShouldBe("ended CancelledThere 487");
        _line.NothingIsLeft();
    }

    [Fact]
    public void Nobody_there_is_an_outcome_too()
    {
        _line.Loses = _ => true;
        _line.Ann.Call();
        _line.Pass(33);
        _line.Ann.Heard.ShouldBe(["ended TimedOut 0"]);
        _line.NothingIsLeft();
    }

    [Fact]
    public void A_caller_that_has_to_prove_who_it_is_does()
    {
        var server = new DigestServer("bob", TimeSpan.FromMinutes(1), _line.Clock, [DigestAlgorithm.Sha256]);
        var granted = "";
        _line.Bob.WhenInvited = leg =>
        {
            var verdict = server.Check(leg.Request, _ => DigestSecret.Of("ann", "bob", "secret"));
            if (verdict is DigestVerdict.Challenged challenged) leg.Reject(DigestServer.Answer(leg.Request, challenged, leg.LocalTag));
            else granted = ((DigestVerdict.Granted)verdict).User;
        };
        _line.Ann.Call(d => d with { Credentials = new DigestClient("ann", "secret") });
        _line.Run();
        granted.ShouldBe("ann");
        _line.Said.ShouldBe("aINVITE b401 aACK aINVITE");
        _line.Messages.OfType<SipRequest>().Where(m => m.Method == SipMethod.Invite).Select(m => (m.CallId, m.CSeq.Number)).ShouldBe([(_line.Ann.Leg!.CallId, 1u), (_line.Ann.Leg.CallId, 2u)]);
    }

    [Fact]
    public void Who_cannot_prove_it_is_refused()
    {
        _line.Bob.WhenInvited = leg => leg.Reject(DigestServer.Answer(leg.Request, (DigestVerdict.Challenged)new DigestServer("bob", TimeSpan.FromMinutes(1), _line.Clock, [DigestAlgorithm.Sha256]).Check(leg.Request, _ => null), leg.LocalTag));
        _line.Ann.Call(d => d with { Credentials = new DigestClient("ann", "wrong") });
        _line.Run();
        _line.Ann.Heard.ShouldBe(["ended Rejected 401"]);
        _line.Said.ShouldBe("aINVITE b401 aACK aINVITE b401 aACK");
    }

    [Fact]
    public void A_call_takes_the_place_of_another()
    {
        _line.Answered();
        var first = _line.Bob.Leg!;
        _line.Ann.Call(d => d with { Headers = [new(HeaderNames.Replaces, $"{first.CallId};to-tag={first.LocalTag};from-tag={_line.Ann.Leg!.LocalTag}")] });
        _line.Run();
        _line.Bob.Incoming!.ReplacedLeg.ShouldBe(first);
        _line.Ann.Call(d => d with { Headers = [new(HeaderNames.Replaces, $"{first.CallId};to-tag=unknown;from-tag=x")] });
        _line.Run();
        _line.Ann.Heard[^1].ShouldBe("ended Rejected 481");
    }

    [Fact]
    public void What_has_to_be_reliable_is_declined()
    {
        _line.Ann.Call(d => d with { Headers = [new(HeaderNames.Require, "100rel")] });
        _line.Run();
        _line.Said.ShouldBe("aINVITE b420 aACK");
        _line.Messages[1].Headers[HeaderNames.Unsupported].ShouldBe("100rel");
    }

    [Fact]
    public void A_node_that_is_being_emptied_takes_no_calls_and_keeps_those_it_has()
    {
        _line.Answered();
        _line.Bob.Agent.IsDraining = true;
        var running = _line.Ann.Leg!;
        _line.Ann.Call();
        _line.Run();
        _line.Ann.Heard.ShouldBe(["ended Rejected 503"]);
        _line.Messages[1].Headers[HeaderNames.RetryAfter].ShouldBe("10");
        running.HangUp();
        _line.Run();
        _line.Log[^1].ShouldBe("b200");
    }
}
