using Courier.Sip.Messages;
using static Courier.Sip.Transactions.TransactionState;

namespace Courier.Sip.Transactions;

/// <summary>The answering side of an INVITE: RFC 3261 figure 7 with the state Accepted of RFC 6026 §7.1.</summary>
/// <param name="request">the INVITE</param>
/// <param name="reliable">whether the transport repeats by itself</param>
/// <param name="timers">the times</param>
public sealed class InviteServer(SipRequest request, bool reliable, TimerSettings timers) : ServerTransaction
{
    private ReadOnlyMemory<byte> _last;
    private TimeSpan _pause = timers.T1;

    /// <inheritdoc />
    public override void Start(List<TransactionAction> actions)
    {
        State = Proceeding;
        actions.Add(new TransactionAction.PassUp(request));
        actions.Add(new TransactionAction.Start(TransactionTimer.Trying, TimerSettings.TryingAfter));
    }

    /// <inheritdoc />
    public override void Receive(SipRequest request, List<TransactionAction> actions)
    {
        if (request.Method == SipMethod.Ack) ReceiveAck(request, actions);
        // In Accepted the user repeats its 2xx by its own clock, so a repeated INVITE needs nothing.
        else if (State is Proceeding or Completed && !_last.IsEmpty) actions.Add(new TransactionAction.Send(_last));
    }

    /// <inheritdoc />
    public override void Respond(SipResponse response, List<TransactionAction> actions)
    {
        if (State == Proceeding) RespondFirst(response, actions);
        else if (State == Accepted && response.IsSuccess) actions.Add(new TransactionAction.Send(response.ToBytes()));
    }

    /// <inheritdoc />
    public override void Elapsed(TransactionTimer timer, List<TransactionAction> actions)
    {
        switch (timer)
        {
            case TransactionTimer.Trying when State == Proceeding && _last.IsEmpty:
                _last = request.Answer(100).ToBytes();
                actions.Add(new TransactionAction.Send(_last));
                break;
            case TransactionTimer.G when State == Completed:
                _pause = timers.Doubled(_pause);
                actions.Add(new TransactionAction.Send(_last));
                actions.Add(new TransactionAction.Start(TransactionTimer.G, _pause));
                break;
            case TransactionTimer.H when State == Completed:
                GiveUp(actions);
                break;
            case TransactionTimer.I when State == Confirmed:
            case TransactionTimer.L when State == Accepted:
                End(actions);
                break;
            default:
                break; // a timer that ran out while the state changed
        }
    }

    /// <inheritdoc />
    public override void TransportFailed(List<TransactionAction> actions)
    {
        if (State == Completed) Lose(actions);
        // Before that the caller repeats its INVITE and may get through (RFC 6026 §8.3 takes the old way to Terminated out).
        else if (State is Proceeding or Accepted) actions.Add(new TransactionAction.TransportLost());
    }

    private void ReceiveAck(SipRequest ack, List<TransactionAction> actions)
    {
        // Only a peer that repeats the INVITE's branch gets here with the ACK of a 2xx; it is the user's (RFC 6026 §7.1).
        if (State == Accepted) actions.Add(new TransactionAction.PassUp(ack));
        if (State != Completed) return;
        State = Confirmed;
        actions.Add(new TransactionAction.Stop(TransactionTimer.G));
        actions.Add(new TransactionAction.Stop(TransactionTimer.H));
        Linger(TransactionTimer.I, timers.T4, reliable, actions);
    }

    private void RespondFirst(SipResponse response, List<TransactionAction> actions)
    {
        var bytes = response.ToBytes();
        actions.Add(new TransactionAction.Stop(TransactionTimer.Trying));
        actions.Add(new TransactionAction.Send(bytes));
        if (response.IsSuccess)
        {
            State = Accepted;
            _last = default;
            actions.Add(new TransactionAction.Start(TransactionTimer.L, timers.GiveUp));
            return;
        }
        _last = bytes;
        if (response.IsProvisional) return;
        State = Completed;
        if (!reliable) actions.Add(new TransactionAction.Start(TransactionTimer.G, _pause));
        actions.Add(new TransactionAction.Start(TransactionTimer.H, timers.GiveUp));
    }
}
