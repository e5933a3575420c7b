using System.Net;
using Courier.Media;
using Courier.Media.Mixing;
using Courier.Media.Sdp;
using Courier.Sip.Dialogs;
using Courier.Services.Staff;

namespace Courier.CallCenter.Switch;

/// <summary>What somebody is in a call.</summary>
internal enum PartyRole
{
    /// <summary>Called the hotline.</summary>
    Caller,
    /// <summary>Serves the customer.</summary>
    Agent,
    /// <summary>Was called by us.</summary>
    Customer,
    /// <summary>Another member of staff, asked or given the call.</summary>
    Colleague,
    /// <summary>Listens, whispers or joins.</summary>
    Supervisor,
    /// <summary>Somebody outside whom an agent asked or gave the call.</summary>
    Outside,
}

/// <summary>Who somebody is.</summary>
/// <param name="Role">what in this call</param>
/// <param name="Number">the number, for people outside; the telephone's name for staff</param>
/// <param name="Staff">which member of staff; null outside</param>
/// <param name="Trunk">the line to the world; empty for our own telephones</param>
internal sealed record PartyName(PartyRole Role, string Number, StaffId? Staff, string Trunk);

/// <summary>
/// Somebody's end of a call: signalling and voice of one telephone. What the network says is put into the mailbox of the call that it
/// belongs to, which may change: in an attended transfer somebody goes from one call to another.
/// </summary>
internal sealed class Party : ILegHandler, IMediaEvents
{
    private readonly TaskCompletionSource<bool> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PartyEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _sounding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Call _call;
    private volatile string? _mediaFault;
    private Leg? _leg;
    private MediaLeg? _media;
    private byte[]? _earlyAnswer;

    private readonly Exchange _exchange;

    public Party(Call call, Exchange exchange, PartyName name, string legId, DateTimeOffset now)
    {
        _call = call;
        _exchange = exchange;
        Name = name;
        LegId = legId;
        StartedAt = now;
    }

    public PartyName Name { get; }

    /// <summary>The id of this end in the records.</summary>
    public string LegId { get; }

