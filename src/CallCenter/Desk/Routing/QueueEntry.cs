using Courier.CallCenter.Agents;

namespace Courier.CallCenter.Routing;

/// <summary>A call's place in a queue. Everything may be called from any thread.</summary>
internal sealed class QueueEntry
{
    private readonly CallQueues _queues;
    private readonly CancellationTokenSource _over = new();
    private readonly List<string> _passed = [];
    private TaskCompletionSource<Reservation>? _asked;

    internal QueueEntry(CallQueues queues, string id, QueueTicket ticket, string queue, Admission admission, bool isCallBack, DateTimeOffset joinedAt)
    {
        (_queues, Id, Ticket, Queue, Admission, IsCallBack, JoinedAt) = (queues, id, ticket, queue, admission, isCallBack, joinedAt);
    }

    /// <summary>Of this stay in this queue; another one after an overflow.</summary>
    public string Id { get; private set; }

    /// <summary>The call.</summary>
    public string CallId => Ticket.CallId;

    /// <summary>With what it came.</summary>
    public QueueTicket Ticket { get; }

    /// <summary>Code of the queue in which it is now.</summary>
    public string Queue { get; private set; }

    /// <summary>Whether it was let in.</summary>
    public Admission Admission { get; }

    /// <summary>Holds a place without anybody on the line.</summary>
    public bool IsCallBack { get; }

    /// <summary>When it came into this queue.</summary>
    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>How it left; null while it waits.</summary>
    public QueueLeft? Left { get; internal set; }

    /// <summary>Cancelled when waiting has no sense any more: <see cref="OverBecause"/> says why.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Why waiting has no sense any more.</summary>
    public QueueLeft OverBecause { get; private set; } = QueueLeft.TimedOut;

    /// <summary>1 for who is served next; 0 for who does not wait.</summary>
    public int Position => _queues.PositionOf(this);

    /// <summary>How long it will probably take; null when nobody can say.</summary>
    public TimeSpan? ExpectedWait => _queues.ExpectedWaitOf(this);

    /// <summary>Queues that it has overflowed from.</summary>
    internal IReadOnlyList<string> Passed => _passed;

    /// <summary>Does somebody wait for an agent now?</summary>
    internal bool IsAsking => _asked is not null;

    /// <summary>The reservation that is open.</summary>
    internal Reservation? Current { get; private set; }

    /// <summary>Waits for an agent, who is then reserved for this call.</summary>
    /// <param name="ct">Gives up; the place is kept.</param>
    /// <exception cref="OperationCanceledException">Given up, or the call has left the queue.</exception>
    public async Task<Reservation> NextAgent(CancellationToken ct)
    {
        var asked = new TaskCompletionSource<Reservation>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queues.Ask(this, asked);
        await using var _ = ct.Register(() => _queues.Unask(this, asked)).ConfigureAwait(false);
        return await asked.Task.ConfigureAwait(false);
    }

    /// <summary>The call leaves the queue; only the first way counts. An agent who is being rung for it is free again.</summary>
    /// <returns>False when it has left already.</returns>
    public bool Leave(QueueLeft how) => _queues.Leave(this, how);

    internal void Ask(TaskCompletionSource<Reservation> asked)
    {
        _asked?.TrySetCanceled();
        _asked = asked;
    }

    internal void Unask(TaskCompletionSource<Reservation> asked)
    {
        if (_asked == asked) _asked = null;
        asked.TrySetCanceled();
    }

    internal void Give(Reservation reservation)
    {
        Current = reservation;
        _asked!.TrySetResult(reservation);
        _asked = null;
    }

    internal void TakeBack() => Current = null;

    internal void MoveTo(string queue, string id, DateTimeOffset now)
    {
        _passed.Add(Queue);
        (Queue, Id, JoinedAt) = (queue, id, now);
    }

    internal void End(QueueLeft how)
    {
        Left = how;
        _asked?.TrySetCanceled();
        _asked = null;
    }

    internal void GiveUp(QueueLeft because)
    {
        if (_over.IsCancellationRequested) return;
        OverBecause = because;
        _over.Cancel();
    }
}
