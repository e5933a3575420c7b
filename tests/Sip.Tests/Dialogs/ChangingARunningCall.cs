using Courier.Sip.Dialogs;
using Courier.Sip.Messages;
using Courier.Sip.Tests.Messages;

namespace Courier.Sip.Tests.Dialogs;

/// <summary>Inside a call: RFC 3261 §12.2 and §14, RFC 3311, RFC 3515, RFC 4028, RFC 6086.</summary>
public sealed class ChangingARunningCall : IDisposable
{
    private readonly Line _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public void A_change_is_offered_and_answered()
    {
        _line.Answered().Ann.Leg!.Offer(Line.Sdp("hold"));
        _line.Run();
        _line.Bob.Heard.ShouldBe(["offered hold"]);
        _line.Bob.Leg!.AnswerOffer(Line.Sdp("held"));
        _line.Run();
        _line.Said.ShouldBe("aINVITE b200 aACK");
        _line.Ann.Heard.ShouldBe(["offer answered held"]);
    }

    [Fact]
    public void A_change_is_refused_and_the_call_goes_on()
    {
        _line.Answered().Ann.Leg!.Offer(Line.Sdp("video"));
        _line.Run();
        _line.Bob.Leg!.RefuseOffer();
        _line.Run();
        _line.Ann.Heard.ShouldBe(["offer refused 488"]);
        _line.Bob.Leg!.Offer(Line.Sdp("other way"));
        _line.Run();
        _line.Ann.Heard[^1].ShouldBe("offered other way");
    }

    [Fact]
    public void When_both_want_to_change_at_once_one_goes_first_a_little_later()
    {
        _line.Answered().Ann.Leg!.Offer(Line.Sdp("ann"));
        _line.Bob.Leg!.Offer(Line.Sdp("bob"));
        _line.Run();
        _line.Said.ShouldBe("aINVITE bINVITE b491 a491 aACK bACK");
        _line.Pass(2.1);
        _line.Ann.Heard.ShouldBe(["offered bob"], "the end that was called waits less than the one that called");
        _line.Ann.Leg!.AnswerOffer(Line.Sdp("ann-answer"));
        _line.Run();
        _line.Pass(2.5);
        _line.Bob.Heard.ShouldBe(["offer answered ann-answer", "offered ann"]);
        _line.Bob.Leg!.AnswerOffer(Line.Sdp("bob-answer"));
        _line.Run();
        _line.Ann.Heard[^1].ShouldBe("offer answered bob-answer");
    }

    [Fact]
    public void A_change_without_an_offer_asks_for_one()
    {
        Comes("INVITE", 2);
        _line.Bob.Heard.ShouldBe(["offered"]);
        _line.Bob.Leg!.AnswerOffer(Line.Sdp("bob-offer"));
        _line.Messages[^1].Body.Span.SequenceEqual("bob-offer"u8).ShouldBeTrue();
        Comes("ACK", 2, "Content-Type: application/sdp\n", "ann-answer");
        _line.Bob.Heard.ShouldBe(["offered", "offer answered ann-answer"]);
    }

    [Fact]
    public void A_change_before_the_last_one_is_through_has_to_wait()
    {
        Comes("INVITE", 2, "Content-Type: application/sdp\n", "first");
        Comes("INVITE", 3, "Content-Type: application/sdp\n", "second");
        _line.Said.ShouldBe("b500");
        _line.Messages[^1].Headers[HeaderNames.RetryAfter].ShouldNotBeNull();
        _line.Bob.Heard.ShouldBe(["offered first"]);
    }

    [Fact]
    public void An_UPDATE_is_a_change_in_two_steps()
    {
        Comes("UPDATE", 2, "Content-Type: application/sdp\n", "new");
        _line.Bob.Heard.ShouldBe(["offered new"]);
        _line.Bob.Leg!.AnswerOffer(Line.Sdp("answer"));
        _line.Said.ShouldBe("b200");
        Comes("UPDATE", 3);
        _line.Said.ShouldBe("b200 b200", "one without a description is a sign of life");
        _line.Bob.Heard.Count.ShouldBe(1);
    }

