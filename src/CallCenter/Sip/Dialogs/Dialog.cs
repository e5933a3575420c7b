using Courier.Sip.Messages;

namespace Courier.Sip.Dialogs;

/// <summary>The state that two ends of a call share (RFC 3261 §12): who they are, where requests go, and the numbers that order them.</summary>
public sealed class Dialog
{
    private uint _localNumber;
    private uint? _remoteNumber;

    private Dialog(string callId, NameAddr local, NameAddr remote, bool ownsCallId, SipUri target, List<NameAddr> routes)
    {
        CallId = callId;
        Local = local;
        Remote = remote;
        OwnsCallId = ownsCallId;
        Target = target;
        Routes = routes;
    }

    /// <summary>What names the call.</summary>
    public string CallId { get; }

    /// <summary>This end, with its tag.</summary>
    public NameAddr Local { get; }

    /// <summary>The other end, with its tag, which peers older than RFC 3261 leave out.</summary>
    public NameAddr Remote { get; }

    /// <summary>Whether this end has begun the dialog, and so waits longer after a glare (RFC 3261 §14.1).</summary>
    public bool OwnsCallId { get; }

    /// <summary>Where the other end wants its requests: its latest Contact.</summary>
    public SipUri Target { get; private set; }

    /// <summary>The proxies that requests pass; never changes (RFC 3261 §12.2).</summary>
    public IReadOnlyList<NameAddr> Routes { get; }

    /// <summary>Where requests are sent: the first proxy, else the target.</summary>
    public SipUri NextHop => Routes.Count > 0 ? Routes[0].Uri : Target;

    /// <summary>The dialog of the end that was called (RFC 3261 §12.1.1).</summary>
    /// <param name="invite">the INVITE</param>
    /// <param name="localTag">the tag that this end answers with</param>
    public static Dialog OfCalled(SipRequest invite, string localTag) =>
        new(invite.CallId, invite.To.WithTag(localTag), invite.From, false, invite.Contacts.FirstOrDefault()?.Uri ?? invite.From.Uri, [.. invite.RecordRoutes])
        {
            _remoteNumber = invite.CSeq.Number,
        };

    /// <summary>The dialog of the end that called (RFC 3261 §12.1.2).</summary>
    /// <param name="invite">the INVITE</param>
    /// <param name="response">the response with a tag that makes the dialog</param>
    public static Dialog OfCaller(SipRequest invite, SipResponse response) =>
        new(invite.CallId, invite.From, response.To, true, response.Contacts.FirstOrDefault()?.Uri ?? invite.RequestUri, [.. Enumerable.Reverse(response.RecordRoutes)])
        {
            _localNumber = invite.CSeq.Number,
        };

    /// <summary>The next request of this end (RFC 3261 §12.2.1.1).</summary>
    public SipRequest Request(SipMethod method) => Request(method, ++_localNumber);

    /// <summary>The ACK of a 2xx, which repeats the number of its INVITE (RFC 3261 §13.2.2.4).</summary>
    public SipRequest Ack(uint number) => Request(SipMethod.Ack, number);

    /// <summary>Notes a request of the other end; false when one with a higher number came before (RFC 3261 §12.2.2).</summary>
    public bool TryTake(SipRequest request)
    {
        if (_remoteNumber is { } last && request.CSeq.Number < last) return false;
        _remoteNumber = request.CSeq.Number;
        return true;
    }

    /// <summary>Takes the Contact of a request that refreshes the target, or of its 2xx, over (RFC 3261 §12.2).</summary>
    public void Refresh(SipMessage message)
    {
        if (message.Contacts is [var contact, ..]) Target = contact.Uri;
    }

    private SipRequest Request(SipMethod method, uint number)
    {
        var (uri, routes) = Way();
        return new SipRequest
        {
            Method = method, RequestUri = uri, Routes = routes, From = Local, To = Remote, CallId = CallId, CSeq = new CSeq(number, method), MaxForwards = 70,
        };
    }

    /// <summary>A proxy that routes strictly, as before RFC 3261, wants itself in the Request-URI and the target at the end of the way.</summary>
    private (SipUri Uri, List<NameAddr> Routes) Way()
    {
        if (Routes.Count == 0 || Routes[0].Uri.Parameters.Has("lr")) return (Target.WithoutHeaders(), [.. Routes]);
        return (Routes[0].Uri.WithoutHeaders(), [.. Routes.Skip(1), new NameAddr(Target)]);
    }
}
