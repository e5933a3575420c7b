using Courier.Sip.Messages;
using Courier.Sip.Transactions;

namespace Courier.Sip.Dialogs;

/// <summary>Changes of a running session in both directions: re-INVITE (RFC 3261 §14), UPDATE (RFC 3311), and what happens when both ends want one at once.</summary>
internal sealed class Negotiation(Leg leg)
{
    private Incoming? _theirs;
    private Acceptance? _acceptance;
    private bool _oursIsOpen;
    private Timed? _again;

    /// <summary>Sends our offer; while another of ours is open it is not sent but refused.</summary>
    public void Offer(ReadOnlyMemory<byte> description)
    {
        if (leg.State != LegState.Confirmed || _oursIsOpen || _theirs is not null || _again is not null)
        {
            if (leg.State != LegState.Ended) leg.Handler.OfferRefused(leg, 491);
            return;
        }
        Send(description);
    }

    /// <summary>An offer, a refresh or a question for our offer has come.</summary>
    public void Take(Incoming incoming)
    {
        var request = incoming.Request;
        if (_oursIsOpen) incoming.Respond(request.Answer(491, leg.LocalTag));
        else if (_theirs is not null || _acceptance is not null || leg.State != LegState.Confirmed) RefuseForNow(incoming);
        else if (leg.Session.RefuseTooShort(request) is { } refusal) incoming.Respond(refusal);
        else
        {
            leg.Dialog!.Refresh(request);
            leg.NotePeer(request);
            // An UPDATE without a description only says that the other end lives (RFC 4028 §7.2).
            if (request.Method == SipMethod.Update && request.Body.IsEmpty) Grant(incoming, default);
            else
            {
                _theirs = incoming;
                leg.Handler.Offered(leg, request.Body);
            }
        }
    }

    public void Answer(ReadOnlyMemory<byte> description)
    {
        if (_theirs is not { } incoming) return;
        _theirs = null;
        leg.LocalDescription = description;
        Grant(incoming, description);
    }

    public void Refuse(int status)
    {
        if (_theirs is not { } incoming) return;
        _theirs = null;
        incoming.Respond(incoming.Request.Answer(status, leg.LocalTag));
    }

    public void TakeAck(SipRequest ack)
    {
        if (_acceptance is not { } acceptance || ack.CSeq.Number != acceptance.Number) return;
        acceptance.Stop();
        _acceptance = null;
        if (acceptance.WasOffer) leg.Handler.OfferAnswered(leg, ack.Body);
    }

    public void TakeCancel(Incoming invite)
    {
        if (ReferenceEquals(_theirs, invite)) Refuse(487);
    }

    public void Stop()
    {
        Refuse(487);
        _acceptance?.Stop();
        if (_again is not null) leg.Agent.Wheel.Stop(_again);
        _again = null;
    }

    private void Grant(Incoming incoming, ReadOnlyMemory<byte> description)
    {
        var response = leg.Agent.Grant(incoming, leg.LocalTag);
        if (!description.IsEmpty) response.SetBody("application/sdp", description);
        leg.Session.Grant(incoming.Request, response);
        if (incoming.Request.Method == SipMethod.Update) incoming.Respond(response);
        else _acceptance = new Acceptance(leg, incoming, response, () => leg.SayGoodbye(new LegOutcome(LegEnd.Vanished)));
    }

    /// <summary>The other end's earlier change is not through: it shall come again in a while (RFC 3261 §14.2).</summary>
    private void RefuseForNow(Incoming incoming)
    {
        var refusal = incoming.Request.Answer(500, leg.LocalTag);
        refusal.Headers.Add(HeaderNames.RetryAfter, leg.Agent.Chance(0, 10).ToString(System.Globalization.CultureInfo.InvariantCulture));
        incoming.Respond(refusal);
    }

    private void Send(ReadOnlyMemory<byte> description)
    {
        var invite = leg.Agent.Introduce(leg.Dialog!.Request(SipMethod.Invite), leg.Flow!);
        invite.SetBody("application/sdp", description);
        leg.Session.Ask(invite);
        _oursIsOpen = true;
        leg.Send(invite, (_, response) => Answered(response, description));
    }

    private void Answered(SipResponse response, ReadOnlyMemory<byte> description)
    {
        if (!_oursIsOpen)
        {
            leg.TryRepeatAck(response);
            return;
        }
        _oursIsOpen = false;
        if (response.IsSuccess)
        {
            leg.Dialog!.Refresh(response);
            leg.NotePeer(response);
            leg.SendAck(response, default);
            leg.Session.Granted(response);
            leg.LocalDescription = description;
            leg.Handler.OfferAnswered(leg, response.Body);
        }
        else if (response.Status == 491) OfferAgain(description);
        else leg.Handler.OfferRefused(leg, response.Status);
    }

    /// <summary>After a glare the owner of the Call-ID waits 2.1 to 4 s, the other at most 2 s, so that they do not meet again (RFC 3261 §14.1).</summary>
    private void OfferAgain(ReadOnlyMemory<byte> description)
    {
        var tens = leg.Dialog!.OwnsCallId ? leg.Agent.Chance(210, 401) : leg.Agent.Chance(0, 201);
        _again = leg.Agent.Wheel.Start(TimeSpan.FromMilliseconds(10 * tens), () => leg.Mailbox.Post(() =>
        {
            _again = null;
            Offer(description);
        }));
    }
}
