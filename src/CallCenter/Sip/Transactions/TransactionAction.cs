using Courier.Sip.Messages;

namespace Courier.Sip.Transactions;

/// <summary>What a transaction wants done.</summary>
public abstract record TransactionAction
{
    private TransactionAction() { }

    /// <summary>Send these bytes to the peer.</summary>
    public sealed record Send(ReadOnlyMemory<byte> Bytes) : TransactionAction;

    /// <summary>Hand the message to the user of the transaction.</summary>
    public sealed record PassUp(SipMessage Message) : TransactionAction;

    /// <summary>Start a timer, in the place of the same one that may be running.</summary>
    public sealed record Start(TransactionTimer Timer, TimeSpan Delay) : TransactionAction;

    /// <summary>Stop a timer, if it is running.</summary>
    public sealed record Stop(TransactionTimer Timer) : TransactionAction;

    /// <summary>Tell the user that the peer did not answer in time.</summary>
    public sealed record TimedOut : TransactionAction;

    /// <summary>Tell the user that the way to the peer is broken.</summary>
    public sealed record TransportLost : TransactionAction;

    /// <summary>Forget the transaction and its timers.</summary>
    public sealed record End : TransactionAction;
}

/// <summary>The states of the four transactions.</summary>
public enum TransactionState
{
    /// <summary>An INVITE was sent, nothing has come.</summary>
    Calling,
    /// <summary>Another request was sent, or has come and waits for its answer.</summary>
    Trying,
    /// <summary>A provisional answer has come or gone.</summary>
    Proceeding,
    /// <summary>An INVITE was accepted (RFC 6026).</summary>
    Accepted,
    /// <summary>The final answer has come or gone.</summary>
    Completed,
    /// <summary>The ACK of a refusal has come.</summary>
    Confirmed,
    /// <summary>It is over.</summary>
    Terminated,
}

/// <summary>One transaction: inputs go in, what is to be done comes out. It knows no socket and no clock.</summary>
public abstract class Transaction
{
    /// <summary>Where it stands.</summary>
    public TransactionState State { get; private protected set; }

    /// <summary>A timer that was started has run out.</summary>
    public abstract void Elapsed(TransactionTimer timer, List<TransactionAction> actions);

    /// <summary>A message could not be sent.</summary>
    public abstract void TransportFailed(List<TransactionAction> actions);

    private protected void End(List<TransactionAction> actions)
    {
        State = TransactionState.Terminated;
        actions.Add(new TransactionAction.End());
    }

    private protected void Lose(List<TransactionAction> actions)
    {
        actions.Add(new TransactionAction.TransportLost());
        End(actions);
    }

    private protected void GiveUp(List<TransactionAction> actions)
    {
        actions.Add(new TransactionAction.TimedOut());
        End(actions);
    }

    /// <summary>Ends after a time in which repetitions are absorbed; at once where the transport does not repeat.</summary>
    private protected void Linger(TransactionTimer timer, TimeSpan time, bool reliable, List<TransactionAction> actions)
    {
        if (reliable) End(actions);
        else actions.Add(new TransactionAction.Start(timer, time));
    }
}

/// <summary>A transaction of the end that asks.</summary>
public abstract class ClientTransaction : Transaction
{
    /// <summary>Sends the request.</summary>
    public abstract void Start(List<TransactionAction> actions);

    /// <summary>A response has come.</summary>
    public abstract void Receive(SipResponse response, List<TransactionAction> actions);
}

/// <summary>A transaction of the end that is asked.</summary>
public abstract class ServerTransaction : Transaction
{
    /// <summary>Hands the request up.</summary>
    public abstract void Start(List<TransactionAction> actions);

    /// <summary>The request has come again, or the ACK of an INVITE.</summary>
    public abstract void Receive(SipRequest request, List<TransactionAction> actions);

    /// <summary>The user answers.</summary>
    public abstract void Respond(SipResponse response, List<TransactionAction> actions);
}
