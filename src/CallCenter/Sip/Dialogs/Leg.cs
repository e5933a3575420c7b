using Courier.Sip.Messages;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;

namespace Courier.Sip.Dialogs;

/// <summary>
/// One call between this process and one peer, from the INVITE to the end. Whatever it is told is done in its mailbox, so its
/// methods may be called from everywhere and return at once.
/// </summary>
public abstract class Leg
{
    private readonly Negotiation _negotiation;
    private readonly SessionTimer _session;
    private (CSeq CSeq, string? Tag, byte[] Bytes, Flow Flow)? _lastAck;

    private protected Leg(UserAgent agent, Mailbox mailbox, string callId, string localTag)
    {
        Agent = agent;
        Mailbox = mailbox;
        CallId = callId;
        LocalTag = localTag;
        _negotiation = new Negotiation(this);
        _session = new SessionTimer(this);
    }

    /// <summary>What names the call.</summary>
    public string CallId { get; }

    /// <summary>The tag of this end; with the Call-ID it names the leg.</summary>
    public string LocalTag { get; }

    /// <summary>Where the leg stands; exact in its mailbox only.</summary>
    public LegState State { get; private protected set; }

    /// <summary>What does one thing after another for this leg.</summary>
    public Mailbox Mailbox { get; }

    /// <summary>Who the other end is: From of a call that came, To of one that was made.</summary>
    public abstract NameAddr Peer { get; }

    /// <summary>The dialog; null before there is one.</summary>
    public Dialog? Dialog { get; private protected set; }

    internal UserAgent Agent { get; }

    internal Flow? Flow { get; private protected set; }

    internal ILegHandler Handler { get; private protected set; } = null!;

    internal SessionTimer Session => _session;

    internal Negotiation Negotiating => _negotiation;

    /// <summary>The latest description that this end sent, for refreshes that have to repeat it.</summary>
    internal ReadOnlyMemory<byte> LocalDescription { get; set; }

    internal bool PeerAllowsUpdate { get; private set; }

    /// <summary>Ends the call as its state demands: CANCEL, a refusal, or BYE (RFC 3261 §15).</summary>
    /// <param name="reason">the Reason header (RFC 3326), or null</param>
    public void HangUp(string? reason = null) => Mailbox.Post(() =>
    {
        if (State != LegState.Ended) HangUpNow(reason);
    });

    /// <summary>Offers a changed session (re-INVITE, RFC 3261 §14): to hold, to resume, to move. After a glare it is offered again.</summary>
    public void Offer(ReadOnlyMemory<byte> description) => Mailbox.Post(() => _negotiation.Offer(description));

    /// <summary>Answers the other end's offer, or gives the offer that it asked for.</summary>
    public void AnswerOffer(ReadOnlyMemory<byte> description) => Mailbox.Post(() => AnswerOfferNow(description));

    /// <summary>Refuses the other end's offer; the session stays as it was.</summary>
    /// <param name="status">488, or another from 400 on</param>
    public void RefuseOffer(int status = 488) => Mailbox.Post(() => _negotiation.Refuse(status));

    /// <summary>Sends an INFO, such as a pressed key (RFC 6086).</summary>
    public void Inform(string mediaType, ReadOnlyMemory<byte> body) => Mailbox.Post(() =>
    {
        if (State != LegState.Confirmed) return;
        var info = Dialog!.Request(SipMethod.Info);
        info.SetBody(mediaType, body);
        Send(info, static (_, _) => { });
    });

    /// <summary>Asks the other end to call somebody (RFC 3515), with Replaces to take over a call (RFC 3891).</summary>
    /// <param name="target">whom; a Replaces header goes into the URI's headers</param>
    public void Refer(SipUri target) => Mailbox.Post(() =>
    {
        if (State != LegState.Confirmed) return;
        var refer = Dialog!.Request(SipMethod.Refer);
        refer.Headers.Add(HeaderNames.ReferTo, new NameAddr(target).ToString());
        refer.Headers.Add(HeaderNames.ReferredBy, $"<{Dialog.Local.Uri}>");
        Send(refer, (_, response) =>
        {
            if (response.Status >= 300) Handler.ReferProgressed(this, response.Status);
        });
    });

    internal void Requested(Incoming incoming) => Mailbox.Post(() => Take(incoming));

    internal void Acknowledged(SipRequest ack) => Mailbox.Post(() => TakeAck(ack));

    internal void Cancelled(Incoming cancel, Incoming invite) => Mailbox.Post(() => TakeCancel(cancel, invite));

    /// <summary>Sends a request of the dialog; hears about its final answer, and ends the leg when the other end has vanished (RFC 3261 §12.2.1.2).</summary>
    internal void Send(SipRequest request, Action<SipRequest, SipResponse> answered) => Agent.Send(this, request, answered);

