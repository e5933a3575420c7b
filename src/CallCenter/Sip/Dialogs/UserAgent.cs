using System.Collections.Concurrent;
using System.Security.Cryptography;
using Courier.Sip.Messages;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace Courier.Sip.Dialogs;

/// <summary>
/// Calls and is called: brings requests to their legs – one look-up by Call-ID and our tag – and makes new ones. It is the
/// whole stack in one object; nothing below it knows it.
/// </summary>
public sealed class UserAgent : IRequestHandler, IDisposable
{
    private static readonly SipMethod[] Outside = [SipMethod.Invite, SipMethod.Options, SipMethod.Register];

    private readonly ConcurrentDictionary<(string CallId, string LocalTag), Leg> _legs = [];
    private readonly ConcurrentDictionary<(string CallId, string LocalTag), bool> _leaving = [];
    private readonly RequestRules _rules = new(
        [SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Register, SipMethod.Update, SipMethod.Info, SipMethod.Refer, SipMethod.Notify],
        ["timer", "replaces"], ["application/sdp", "application/dtmf-relay", "application/dtmf", "message/sipfrag"]);
    private readonly IUserAgentHandler _handler;
    private readonly ILogger _log;
    private readonly Action<Action>? _run;

    /// <summary>Opens the sockets; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="options">what it is made of</param>
    /// <param name="handler">who hears about new calls and other requests</param>
    /// <param name="clock">the time</param>
    /// <param name="log">told of what failed</param>
    public UserAgent(UserAgentOptions options, IUserAgentHandler handler, TimeProvider clock, ILogger log) : this(options, handler, clock, log, null) { }

    internal UserAgent(UserAgentOptions options, IUserAgentHandler handler, TimeProvider clock, ILogger log, Action<Action>? run)
    {
        Options = options;
        _handler = handler;
        _log = log;
        _run = run;
        Wheel = new TimerWheel(clock);
        Layer = new TransactionLayer(Wheel, options.Timers, this);
        Transport = new SipTransport(options.Transport, clock, Layer.Receive, log);
    }

    /// <summary>The sockets.</summary>
    public SipTransport Transport { get; }

    /// <summary>The transactions.</summary>
    public TransactionLayer Layer { get; }

    /// <summary>What times everything.</summary>
    public TimerWheel Wheel { get; }

    /// <summary>What it was made of.</summary>
    public UserAgentOptions Options { get; }

    /// <summary>How many legs there are, those with it whose end is just being told.</summary>
    public int Legs => _legs.Count;

    /// <summary>While true new calls and OPTIONS get 503, so that a proxy in front sends them elsewhere; running calls go on.</summary>
    public bool IsDraining { get; set; }

    internal TimerSettings Timers => Options.Timers;

    /// <summary>Begins to read.</summary>
    public void Start() => Transport.Start();

    /// <summary>A mailbox for the legs of one call.</summary>
    public Mailbox NewMailbox() => _run is null ? new Mailbox(_log) : new Mailbox(_log, _run);

    /// <summary>Calls somebody. The leg rings, and its handler hears how it goes on.</summary>
    /// <param name="dialing">whom and how</param>
    /// <param name="handler">who hears about it</param>
    /// <param name="mailbox">the mailbox of the call that it belongs to; null for one of its own</param>
    public OutgoingLeg Dial(Dialing dialing, ILegHandler handler, Mailbox? mailbox = null)
    {
        var leg = new OutgoingLeg(this, mailbox ?? NewMailbox(), dialing, Random(24), Random(16), handler);
        _legs[(leg.CallId, leg.LocalTag)] = leg;
        if (dialing.Flow is { } flow) leg.Begin(flow);
        else _ = FindWayAsync(leg, dialing.Proxy ?? dialing.Target);
        return leg;
    }

    /// <summary>Sends a request outside dialogs, such as OPTIONS to a trunk or REGISTER to a carrier, and waits for its final answer; null when none comes.</summary>
    /// <param name="method">OPTIONS or REGISTER</param>
    /// <param name="target">the Request-URI, where it is sent to</param>
    /// <param name="from">who asks</param>
    /// <param name="credentials">answers a challenge; null when there is nothing to answer with</param>
    /// <param name="expires">the seconds of a registration; null for none</param>
    /// <param name="cancel">gives up waiting</param>
    public async Task<SipResponse?> AskAsync(SipMethod method, SipUri target, NameAddr from, Auth.DigestClient? credentials = null, uint? expires = null, CancellationToken cancel = default)
    {
        if (await Transport.ConnectAsync(target, cancel) is not { } flow) return null;
        var request = new SipRequest
        {
            Method = method, RequestUri = target, From = from.WithTag(Random(16)), To = new NameAddr(method == SipMethod.Register ? from.Uri : target),
            CallId = Random(24), CSeq = new CSeq(1, method), MaxForwards = 70, Expires = expires,
        };
        WithContact(request, flow);
        var response = await new Question().AskAsync(Layer, request, flow).WaitAsync(cancel);
        if (response?.Status is not (401 or 407) || credentials is null) return response;
        var again = Again(request);
        return credentials.TryAnswer(response, again) ? await new Question().AskAsync(Layer, again, flow).WaitAsync(cancel) : response;
    }

