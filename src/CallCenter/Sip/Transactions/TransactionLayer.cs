using System.Security.Cryptography;
using Courier.Sip.Messages;
using Courier.Sip.Transport;

namespace Courier.Sip.Transactions;

/// <summary>
/// Brings messages to their transactions and does what these want done (RFC 3261 §17). Every look-up is one in a dictionary.
/// Its lock is held for tables and states only: sending and calling handlers happen outside it.
/// </summary>
public sealed class TransactionLayer
{
    /// <summary>How many transactions there may be; above it new INVITEs get 503 without any state, and other new requests nothing.</summary>
    public const int MostTransactions = 200_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TransactionKey, RunningTransaction> _servers = [];
    private readonly Dictionary<TransactionKey, RunningTransaction> _clients = [];
    private readonly Dictionary<MergeKey, RunningTransaction> _merges = [];
    private readonly TimerWheel _wheel;
    private readonly TimerSettings _timers;
    private readonly IRequestHandler _handler;

    /// <summary>A layer without transactions.</summary>
    /// <param name="wheel">what times them</param>
    /// <param name="timers">the times</param>
    /// <param name="handler">who hears about requests</param>
    public TransactionLayer(TimerWheel wheel, TimerSettings timers, IRequestHandler handler)
    {
        _wheel = wheel;
        _timers = timers;
        _handler = handler;
    }

    /// <summary>How many transactions there are.</summary>
    public int Count { get { lock (_gate) return _servers.Count + _clients.Count; } }

    /// <summary>Takes a message from the network.</summary>
    /// <param name="message">the message; a request's top Via completed by the transport</param>
    /// <param name="flow">the way it came, over which answers go</param>
    public void Receive(SipMessage message, Flow flow)
    {
        if (message is SipResponse response) Receive(response);
        else Receive((SipRequest)message, flow);
    }

    /// <summary>Sends a request in a transaction of its own, under a new branch.</summary>
    /// <param name="request">the request without Via; not ACK</param>
    /// <param name="flow">the way to the next hop</param>
    /// <param name="handler">who hears about the answer</param>
    public Outgoing Send(SipRequest request, Flow flow, IResponseHandler handler)
    {
        request.Vias.Insert(0, flow.Via(NewBranch()));
        return Start(request, flow, handler);
    }

    /// <summary>Sends the CANCEL of an INVITE that waits for its final answer (RFC 3261 §9.1); its own answer matters to nobody.</summary>
    /// <param name="invite">the INVITE, to which a provisional answer has come</param>
    /// <param name="reason">the Reason header (RFC 3326), or null</param>
    public void Cancel(Outgoing invite, string? reason = null)
    {
        var cancel = DerivedRequests.Cancel(invite.Request);
        if (reason is not null) cancel.Headers.Add(HeaderNames.Reason, reason);
        Start(cancel, invite.Flow, NobodyListens.Instance);
    }

    /// <summary>Sends an ACK of a 2xx: it belongs to no transaction and has no answer (RFC 3261 §13.2.2.4).</summary>
    /// <returns>the bytes, to be sent again for each repeated 2xx</returns>
    public static byte[] SendAck(SipRequest ack, Flow flow)
    {
        ack.Vias.Insert(0, flow.Via(NewBranch()));
        var bytes = ack.ToBytes();
        flow.TrySend(bytes);
        return bytes;
    }

    internal void Respond(RunningTransaction running, SipResponse response) =>
        Run(running, actions => ((ServerTransaction)running.Machine).Respond(response, actions));

    private static string NewBranch() => Via.MagicCookie + RandomNumberGenerator.GetHexString(20, lowercase: true);

    private Outgoing Start(SipRequest request, Flow flow, IResponseHandler handler)
    {
        ClientTransaction machine = request.Method == SipMethod.Invite
            ? new InviteClient(request, flow.IsReliable, _timers) : new OtherClient(request, flow.IsReliable, _timers);
        var running = new RunningTransaction(new TransactionKey(request.TopVia.Branch!, "", request.Method), machine, flow)
        {
            Outgoing = new Outgoing(request, flow), Handler = handler,
        };
        lock (_gate) _clients[running.Key] = running;
        Run(running, machine.Start);
        return running.Outgoing;
    }

    private void Receive(SipResponse response)
    {
        // A response with more hops than ours has lost its way (RFC 3261 §8.1.3.3); one without a transaction is nobody's.
        if (response.Vias.Count != 1) return;
        RunningTransaction? running;
        lock (_gate) _clients.TryGetValue(TransactionKey.Of(response), out running);
        if (running is not null) Run(running, actions => ((ClientTransaction)running.Machine).Receive(response, actions));
    }