    public DateTimeOffset StartedAt { get; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The call that it belongs to.</summary>
    public Call Call { get => _call; set => _call = value; }

    public Leg Leg => _leg ?? throw new InvalidOperationException("the telephone was not dialled");

    /// <summary>How good the voice was; null when there was none.</summary>
    public LegQuality? Quality => _media?.Quality;

    public MediaLeg Media => _media ?? throw new InvalidOperationException("there is no voice");

    /// <summary>True once it is answered, false when it ends before.</summary>
    public Task<bool> WhenAnswered => _answered.Task;

    /// <summary>Done once it rings, or ends.</summary>
    public Task WhenRung => _rung.Task;

    /// <summary>Done once something can be heard of whoever was dialled before the call is answered, such as a network's 您拨打的电话已关机 (early media, RFC 3960 §3); never, when nothing can.</summary>
    public Task WhenSounding => _sounding.Task;

    /// <summary>How it ended.</summary>
    public Task<PartyEnd> WhenEnded => _ended.Task;

    public bool IsOver => _ended.Task.IsCompleted;

    /// <summary>Answered and not over.</summary>
    public bool IsUp => AnsweredAt is not null && !IsOver;

    /// <summary>Opens the voice; false when no port is left.</summary>
    public bool TryOpen()
    {
        if (!_exchange.Media.TryOpen(_call.Id, this, out var media)) return false;
        _media = media;
        return true;
    }

    /// <summary>Takes a call that came; it is answered later.</summary>
    public void Take(IncomingLeg leg)
    {
        _leg = leg;
        _exchange.Keep(leg, this);
    }

    /// <summary>Tells whoever called us that it rings; who hears something already is not told, or would hear a ringing of their own instead.</summary>
    public void LetRing()
    {
        if (_earlyAnswer is null) ((IncomingLeg)Leg).Progress();
    }

    /// <summary>Lets whoever called us hear something before the call is answered (183 with a description); false when there is no common codec or no port, which the answer will say.</summary>
    public bool LetHear()
    {
        var leg = (IncomingLeg)Leg;
        if (leg.Description.IsEmpty || !IsOpenFor(leg) || !TryAnswer(leg, out var answer, out _)) return false;
        leg.Progress(183, _earlyAnswer = answer);
        return true;
    }

    /// <summary>Answers a call that came; false when it was refused because there is no common codec or no port.</summary>
    public bool Accept()
    {
        var leg = (IncomingLeg)Leg;
        if (!IsOpenFor(leg))
        {
            leg.Reject(503);
            return false;
        }
        if (leg.Description.IsEmpty) leg.Accept(Media.Offer());
        else if (TryAnswer(leg, out var answer, out var refusal))
        {
            leg.Accept(answer);
            Answer();
        }
        else
        {
            _mediaFault = refusal.Reason;
            leg.Reject(refusal.Status);
            return false;
        }
        return true;
    }

    /// <summary>Dials. The voice is open.</summary>
    public void Dial(Dialing dialing, IPAddress? way)
    {
        if (way is not null) Media.Signalled(way);
        _leg = _exchange.Agent.Dial(dialing with { Description = Media.Offer() }, this);
        _exchange.Keep(_leg, this);
        if (IsOver) _exchange.Forget(_leg);
    }

    /// <summary>Hangs up, whatever state it is in.</summary>
    public void HangUp(string? reason = null) => _leg?.HangUp(reason);

    void ILegHandler.Progressed(Leg leg, int status, ReadOnlyMemory<byte> description)
    {
        if (!description.IsEmpty && Media.TakeAnswer(description.Span, out _)) _sounding.TrySetResult();
        _rung.TrySetResult();
    }

    void ILegHandler.Answered(Leg leg, ReadOnlyMemory<byte> description)
    {
        if (_answered.Task.IsCompleted) return; // a call that came with an offer: its voice is up since our answer
        if (!Media.TakeAnswer(description.Span, out var refusal))
        {
            _mediaFault = refusal.Reason;
            leg.HangUp("Q.850;cause=88;text=\"incompatible destination\"");
            return;
        }
        Answer();
    }

    void ILegHandler.Offered(Leg leg, ReadOnlyMemory<byte> description)
    {
        if (description.IsEmpty) leg.AnswerOffer(Media.Offer());
        else if (Media.TryAnswer(description.Span, out var answer, out var refusal)) leg.AnswerOffer(answer);
        else leg.RefuseOffer(refusal.Status);
        _call.Post(static c => c.HoldChanged());
    }

    void ILegHandler.OfferAnswered(Leg leg, ReadOnlyMemory<byte> description) => Media.TakeAnswer(description.Span, out _);

    void ILegHandler.OfferRefused(Leg leg, int status) { }

    void ILegHandler.Informed(Leg leg, string mediaType, ReadOnlyMemory<byte> body) => Media.TakeInfo(mediaType, body.Span);

    void ILegHandler.Referred(Leg leg, Referral referral) => _call.Post(c => c.Referred(this, referral));

    void ILegHandler.ReferProgressed(Leg leg, int status) { }

    void ILegHandler.Ended(Leg leg, LegOutcome outcome)
    {
        var end = PartyEnd.Of(outcome, _mediaFault);
        _exchange.Forget(leg);
        _media?.Dispose();
        _answered.TrySetResult(false);
        _rung.TrySetResult();
        _ended.TrySetResult(end);
        _call.Post(c => c.Left(this, end));
    }

    void IMediaEvents.Digit(MediaLeg leg, char digit) => _call.Post(c => c.Pressed(this, digit));

    void IMediaEvents.Played(MediaLeg leg, PlayId id) => _call.Post(c => c.Played(this, id));

    void IMediaEvents.Silent(MediaLeg leg)
    {
        if (!_answered.Task.IsCompleted) return; // a network that could be heard before the answer may let it ring in silence
        _mediaFault = "media timeout";
        HangUp("Q.850;cause=102;text=\"media timeout\"");
    }

    private bool IsOpenFor(IncomingLeg leg)
    {
        if (_media is null && !TryOpen()) return false;
        Media.Signalled(leg.CameBy.Remote.Address);
        return true;
    }

    // Whoever has been told something already is told the same again (RFC 3261 §13.3.1.4).
    private bool TryAnswer(IncomingLeg leg, out byte[] answer, out SdpRefusal refusal)
    {
        (answer, refusal) = (_earlyAnswer ?? [], default);
        return _earlyAnswer is not null || Media.TryAnswer(leg.Description.Span, out answer, out refusal);
    }

    private void Answer()
    {
        AnsweredAt = _call.Now;
        _rung.TrySetResult();
        _answered.TrySetResult(true);
    }
}
