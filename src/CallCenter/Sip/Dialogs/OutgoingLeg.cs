using System.Globalization;
using Courier.Sip.Messages;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;

namespace Courier.Sip.Dialogs;

/// <summary>A call that this end makes (RFC 3261 §13.2). When it is forked on its way the first that answers wins; the others are hung up.</summary>
public sealed class OutgoingLeg : Leg, IResponseHandler
{
    private readonly Dialing _dialing;
    private SipRequest _invite;
    private Outgoing? _sent;
    private Timed? _limit;
    private Timed? _silence;
    private SipResponse? _offered;
    private string? _cancelReason;
    private bool _isCancelled;
    private bool _isCancelSent;
    private bool _hasRung;
    private LegOutcome? _cancelOutcome;

    internal OutgoingLeg(UserAgent agent, Mailbox mailbox, Dialing dialing, string callId, string localTag, ILegHandler handler)
        : base(agent, mailbox, callId, localTag)
    {
        _dialing = dialing;
        Handler = handler;
        _invite = agent.Invite(dialing, callId, localTag);
        LocalDescription = dialing.Description;
        Session.Ask(_invite);
    }

    /// <inheritdoc />
    public override NameAddr Peer => _invite.To;

    void IResponseHandler.Responded(Outgoing request, SipResponse response) => Mailbox.Post(() => Take(request, response));

    void IResponseHandler.Failed(Outgoing request, RequestFailure failure) => Mailbox.Post(() =>
    {
        if (State != LegState.Ringing || !ReferenceEquals(request, _sent)) return;
        Finish(_cancelOutcome ?? new LegOutcome(failure == RequestFailure.TimedOut ? LegEnd.TimedOut : LegEnd.TransportLost));
    });

    /// <summary>Sends the INVITE over a way that was found; null when there is none.</summary>
    internal void Begin(Flow? flow) => Mailbox.Post(() =>
    {
        if (State == LegState.Ended) return;
        if (flow is null || _isCancelled)
        {
            End(_cancelOutcome ?? new LegOutcome(LegEnd.TransportLost));
            return;
        }
        Flow = flow;
        _limit = Agent.Wheel.Start(_dialing.RingLimit ?? Agent.Options.RingLimit, () => Mailbox.Post(() => Cancel(new LegOutcome(LegEnd.NoAnswer), null)));
        if (_dialing.SilenceLimit is { } silence) _silence = Agent.Wheel.Start(silence, () => Mailbox.Post(GiveUpOnSilence));
        SendInvite();
    });

    private protected override void HangUpNow(string? reason)
    {
        if (State == LegState.Ringing) Cancel(new LegOutcome(LegEnd.CancelledHere), reason);
        else if (_offered is not null)
        {
            // The other end waits for an answer in the ACK; it gets a call without media and hears BYE at once.
            SendAck(_offered, default);
            SayGoodbye(new LegOutcome(LegEnd.HungUpHere), reason);
        }
        else SayGoodbye(new LegOutcome(LegEnd.HungUpHere), reason);
    }

    private protected override void AnswerOfferNow(ReadOnlyMemory<byte> description)
    {
        if (_offered is not { } offer)
        {
            base.AnswerOfferNow(description);
            return;
        }
        _offered = null;
        LocalDescription = description;
        SendAck(offer, description);
        State = LegState.Confirmed;
    }

    private void SendInvite()
    {
        Agent.Introduce(_invite, Flow!);
        _isCancelSent = _hasRung = false;
        _sent = Agent.Layer.Send(_invite, Flow!, this);
    }

    /// <summary>Takes the call back. A CANCEL may go only after a provisional answer, or it could overtake the INVITE (RFC 3261 §9.1).</summary>
    private void Cancel(LegOutcome outcome, string? reason)
    {
        if (State != LegState.Ringing || _isCancelled) return;
        (_isCancelled, _cancelReason, _cancelOutcome) = (true, reason, outcome);
        if (_sent is null) End(outcome);
        else if (_hasRung) SendCancel();
    }

