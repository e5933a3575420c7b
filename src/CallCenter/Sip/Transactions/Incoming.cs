using Courier.Sip.Messages;
using Courier.Sip.Transport;

namespace Courier.Sip.Transactions;

/// <summary>A request that came, by which its receiver answers it.</summary>
public sealed class Incoming
{
    private readonly TransactionLayer _layer;
    private readonly RunningTransaction _running;

    internal Incoming(TransactionLayer layer, RunningTransaction running, SipRequest request)
    {
        _layer = layer;
        _running = running;
        Request = request;
    }

    /// <summary>The request, its top Via as the transport has completed it.</summary>
    public SipRequest Request { get; }

    /// <summary>The way that it came and that answers go.</summary>
    public Flow Flow => _running.Flow;

    /// <summary>What the upper layer has made of an INVITE, so that its CANCEL finds it.</summary>
    internal object? Owner { get; set; }

    /// <summary>Sends an answer: any number of provisional ones, one final one; of an INVITE's 2xx any number, because only the caller of this repeats it.</summary>
    public void Respond(SipResponse response) => _layer.Respond(_running, response);
}

/// <summary>A request that was sent and waits for its answer.</summary>
public sealed class Outgoing
{
    internal Outgoing(SipRequest request, Flow flow)
    {
        Request = request;
        Flow = flow;
    }

    /// <summary>The request with the Via under which it went.</summary>
    public SipRequest Request { get; }

    /// <summary>The way that it went.</summary>
    public Flow Flow { get; }
}

/// <summary>What hears about requests. Called on the network's threads: it must not block, and may answer at once or later.</summary>
public interface IRequestHandler
{
    /// <summary>A new request other than ACK and CANCEL.</summary>
    void Requested(Incoming request);

    /// <summary>A CANCEL for an INVITE that is known here. Both have to be answered: the CANCEL with 200, the INVITE, if it still can be, with 487.</summary>
    void Cancelled(Incoming cancel, Incoming invite);

    /// <summary>The ACK of a 2xx, which belongs to a dialog and to no transaction.</summary>
    void Acknowledged(SipRequest ack);

    /// <summary>The way back is broken, or the ACK of a refusal never came. Nothing more can be done for that transaction.</summary>
    void Unanswerable(Incoming request);
}

/// <summary>What hears about the answer to one request. Called on the network's threads: it must not block.</summary>
public interface IResponseHandler
{
    /// <summary>A response: provisional ones, one final one; to an INVITE perhaps several 2xx.</summary>
    void Responded(Outgoing request, SipResponse response);

    /// <summary>No final answer will come.</summary>
    void Failed(Outgoing request, RequestFailure failure);
}

/// <summary>Why a request got no answer.</summary>
public enum RequestFailure
{
    /// <summary>Nobody answered in time; counts like 408 (RFC 3261 §8.1.3.1).</summary>
    TimedOut,
    /// <summary>The way is broken; counts like 503.</summary>
    TransportLost,
}