    /// <summary>The leg that a Replaces header means (RFC 3891 §3); null when there is none.</summary>
    public Leg? Find(Replaced replaced) =>
        _legs.TryGetValue((replaced.CallId, replaced.ToTag), out var leg) && leg.Dialog?.Remote.Tag == replaced.FromTag ? leg : null;

    /// <summary>Closes everything at once.</summary>
    public void Dispose()
    {
        Transport.Dispose();
        Wheel.Dispose();
    }

    void IRequestHandler.Requested(Incoming incoming)
    {
        var request = incoming.Request;
        var tag = request.To.Tag ?? Random(16);
        if (_rules.Refuse(request, tag) is { } refusal) incoming.Respond(refusal);
        else if (request.To.Tag is not null && request.Method != SipMethod.Register)
        {
            if (_legs.TryGetValue((request.CallId, tag), out var leg)) leg.Requested(incoming);
            else if (request.Method == SipMethod.Bye && _leaving.ContainsKey((request.CallId, tag))) incoming.Respond(request.Answer(200));
            else incoming.Respond(request.Method == SipMethod.Options ? Grant(incoming, tag) : request.Answer(481, tag));
        }
        else if (!Outside.Contains(request.Method)) incoming.Respond(request.Answer(481, tag));
        else if (request.Method == SipMethod.Register) _handler.Requested(incoming);
        else if (IsDraining || (request.Method == SipMethod.Invite && _legs.Count >= Options.MostLegs)) incoming.Respond(Overloaded(request, tag));
        else if (request.Method == SipMethod.Options) incoming.Respond(Grant(incoming, tag));
        else Invite(incoming, tag);
    }

    void IRequestHandler.Cancelled(Incoming cancel, Incoming invite)
    {
        if (LegOf(invite) is { } leg) leg.Cancelled(cancel, invite);
        else cancel.Respond(cancel.Request.Answer(200, Random(16)));
    }

    void IRequestHandler.Acknowledged(SipRequest ack)
    {
        if (ack.To.Tag is { } tag && _legs.TryGetValue((ack.CallId, tag), out var leg)) leg.Acknowledged(ack);
    }

    void IRequestHandler.Unanswerable(Incoming request) { }

    /// <summary>A 200 that says what this end can do (RFC 3261 §11.2).</summary>
    internal SipResponse Grant(Incoming incoming, string tag)
    {
        var response = WithContact(incoming.Request.Answer(200, tag), incoming.Flow);
        response.Headers.Add(HeaderNames.Allow, _rules.Allow);
        response.Headers.Add(HeaderNames.Supported, _rules.Supported);
        if (incoming.Request.Method == SipMethod.Options) response.Headers.Add(HeaderNames.Accept, _rules.Accept);
        response.Headers.Add(HeaderNames.Server, Options.Product);
        return response;
    }

    /// <summary>Puts our Contact into a message that goes over a way.</summary>
    internal T WithContact<T>(T message, Flow flow) where T : SipMessage
    {
        var transport = flow.Transport == "UDP" ? SipParameters.None : SipParameters.None.With("transport", flow.Transport.ToLowerInvariant());
        message.Contacts.Clear();
        message.Contacts.Add(new NameAddr(new SipUri("sip", Options.User, flow.AdvertisedHost, flow.Advertised.Port, transport)));
        return message;
    }

    /// <summary>Puts into a request what its receiver has to know of us: Contact, Allow, Supported.</summary>
    internal SipRequest Introduce(SipRequest request, Flow flow)
    {
        request.Headers.Set(HeaderNames.Allow, _rules.Allow);
        request.Headers.Set(HeaderNames.Supported, _rules.Supported);
        return WithContact(request, flow);
    }

    internal SipRequest Invite(Dialing dialing, string callId, string localTag)
    {
        var invite = new SipRequest
        {
            Method = SipMethod.Invite, RequestUri = dialing.Target, From = dialing.From.WithTag(localTag), To = dialing.To ?? new NameAddr(dialing.Target),
            CallId = callId, CSeq = new CSeq(1, SipMethod.Invite), MaxForwards = dialing.MaxForwards,
        };
        invite.Headers.Add(HeaderNames.UserAgent, Options.Product);
        foreach (var (name, value) in dialing.Headers) invite.Headers.Add(name, value);
        if (!dialing.Description.IsEmpty) invite.SetBody("application/sdp", dialing.Description);
        return invite;
    }

