using Courier.Sip.Messages;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;

namespace Courier.Sip.Dialogs;

/// <summary>A call that came (RFC 3261 §13.3).</summary>
public sealed class IncomingLeg : Leg
{
    // Proxies give up an INVITE that says nothing for three minutes (RFC 3261 §13.3.1.1).
    private static readonly TimeSpan StillRinging = TimeSpan.FromMinutes(1);

    private readonly Incoming _incoming;
    private Acceptance? _acceptance;
    private SipResponse? _lastProgress;
    private Timed? _ringing;
    private Timed? _ringLimit;
    private bool _isGoodbyeDue;
    private string? _goodbyeReason;

    internal IncomingLeg(UserAgent agent, Mailbox mailbox, Incoming incoming, string localTag, Replaced? replaces, Leg? replacedLeg)
        : base(agent, mailbox, incoming.Request.CallId, localTag)
    {
        _incoming = incoming;
        Flow = incoming.Flow;
        Dialog = Dialog.OfCalled(incoming.Request, localTag);
        Replaces = replaces;
        ReplacedLeg = replacedLeg;
        NotePeer(incoming.Request);
    }

    /// <summary>The INVITE.</summary>
    public SipRequest Request => _incoming.Request;

    /// <summary>The way that the INVITE came, by which trunks are known.</summary>
    public Flow CameBy => _incoming.Flow;

    /// <summary>The caller's offer; empty when it wants ours.</summary>
    public ReadOnlyMemory<byte> Description => Request.Body;

    /// <summary>The call that this one takes the place of (RFC 3891); null for an ordinary one.</summary>
    public Replaced? Replaces { get; }

    /// <summary>The leg of that call.</summary>
    public Leg? ReplacedLeg { get; }

    /// <summary>The hops that a call made in the place of this one may still go; null when this one came with none left (RFC 3261 §16.6).</summary>
    public int? HopsLeft => (Request.MaxForwards ?? 70) is > 0 and var hops ? hops - 1 : null;

    /// <inheritdoc />
    public override NameAddr Peer => Request.From;

    /// <summary>Says that it rings, or with a description that something can be heard already (RFC 3261 §13.3.1.1). Never reliably: 100rel is not offered (RFC 3262).</summary>
    /// <param name="status">180 to 183</param>
    /// <param name="description">for early media; empty otherwise</param>
    public void Progress(int status = 180, ReadOnlyMemory<byte> description = default) => Mailbox.Post(() =>
    {
        if (State != LegState.Ringing) return;
        _lastProgress = Agent.WithContact(Request.Answer(status, LocalTag), _incoming.Flow);
        if (!description.IsEmpty) _lastProgress.SetBody("application/sdp", description);
        _incoming.Respond(_lastProgress);
        RingOn();
    });

    /// <summary>Answers the call: with the answer to its offer, or with our offer when it has none. The handler hears Answered once the ACK has come.</summary>
    public void Accept(ReadOnlyMemory<byte> description) => Mailbox.Post(() =>
    {
        if (State != LegState.Ringing) return;
        StopRinging();
        State = LegState.Answered;
        LocalDescription = description;
        var response = Agent.Grant(_incoming, LocalTag);
        response.SetBody("application/sdp", description);
        Session.Grant(Request, response);
        _acceptance = new Acceptance(this, _incoming, response, () => SayGoodbye(new LegOutcome(LegEnd.Vanished)));
    });

    /// <summary>Refuses the call.</summary>
    /// <param name="status">300 to 699</param>
    public void Reject(int status) => Reject(Request.Answer(status, LocalTag));

    /// <summary>Refuses the call with a response that says more, such as a challenge.</summary>
    /// <param name="refusal">made from <see cref="Request"/>, with the tag <see cref="Leg.LocalTag"/></param>
    public void Reject(SipResponse refusal) => Mailbox.Post(() =>
    {
        if (State == LegState.Ringing) Refuse(refusal, new LegOutcome(LegEnd.CancelledHere, refusal.Status));
    });

    /// <summary>Asks the handler; in the mailbox.</summary>
    internal void Begin(Func<IncomingLeg, ILegHandler> invited)
    {
        _ringLimit = Agent.Wheel.Start(Agent.Options.RingLimit, () => Mailbox.Post(() =>
        {
            if (State == LegState.Ringing) Refuse(Request.Answer(480, LocalTag), new LegOutcome(LegEnd.NoAnswer, 480));
        }));
        if (Session.RefuseTooShort(Request) is { } tooShort)
        {
            StopRinging();
            Agent.Forget(this);
            State = LegState.Ended;
            _incoming.Respond(tooShort);
            return;
        }
        Handler = invited(this);
    }

    private protected override void HangUpNow(string? reason)
    {
        if (State == LegState.Ringing) Refuse(Request.Answer(480, LocalTag), new LegOutcome(LegEnd.CancelledHere, 480));
        // The called end may say BYE only when it knows that its 2xx has come (RFC 3261 §15).
        else if (State == LegState.Answered) (_isGoodbyeDue, _goodbyeReason) = (true, reason);
        else SayGoodbye(new LegOutcome(LegEnd.HungUpHere), reason);
    }

    private protected override void TakeAck(SipRequest ack)
    {
        if (State != LegState.Answered || ack.CSeq.Number != Request.CSeq.Number)
        {
            base.TakeAck(ack);
            return;
        }
        _acceptance!.Stop();
        State = LegState.Confirmed;
        if (_isGoodbyeDue) SayGoodbye(new LegOutcome(LegEnd.HungUpHere), _goodbyeReason);
        else Handler.Answered(this, ack.Body);
    }

    private protected override void TakeCancel(Incoming cancel, Incoming invite)
    {
        if (!ReferenceEquals(invite, _incoming))
        {
            base.TakeCancel(cancel, invite);
            return;
        }
        cancel.Respond(cancel.Request.Answer(200, LocalTag));
        // After a final answer a CANCEL changes nothing (RFC 3261 §9.2).
        if (State == LegState.Ringing) Refuse(Request.Answer(487, LocalTag), new LegOutcome(LegEnd.CancelledThere, 487));
    }

    private protected override void RefusePending()
    {
        StopRinging();
        _acceptance?.Stop();
        if (State == LegState.Ringing) _incoming.Respond(Request.Answer(487, LocalTag));
        base.RefusePending();
    }

    private void Refuse(SipResponse refusal, LegOutcome outcome)
    {
        StopRinging();
        _incoming.Respond(refusal);
        End(outcome);
    }

    private void RingOn()
    {
        if (_ringing is not null) Agent.Wheel.Stop(_ringing);
        _ringing = Agent.Wheel.Start(StillRinging, () => Mailbox.Post(() =>
        {
            if (State != LegState.Ringing) return;
            _incoming.Respond(_lastProgress!);
            RingOn();
        }));
    }

    private void StopRinging()
    {
        if (_ringing is not null) Agent.Wheel.Stop(_ringing);
        if (_ringLimit is not null) Agent.Wheel.Stop(_ringLimit);
    }
}
