using Courier.Sip.Messages;
using static Courier.Sip.Transactions.TransactionState;

namespace Courier.Sip.Transactions;

/// <summary>The asking side of every request but INVITE and ACK: RFC 3261 figure 6.</summary>
/// <param name="request">the request with its Via</param>
/// <param name="reliable">whether the transport repeats by itself</param>
/// <param name="timers">the times</param>
public sealed class OtherClient(SipRequest request, bool reliable, TimerSettings timers) : ClientTransaction
{
    private readonly ReadOnlyMemory<byte> _request = request.ToBytes();
    private TimeSpan _pause = timers.T1;

    /// <inheritdoc />
    public override void Start(List<TransactionAction> actions)
    {
        State = Trying;
        actions.Add(new TransactionAction.Send(_request));
        if (!reliable) actions.Add(new TransactionAction.Start(TransactionTimer.E, _pause));
        actions.Add(new TransactionAction.Start(TransactionTimer.F, timers.GiveUp));
    }

    /// <inheritdoc />
    public override void Receive(SipResponse response, List<TransactionAction> actions)
    {
        if (State is not (Trying or Proceeding)) return;
        actions.Add(new TransactionAction.PassUp(response));
        if (response.IsProvisional)
        {
            State = Proceeding;
            return;
        }
        State = Completed;
        actions.Add(new TransactionAction.Stop(TransactionTimer.E));
        actions.Add(new TransactionAction.Stop(TransactionTimer.F));
        Linger(TransactionTimer.K, timers.T4, reliable, actions);
    }

    /// <inheritdoc />
    public override void Elapsed(TransactionTimer timer, List<TransactionAction> actions)
    {
        if (timer == TransactionTimer.K && State == Completed) End(actions);
        else if (State is not (Trying or Proceeding)) return;
        else if (timer == TransactionTimer.E) Repeat(actions);
        else if (timer == TransactionTimer.F) GiveUp(actions);
    }

    /// <inheritdoc />
    public override void TransportFailed(List<TransactionAction> actions)
    {
        if (State is Trying or Proceeding) Lose(actions);
    }

    private void Repeat(List<TransactionAction> actions)
    {
        // Once the peer has said that it works on it, the pause is T2 at once (RFC 3261 §17.1.2.2).
        _pause = State == Proceeding ? timers.T2 : timers.Doubled(_pause);
        actions.Add(new TransactionAction.Send(_request));
        actions.Add(new TransactionAction.Start(TransactionTimer.E, _pause));
    }
}