    [Fact]
    public void Requests_that_do_not_fit_are_refused()
    {
        Comes("INFO", 5, "Content-Type: application/dtmf-relay\n", "Signal=5");
        Comes("INFO", 4, "Content-Type: application/dtmf-relay\n", "Signal=6");
        Comes("INFO", 6, "Content-Type: text/unknown\n", "x");
        Comes("PRACK", 7);
        Comes("BYE", 8, fromTag: "stranger");
        Comes("BYE", 9, toTag: "unknown");
        _line.Said.ShouldBe("b200 b500 b415 b405 b481 b481");
        _line.Bob.Heard.ShouldBe(["informed application/dtmf-relay Signal=5"]);
        _line.Bob.Leg!.State.ShouldBe(LegState.Confirmed);
    }

    [Fact]
    public void A_key_is_told_by_INFO()
    {
        _line.Answered().Ann.Leg!.Inform("application/dtmf-relay", Line.Sdp("Signal=1\r\nDuration=160\r\n"));
        _line.Run();
        _line.Bob.Heard.ShouldBe(["informed application/dtmf-relay Signal=1\r\nDuration=160\r\n"]);
    }

    [Fact]
    public void A_blind_transfer_is_asked_for_and_reported()
    {
        _line.Answered().Ann.Leg!.Refer(new SipUri("sip", "carol", "example.com"));
        _line.Run();
        _line.Bob.Heard.ShouldBe(["referred sip:carol@example.com"]);
        _line.Bob.Referral!.Replaces.ShouldBeNull();
        _line.Bob.Referral.Accept();
        _line.Run();
        _line.Bob.Referral.Report(180);
        _line.Bob.Referral.Report(200);
        _line.Bob.Referral.Report(200);
        _line.Run();
        _line.Said.ShouldBe("aREFER b202 bNOTIFY a200 bNOTIFY bNOTIFY a200 a200");
        _line.Ann.Heard.ShouldBe(["refer 100", "refer 180", "refer 200"]);
        var last = _line.Messages.OfType<SipRequest>().Last(m => m.Method == SipMethod.Notify);
        (last.Headers[HeaderNames.SubscriptionState], last.Headers[HeaderNames.Event]).ShouldBe(("terminated;reason=noresource", "refer;id=2"));
    }

    [Fact]
    public void A_transfer_is_refused()
    {
        _line.Answered().Ann.Leg!.Refer(new SipUri("sip", "carol", "example.com"));
        _line.Run();
        _line.Bob.Referral!.Refuse();
        _line.Run();
        _line.Ann.Heard.ShouldBe(["refer 603"]);
    }

    [Fact]
    public void An_attended_transfer_names_the_call_to_take_over()
    {
        Comes("REFER", 2, "Refer-To: <sip:carol@example.com?Replaces=c1%40h%3Bto-tag%3Dt%3Bfrom-tag%3Df>\n");
        _line.Bob.Referral!.Replaces.ShouldBe(new Replaced("c1@h", "t", "f", false));
        _line.Bob.Referral.Target.ToString().ShouldBe("sip:carol@example.com");
        Comes("REFER", 3, "Refer-To: <sip:carol@example.com?Replaces=nonsense>\n");
        Comes("REFER", 4);
        _line.Said.ShouldBe("b400 b400");
    }

    [Fact]
    public void Who_wants_no_report_gets_none()
    {
        Comes("REFER", 2, "Refer-To: <sip:carol@example.com>\nRefer-Sub: false\n");
        _line.Bob.Referral!.Accept();
        _line.Bob.Referral.Report(200);
        _line.Said.ShouldBe("b200");
    }

    [Fact]
    public void A_running_call_is_refreshed_at_half_of_its_interval()
    {
        _line.Answered();
        _line.Pass(901);
        _line.Said.ShouldBe("aUPDATE b200");
        _line.Pass(900);
        _line.Said.ShouldBe("aUPDATE b200 aUPDATE b200");
        (_line.Ann.Leg!.State, _line.Bob.Leg!.State).ShouldBe((LegState.Confirmed, LegState.Confirmed));
    }

    [Fact]
    public void A_peer_that_vanished_is_noticed_by_both_ends()
    {
        _line.Answered();
        _line.Loses = static _ => true;
        _line.Pass(1775);
        _line.Ann.Heard.ShouldBe(["ended Vanished 0"], "its refresh at 900 s got no answer");
        _line.Bob.Heard.ShouldBe(["ended Vanished 0"], "the refresh that it waited for until 1768 s did not come");
        _line.NothingIsLeft();
    }