    /// <summary>Acknowledges a 2xx and remembers how, for the same 2xx may come again.</summary>
    internal void SendAck(SipResponse response, ReadOnlyMemory<byte> description)
    {
        var ack = Dialog!.Ack(response.CSeq.Number);
        if (!description.IsEmpty) ack.SetBody("application/sdp", description);
        Agent.WithWay(this, flow => _lastAck = (response.CSeq, response.To.Tag, TransactionLayer.SendAck(ack, flow), flow));
    }

    /// <summary>Sends the ACK of a repeated 2xx again; false when this one was never acknowledged.</summary>
    internal bool TryRepeatAck(SipResponse response)
    {
        if (_lastAck is not { } ack || ack.CSeq != response.CSeq || ack.Tag != response.To.Tag) return false;
        ack.Flow.TrySend(ack.Bytes);
        return true;
    }

    internal void NotePeer(SipMessage message)
    {
        if (message.Headers[HeaderNames.Allow] is not null) PeerAllowsUpdate = message.Headers.Tokens(HeaderNames.Allow).Contains("UPDATE");
    }

    /// <summary>Ends an answered call with BYE (RFC 3261 §15.1.1).</summary>
    internal void SayGoodbye(LegOutcome outcome, string? reason = null)
    {
        var bye = Dialog!.Request(SipMethod.Bye);
        if (reason is not null) bye.Headers.Add(HeaderNames.Reason, reason);
        Agent.SendGoodbye(this, bye);
        End(outcome);
    }

    private protected abstract void HangUpNow(string? reason);

    private protected virtual void AnswerOfferNow(ReadOnlyMemory<byte> description) => _negotiation.Answer(description);

    private protected virtual void TakeAck(SipRequest ack) => _negotiation.TakeAck(ack);

    /// <summary>A CANCEL for a re-INVITE: it ends the change, not the call (RFC 3261 §9.2).</summary>
    private protected virtual void TakeCancel(Incoming cancel, Incoming invite)
    {
        cancel.Respond(cancel.Request.Answer(200, LocalTag));
        _negotiation.TakeCancel(invite);
    }

    private protected void End(LegOutcome outcome)
    {
        if (State == LegState.Ended) return;
        State = LegState.Ended;
        _session.Stop();
        _negotiation.Stop();
        try
        {
            Handler.Ended(this, outcome);
        }
        finally
        {
            Agent.Forget(this); // last, so that whoever sees no legs knows that every end has been told
        }
    }

    private void Take(Incoming incoming)
    {
        var request = incoming.Request;
        // Both hang up at once: theirs came while ours was on its way.
        if (State == LegState.Ended && request.Method == SipMethod.Bye && request.From.Tag == Dialog?.Remote.Tag) incoming.Respond(request.Answer(200, LocalTag));
        // Requests in an early dialog of a fork that was not chosen come under another tag.
        else if (State == LegState.Ended || Dialog is null || request.From.Tag != Dialog.Remote.Tag) incoming.Respond(request.Answer(481, LocalTag));
        else if (!Dialog.TryTake(request)) incoming.Respond(request.Answer(500, LocalTag, "CSeq Out Of Order"));
        else TakeInOrder(incoming, request);
    }

    private void TakeInOrder(Incoming incoming, SipRequest request)
    {
        if (request.Method == SipMethod.Bye) TakeBye(incoming);
        else if (request.Method == SipMethod.Invite || request.Method == SipMethod.Update) _negotiation.Take(incoming);
        else if (request.Method == SipMethod.Refer) TakeRefer(incoming);
        else
        {
            incoming.Respond(Agent.Grant(incoming, LocalTag));
            if (request.Method == SipMethod.Info && request.ContentType is { } type) Handler.Informed(this, type, request.Body);
            else if (request.Method == SipMethod.Notify && Referral.ReportedStatus(request) is { } status) Handler.ReferProgressed(this, status);
        }
    }

    private void TakeBye(Incoming bye)
    {
        bye.Respond(bye.Request.Answer(200, LocalTag));
        RefusePending();
        End(new LegOutcome(LegEnd.HungUpThere));
    }

    /// <summary>Answers what is still open when the other end hangs up (RFC 3261 §15.1.2).</summary>
    private protected virtual void RefusePending() => _negotiation.Refuse(487);

    private void TakeRefer(Incoming incoming)
    {
        if (Referral.Of(this, incoming) is { } referral) Handler.Referred(this, referral);
        else incoming.Respond(incoming.Request.Answer(400, LocalTag, "Malformed Refer-To"));
    }
}
