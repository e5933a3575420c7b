using Courier.Sip.Messages;
using static Courier.Sip.Transactions.TransactionState;

namespace Courier.Sip.Transactions;

/// <summary>The asking side of an INVITE: RFC 3261 figure 5 with the state Accepted of RFC 6026 §7.2.</summary>
/// <param name="request">the INVITE with its Via</param>
/// <param name="reliable">whether the transport repeats by itself</param>
/// <param name="timers">the times</param>
public sealed class InviteClient(SipRequest request, bool reliable, TimerSettings timers) : ClientTransaction
{
    private readonly ReadOnlyMemory<byte> _invite = request.ToBytes();
    private ReadOnlyMemory<byte> _ack;
    private TimeSpan _pause = timers.T1;

    /// <inheritdoc />
    public override void Start(List<TransactionAction> actions)
    {
        State = Calling;
        actions.Add(new TransactionAction.Send(_invite));
        if (!reliable) actions.Add(new TransactionAction.Start(TransactionTimer.A, _pause));
        actions.Add(new TransactionAction.Start(TransactionTimer.B, timers.GiveUp));
    }

    /// <inheritdoc />
    public override void Receive(SipResponse response, List<TransactionAction> actions)
    {
        if (State is Calling or Proceeding) ReceiveOpen(response, actions);
        // Each further 2xx is another branch of a fork, or the same again because our ACK was lost: the user acknowledges both.
        else if (State == Accepted && response.IsSuccess) actions.Add(new TransactionAction.PassUp(response));
        else if (State == Completed && response.Status >= 300) actions.Add(new TransactionAction.Send(_ack));
    }

    /// <inheritdoc />
    public override void Elapsed(TransactionTimer timer, List<TransactionAction> actions)
    {
        if (timer == TransactionTimer.A && State == Calling) Repeat(actions);
        else if (timer == TransactionTimer.B && State == Calling) GiveUp(actions);
        else if ((timer == TransactionTimer.D && State == Completed) || (timer == TransactionTimer.M && State == Accepted)) End(actions);
    }

    /// <inheritdoc />
    public override void TransportFailed(List<TransactionAction> actions)
    {
        if (State is Calling or Proceeding or Completed) Lose(actions);
    }

    private void ReceiveOpen(SipResponse response, List<TransactionAction> actions)
    {
        if (State == Calling)
        {
            actions.Add(new TransactionAction.Stop(TransactionTimer.A));
            actions.Add(new TransactionAction.Stop(TransactionTimer.B));
        }
        if (response.Status >= 300) Acknowledge(response, actions);
        actions.Add(new TransactionAction.PassUp(response));
        if (response.IsProvisional) State = Proceeding;
        else if (response.IsSuccess)
        {
            State = Accepted;
            actions.Add(new TransactionAction.Start(TransactionTimer.M, timers.GiveUp));
        }
        else
        {
            State = Completed;
            Linger(TransactionTimer.D, timers.GiveUp, reliable, actions);
        }
    }

    private void Acknowledge(SipResponse response, List<TransactionAction> actions)
    {
        _ack = DerivedRequests.AckOfRefusal(request, response).ToBytes();
        actions.Add(new TransactionAction.Send(_ack));
    }

    private void Repeat(List<TransactionAction> actions)
    {
        // Timer A doubles without a cap (RFC 3261 §17.1.1.2).
        _pause *= 2;
        actions.Add(new TransactionAction.Send(_invite));
        actions.Add(new TransactionAction.Start(TransactionTimer.A, _pause));
    }
}