    private void Receive(SipRequest request, Flow flow)
    {
        var key = TransactionKey.Of(request);
        RunningTransaction? running, opened = null;
        var tooMany = false;
        lock (_gate)
        {
            if (!_servers.TryGetValue(key, out running) && request.Method != SipMethod.Ack)
            {
                tooMany = _servers.Count >= MostTransactions;
                if (!tooMany) opened = Add(key, request, flow);
            }
        }
        if (running is not null) Run(running, actions => ((ServerTransaction)running.Machine).Receive(request, actions));
        else if (request.Method == SipMethod.Ack) _handler.Acknowledged(request);
        else if (tooMany) Shed(request, flow);
        else if (opened is not null) Open(opened);
    }

    private RunningTransaction Add(TransactionKey key, SipRequest request, Flow flow)
    {
        ServerTransaction machine = request.Method == SipMethod.Invite
            ? new InviteServer(request, flow.IsReliable, _timers) : new OtherServer(request, flow.IsReliable, _timers);
        var added = new RunningTransaction(key, machine, flow);
        added.Incoming = new Incoming(this, added, request);
        _servers[key] = added;
        if (request.To.Tag is null && request.Method != SipMethod.Cancel && _merges.TryAdd(MergeKey.Of(request), added)) added.Merge = MergeKey.Of(request);
        return added;
    }

    /// <summary>Hands a new request up, unless it answers itself: a CANCEL of nothing, or the second branch of a fork upstream.</summary>
    private void Open(RunningTransaction opened)
    {
        var incoming = opened.Incoming!;
        var request = incoming.Request;
        if (request.Method == SipMethod.Cancel)
        {
            RunningTransaction? invite;
            lock (_gate) _servers.TryGetValue(TransactionKey.OfCancelled(request), out invite);
            Run(opened, ((ServerTransaction)opened.Machine).Start, passUp: false);
            if (invite is null) incoming.Respond(request.Answer(481, NewTag()));
            else _handler.Cancelled(incoming, invite.Incoming!);
            return;
        }
        var isMerged = request.To.Tag is null && opened.Merge is null;
        Run(opened, ((ServerTransaction)opened.Machine).Start, passUp: !isMerged);
        if (isMerged) incoming.Respond(request.Answer(482, NewTag()));
    }

    private static void Shed(SipRequest request, Flow flow)
    {
        if (request.Method != SipMethod.Invite) return;
        var refusal = request.Answer(503, NewTag());
        refusal.Headers.Add(HeaderNames.RetryAfter, "10");
        flow.TrySend(refusal.ToBytes());
    }

    private static string NewTag() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private void Elapsed(RunningTransaction running, TransactionTimer timer) => Run(running, actions => running.Machine.Elapsed(timer, actions));

    /// <summary>Gives a transaction an input; timers and tables under the lock, what reaches others after it.</summary>
    private void Run(RunningTransaction running, Action<List<TransactionAction>> input, bool passUp = true)
    {
        List<TransactionAction> actions = [];
        lock (_gate)
        {
            if (running.Machine.State == TransactionState.Terminated) return;
            input(actions);
            foreach (var action in actions) DoInside(running, action);
        }
        foreach (var action in actions) DoOutside(running, action, passUp);
    }

    private void DoInside(RunningTransaction running, TransactionAction action)
    {
        if (action is TransactionAction.Start start) running.Start(_wheel, start.Timer, start.Delay, Elapsed);
        else if (action is TransactionAction.Stop stop) running.Stop(_wheel, stop.Timer);
        else if (action is TransactionAction.End) Forget(running);
    }

    private void Forget(RunningTransaction running)
    {
        running.StopAll(_wheel);
        (running.Outgoing is null ? _servers : _clients).Remove(running.Key);
        if (running.Merge is { } merge) _merges.Remove(merge);
    }

    private void DoOutside(RunningTransaction running, TransactionAction action, bool passUp)
    {
        switch (action)
        {
            case TransactionAction.Send send:
                if (!running.Flow.TrySend(send.Bytes)) Run(running, running.Machine.TransportFailed);
                break;
            case TransactionAction.PassUp { Message: SipResponse response }:
                running.Handler!.Responded(running.Outgoing!, response);
                break;
            case TransactionAction.PassUp { Message: SipRequest request } when passUp:
                if (request.Method == SipMethod.Ack) _handler.Acknowledged(request);
                else _handler.Requested(running.Incoming!);
                break;
            case TransactionAction.TimedOut:
                Fail(running, RequestFailure.TimedOut);
                break;
            case TransactionAction.TransportLost:
                Fail(running, RequestFailure.TransportLost);
                break;
            default:
                break; // done inside
        }
    }

    private void Fail(RunningTransaction running, RequestFailure failure)
    {
        if (running.Outgoing is { } request) running.Handler!.Failed(request, failure);
        else _handler.Unanswerable(running.Incoming!);
    }

    private sealed class NobodyListens : IResponseHandler
    {
        public static readonly NobodyListens Instance = new();

        public void Responded(Outgoing request, SipResponse response) { }

        public void Failed(Outgoing request, RequestFailure failure) { }
    }
}