    private void SendCancel()
    {
        if (_isCancelSent) return;
        _isCancelSent = true;
        Agent.Layer.Cancel(_sent!, _cancelReason);
        // Whoever does not even answer that is not waited for any longer (RFC 3261 §9.1).
        if (_limit is not null) Agent.Wheel.Stop(_limit);
        _limit = Agent.Wheel.Start(Agent.Timers.GiveUp, () => Mailbox.Post(() =>
        {
            if (State == LegState.Ringing) Finish(_cancelOutcome!);
        }));
    }

    // Nobody waits for it any longer. A sign of life that comes after all is answered with CANCEL, or with BYE.
    private void GiveUpOnSilence()
    {
        if (State != LegState.Ringing || _silence is null) return;
        (_isCancelled, _cancelOutcome) = (true, _cancelOutcome ?? new LegOutcome(LegEnd.TimedOut));
        Finish(_cancelOutcome);
    }

    private void Take(Outgoing request, SipResponse response)
    {
        StopSilence();
        if (response.IsSuccess) TakeSuccess(request, response);
        else if (!ReferenceEquals(request, _sent)) return;
        else if (State != LegState.Ringing)
        {
            if (response.IsProvisional && _isCancelled) SendCancel();
        }
        else if (response.IsProvisional) TakeProgress(response);
        else if (!TryAgain(response)) Finish(_cancelOutcome ?? LegOutcome.Of(response.Status));
    }

    private void TakeProgress(SipResponse response)
    {
        _hasRung = true;
        if (_isCancelled) SendCancel();
        else if (response.Status > 100) Handler.Progressed(this, response.Status, response.Body);
    }

    private void TakeSuccess(Outgoing request, SipResponse response)
    {
        if (TryRepeatAck(response)) return;
        if (State == LegState.Ringing && !_isCancelled) Win(response);
        // A second branch of a fork, or an answer that crossed our CANCEL: acknowledged and hung up (RFC 3261 §13.2.2.4, §9.1).
        else if (Dialog is null || Dialog.Remote.Tag != response.To.Tag)
        {
            Agent.Decline(this, Dialog.OfCaller(request.Request, response), response);
            if (State == LegState.Ringing) Finish(_cancelOutcome!);
        }
    }

    private void Win(SipResponse response)
    {
        StopLimit();
        Dialog = Dialog.OfCaller(_invite, response);
        NotePeer(response);
        if (_dialing.Description.IsEmpty)
        {
            State = LegState.Answered;
            _offered = response;
        }
        else
        {
            SendAck(response, default);
            State = LegState.Confirmed;
        }
        Session.Granted(response);
        Handler.Answered(this, response.Body);
    }

    /// <summary>Sends the INVITE again when the refusal says how it would be taken: with credentials, or with a longer session interval.</summary>
    private bool TryAgain(SipResponse response)
    {
        if (_isCancelled) return false;
        var again = Agent.Again(_invite);
        if (response.Status is 401 or 407)
        {
            if (_dialing.Credentials?.TryAnswer(response, again) != true) return false;
        }
        else if (response.Status != 422 || !SipText.TryParseSeconds(response.Headers[HeaderNames.MinSe].AsSpan().Trim(), out var shortest)
            || _invite.Headers[HeaderNames.MinSe] == shortest.ToString(CultureInfo.InvariantCulture)) return false;
        else
        {
            again.Headers.Set(HeaderNames.SessionExpires, shortest.ToString(CultureInfo.InvariantCulture));
            again.Headers.Set(HeaderNames.MinSe, shortest.ToString(CultureInfo.InvariantCulture));
        }
        _invite = again;
        SendInvite();
        return true;
    }

    private void Finish(LegOutcome outcome)
    {
        StopLimit();
        StopSilence();
        End(outcome);
    }

    private void StopSilence()
    {
        if (_silence is not null) Agent.Wheel.Stop(_silence);
        _silence = null;
    }

    private void StopLimit()
    {
        if (_limit is not null) Agent.Wheel.Stop(_limit);
        _limit = null;
    }
}