    [Fact]
    public void A_peer_that_no_longer_knows_the_call_ends_it()
    {
        _line.Answered();
        _line.Bob.Leg!.HangUp();
        _line.Loses = m => m is SipRequest { Method.Name: "BYE" };
        _line.Run();
        _line.Ann.Leg!.Offer(Line.Sdp("hold"));
        _line.Run();
        _line.Ann.Heard.ShouldBe(["ended Vanished 481"]);
    }

    [Fact]
    public void Too_short_an_interval_is_refused_and_the_caller_takes_a_longer_one()
    {
        using var line = new Line(o => o.User == "a" ? o with { SessionInterval = TimeSpan.FromSeconds(100) } : o with { ShortestSession = TimeSpan.FromSeconds(300) });
        line.Ann.Call();
        line.Run();
        line.Said.ShouldBe("aINVITE b422 aACK aINVITE");
        line.Messages[^1].Headers[HeaderNames.SessionExpires].ShouldBe("300");
        line.Bob.Heard.ShouldBe(["invited a-offer"]);
    }

    [Theory]
    [InlineData("<sip:p1.example.com;lr>", "sip:them@192.0.2.7", "p1.example.com p2.example.com")]
    [InlineData("<sip:p1.example.com>", "sip:p1.example.com", "p2.example.com 192.0.2.7")]
    public void Requests_pass_the_proxies_that_want_to_see_them(string first, string uri, string routes)
    {
        var invite = Wire.Request($"INVITE sip:us@h SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nRecord-Route: {first}, <sip:p2.example.com;lr>\nFrom: <sip:them@h>;tag=them\nTo: <sip:us@h>\nCall-ID: c\nCSeq: 5 INVITE\nContact: <sip:them@192.0.2.7>\n\n");
        var dialog = Dialog.OfCalled(invite, "us");
        var bye = dialog.Request(SipMethod.Bye);
        bye.RequestUri.ToString().ShouldBe(uri);
        string.Join(' ', bye.Routes.Select(r => r.Uri.Host)).ShouldBe(routes);
        (dialog.NextHop.Host, bye.From.Tag, bye.To.Tag, bye.CSeq.Number).ShouldBe(("p1.example.com", "us", "them", 1u));
        dialog.TryTake(invite).ShouldBeTrue();
    }

    [Fact]
    public void The_callers_way_is_the_record_backwards()
    {
        var invite = Wire.Request("INVITE sip:them@h SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: <sip:us@h>;tag=us\nTo: <sip:them@h>\nCall-ID: c\nCSeq: 5 INVITE\n\n");
        var response = invite.Answer(200, "them");
        response.RecordRoutes.AddRange([new(new SipUri("sip", null, "p2.example.com")), new(new SipUri("sip", null, "p1.example.com"))]);
        response.Contacts.Add(new NameAddr(new SipUri("sip", "desk", "192.0.2.7")));
        var dialog = Dialog.OfCaller(invite, response);
        dialog.Routes.Select(r => r.Uri.Host).ShouldBe(["p1.example.com", "p2.example.com"]);
        (dialog.Target.User, dialog.Request(SipMethod.Bye).CSeq.Number, dialog.Ack(5).CSeq.Number).ShouldBe(("desk", 6u, 5u));
    }

    /// <summary>A request as Ann might send it, into a call that is answered.</summary>
    private void Comes(string method, uint number, string fields = "", string body = "", string? fromTag = null, string? toTag = null)
    {
        if (_line.Ann.Leg is null) _line.Answered();
        var (ann, bob) = (_line.Ann.Leg!, _line.Bob.Leg!);
        _line.Bob.Agent.Layer.Receive(Wire.Request(
            $"{method} sip:b@192.0.2.2 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK{method}{number}\nFrom: <sip:a@example.com>;tag={fromTag ?? ann.LocalTag}\nTo: <sip:b@192.0.2.9>;tag={toTag ?? bob.LocalTag}\n"
            + $"Call-ID: {ann.CallId}\nCSeq: {number} {method}\n{fields}\n{body}"), _line.Bob.Flow);
    }
}