    /// <summary>The same request to be sent again: the next number, no Via (RFC 3261 §22.2).</summary>
    internal SipRequest Again(SipRequest request)
    {
        var again = new SipRequest
        {
            Method = request.Method, RequestUri = request.RequestUri, From = request.From, To = request.To, CallId = request.CallId,
            CSeq = request.CSeq with { Number = request.CSeq.Number + 1 }, MaxForwards = request.MaxForwards, Expires = request.Expires,
            Routes = [.. request.Routes], Contacts = [.. request.Contacts], Body = request.Body,
        };
        foreach (var (name, value) in request.Headers) again.Headers.Add(name, value);
        return again;
    }

    /// <summary>Sends a request of a leg's dialog and tells its final answer in the mailbox; a peer that no longer knows the dialog ends the leg.</summary>
    internal void Send(Leg leg, SipRequest request, Action<SipRequest, SipResponse> answered) =>
        WithWay(leg, flow => Layer.Send(request, flow, new InDialog(leg, request, answered)));

    /// <summary>Sends the BYE of a leg that is over. Until it is answered a BYE of the other end, which crosses it, is answered 200.</summary>
    internal void SendGoodbye(Leg leg, SipRequest bye)
    {
        var key = (leg.CallId, leg.LocalTag);
        _leaving[key] = true;
        WithWay(leg, flow => _ = LeaveAsync(flow));

        async Task LeaveAsync(Flow flow)
        {
            await new Question().AskAsync(Layer, bye, flow);
            _leaving.TryRemove(key, out _);
        }
    }

    /// <summary>
    /// Finds the way for a request of a dialog. It is that of the INVITE when it leads to the next hop, or when that is an address
    /// behind NAT, which nothing else reaches (RFC 5626 §5.3).
    /// </summary>
    internal void WithWay(Leg leg, Action<Flow> send) => WithWay(leg.Flow!, leg.Dialog!, send, leg.Mailbox);

    /// <summary>Acknowledges an answer that nobody wants and hangs it up.</summary>
    internal void Decline(Leg leg, Dialog dialog, SipResponse response) => WithWay(leg.Flow!, dialog, flow =>
    {
        TransactionLayer.SendAck(dialog.Ack(response.CSeq.Number), flow);
        Layer.Send(dialog.Request(SipMethod.Bye), flow, new Question());
    }, leg.Mailbox);

    internal void Forget(Leg leg) => _legs.TryRemove(KeyValuePair.Create((leg.CallId, leg.LocalTag), leg));

    /// <summary>A random number from one on and below another.</summary>
    internal int Chance(int from, int below) => RandomNumberGenerator.GetInt32(from, below);

    private static string Random(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    private void WithWay(Flow flow, Dialog dialog, Action<Flow> send, Mailbox mailbox)
    {
        if (flow.LeadsTo(dialog.NextHop)) send(flow);
        else _ = FindAsync();

        async Task FindAsync()
        {
            var found = await Transport.ConnectAsync(dialog.NextHop) ?? flow;
            mailbox.Post(() => send(found));
        }
    }

    private async Task FindWayAsync(OutgoingLeg leg, SipUri nextHop) => leg.Begin(await Transport.ConnectAsync(nextHop));

    private void Invite(Incoming incoming, string tag)
    {
        Replaced? replaced = null;
        Leg? replacedLeg = null;
        if (incoming.Request.Headers[HeaderNames.Replaces] is { } header)
        {
            if (!Replaced.TryParse(header, out replaced) || (replacedLeg = Find(replaced)) is null)
            {
                incoming.Respond(incoming.Request.Answer(replaced is null ? 400 : 481, tag));
                return;
            }
        }
        var leg = new IncomingLeg(this, NewMailbox(), incoming, tag, replaced, replacedLeg);
        incoming.Owner = leg;
        _legs[(leg.CallId, leg.LocalTag)] = leg;
        leg.Mailbox.Post(() => leg.Begin(_handler.Invited));
    }

    private Leg? LegOf(Incoming invite) =>
        invite.Owner as Leg ?? (invite.Request.To.Tag is { } tag && _legs.TryGetValue((invite.Request.CallId, tag), out var leg) ? leg : null);

    private static SipResponse Overloaded(SipRequest request, string tag)
    {
        var response = request.Answer(503, tag);
        response.Headers.Add(HeaderNames.RetryAfter, "10");
        return response;
    }
}
