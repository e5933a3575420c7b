using Courier.Sip.Messages;
using static Courier.Sip.Transactions.TransactionState;

namespace Courier.Sip.Transactions;

/// <summary>The answering side of every request but INVITE and ACK: RFC 3261 figure 8.</summary>
/// <param name="request">the request</param>
/// <param name="reliable">whether the transport repeats by itself</param>
/// <param name="timers">the times</param>
public sealed class OtherServer(SipRequest request, bool reliable, TimerSettings timers) : ServerTransaction
{
    private ReadOnlyMemory<byte> _last;

    /// <inheritdoc />
    public override void Start(List<TransactionAction> actions)
    {
        State = Trying;
        actions.Add(new TransactionAction.PassUp(request));
    }

    /// <inheritdoc />
    public override void Receive(SipRequest request, List<TransactionAction> actions)
    {
        if (!_last.IsEmpty) actions.Add(new TransactionAction.Send(_last));
    }

    /// <inheritdoc />
    public override void Respond(SipResponse response, List<TransactionAction> actions)
    {
        if (State is not (Trying or Proceeding)) return;
        _last = response.ToBytes();
        actions.Add(new TransactionAction.Send(_last));
        State = response.IsProvisional ? Proceeding : Completed;
        if (State == Completed) Linger(TransactionTimer.J, timers.GiveUp, reliable, actions);
    }

    /// <inheritdoc />
    public override void Elapsed(TransactionTimer timer, List<TransactionAction> actions)
    {
        if (timer == TransactionTimer.J && State == Completed) End(actions);
    }

    /// <inheritdoc />
    public override void TransportFailed(List<TransactionAction> actions)
    {
        if (State is Proceeding or Completed) Lose(actions);
    }
}
