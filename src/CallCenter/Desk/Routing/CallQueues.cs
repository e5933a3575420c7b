using Courier.CallCenter.Agents;
using Courier.Kernel;

namespace Courier.CallCenter.Routing;

/// <summary>
/// The calls that wait in this process, all queues together, and who gets them: whenever a call or an agent changes, <see cref="ChooseAgents"/>
/// decides and the board reserves. Nothing here waits for the database.
/// </summary>
internal sealed class CallQueues
{
    private static readonly TimeSpan ShortAbandon = TimeSpan.FromSeconds(5), BetweenSightings = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly List<QueueEntry> _waiting = [];
    private readonly AgentBoard _board;
    private readonly QueueBook _book;
    private readonly EntryLog _log;
    private readonly TimeProvider _clock;
    private Dictionary<QueueEntry, int>? _positions;
    private DateTimeOffset _seenAt;
    private bool _isDistributing, _again;

    public CallQueues(AgentBoard board, QueueBook book, EntryLog log, TimeProvider clock)
    {
        (_board, _book, _log, _clock) = (board, book, log, clock);
        _seenAt = clock.GetUtcNow();
        board.Changed += Distribute;
        board.Worked += log.Worked;
        book.Changed += RulesChanged;
    }

    /// <summary>Puts a call into a queue; of a queue that is not known, into the main one.</summary>
    /// <returns>Its place; not let in when the queue is closed, full or without agents (<see cref="QueueEntry.Admission"/>).</returns>
    public QueueEntry Join(QueueTicket ticket) => Join(ticket, isCallBack: false);

    /// <summary>Is the queue open at this hour?</summary>
    public bool IsOpen(string queue) => _book.IsOpen(_book.Of(queue), _clock.GetUtcNow());

    /// <summary>All that wait now, in their order.</summary>
    public IReadOnlyList<QueueEntry> Snapshot()
    {
        lock (_gate) return [.. InOrder()];
    }

    /// <summary>Puts a call-back into its place.</summary>
    internal QueueEntry Keep(QueueTicket ticket) => Join(ticket, isCallBack: true);

    internal int PositionOf(QueueEntry entry)
    {
        lock (_gate) return (_positions ??= Positions()).GetValueOrDefault(entry);
    }

    internal TimeSpan? ExpectedWaitOf(QueueEntry entry)
    {
        var queue = _book.Of(entry.Queue);
        var serving = _board.Snapshot().Count(a => a.IsServing && queue.IsServedBy(a));
        return serving == 0 ? null : PositionOf(entry) * _log.HandlingTime(queue.Code) / serving;
    }

    internal void Ask(QueueEntry entry, TaskCompletionSource<Reservation> asked)
    {
        lock (_gate)
        {
            if (entry.Left is not null || entry.Admission != Admission.Admitted) asked.TrySetCanceled();
            else entry.Ask(asked);
            if (entry.IsCallBack) _positions = null;
        }
        Distribute();
    }

    internal void Unask(QueueEntry entry, TaskCompletionSource<Reservation> asked)
    {
        lock (_gate) entry.Unask(asked);
    }

    internal bool Leave(QueueEntry entry, QueueLeft how)
    {
        lock (_gate)
        {
            if (entry.Left is not null) return false;
            if (entry.Current is { } reservation)
            {
                reservation.Released();
                if (reservation.State == ReservationState.Answered && !entry.IsCallBack) return false; // the answer was faster
            }
            var isShort = how == QueueLeft.Abandoned && _clock.GetUtcNow() - entry.Ticket.Since < ShortAbandon;
            Remove(entry, isShort ? QueueLeft.ShortAbandoned : how, null);
        }
        return true;
    }

    /// <summary>The customer who was called back speaks with the agent.</summary>
    internal void Connected(QueueEntry callBack, Reservation reservation)
    {
        lock (_gate)
        {
            if (callBack.Left is null) Remove(callBack, QueueLeft.Answered, reservation);
        }
    }

    /// <summary>Moves calls on whose time in a queue is over, and gives agents to calls whose needs have become less.</summary>
    internal void Tick()
    {
        var now = _clock.GetUtcNow();
        List<(QueueEntry Entry, QueueLeft Because)> over = [];
        lock (_gate)
        {
            var staffed = _board.Snapshot().Where(a => a.IsAtWork(now)).ToList();
            foreach (var entry in _waiting.Where(e => e is { IsCallBack: false, Current: null }).ToList())
                if (Look(entry, staffed, now) is { } because) over.Add((entry, because));
            if (now - _seenAt >= BetweenSightings)
            {
                _seenAt = now;
                foreach (var entry in _waiting) _log.Waits(entry, now);
            }
        }
        foreach (var (entry, because) in over) entry.GiveUp(because); // whoever listens does not run under our lock
        Distribute();
    }

    private QueueEntry Join(QueueTicket ticket, bool isCallBack)
    {
        var now = _clock.GetUtcNow();
        var queue = _book.Of(ticket.Queue);
        QueueEntry entry;
        lock (_gate)
        {
            var admission = isCallBack ? Admission.Admitted : Admit(queue, now);
            entry = new QueueEntry(this, Ids.New(_clock), ticket, queue.Code, admission, isCallBack, now);
            if (admission == Admission.Admitted) Add(entry);
            _log.Joined(entry, queue.LevelOf(ticket.Tier), PositionOf(entry));
        }
        return entry;
    }

    private Admission Admit(CallQueue queue, DateTimeOffset now)
    {
        if (queue.IsClosed || !_book.IsOpen(queue, now)) return Admission.Closed;
        if (!_board.Snapshot().Any(a => a.IsAtWork(now) && queue.IsServedBy(a))) return Admission.Unstaffed;
        return _waiting.Count(e => e.Queue == queue.Code && !e.IsCallBack) >= queue.MaxLength ? Admission.Full : Admission.Admitted;
    }

    // Moves a call on whose time here is over; says why waiting has no sense any more, if it has none.
    private QueueLeft? Look(QueueEntry entry, List<Agent> staffed, DateTimeOffset now)
    {
        var call = Seen(entry);
        if (call.OverflowTo(now) is { } next && Admit(_book.Of(next), now) == Admission.Admitted)
        {
            Overflow(entry, _book.Of(next), now);
            return null;
        }
        if (call.Queue.MaxWait > TimeSpan.Zero && now - call.Since >= call.Queue.MaxWait) return QueueLeft.TimedOut;
        return staffed.Any(a => call.Queue.IsServedBy(a)) ? null : QueueLeft.Unstaffed;
    }

    private void Overflow(QueueEntry entry, CallQueue to, DateTimeOffset now)
    {
        _log.Left(entry, QueueLeft.Overflowed, null, now);
        entry.MoveTo(to.Code, Ids.New(_clock), now);
        _positions = null;
        _log.Joined(entry, to.LevelOf(entry.Ticket.Tier), PositionOf(entry));
    }

    private void Distribute()
    {
        lock (_gate)
        {
            _again = true;
            if (_isDistributing) return; // a reservation changes the board, which calls here again
            _isDistributing = true;
            try
            {
                while (_again)
                {
                    _again = false;
                    Assign();
                }
            }
            finally
            {
                _isDistributing = false;
            }
        }
    }

    private void Assign()
    {
        var asking = _waiting.Where(e => e.IsAsking).ToDictionary(e => e.Id, StringComparer.Ordinal);
        if (asking.Count == 0) return;
        var free = _board.Snapshot().Where(a => a.State == AgentState.Ready).Select(a => new FreeAgent(a.Id, a.Skills, a.Load, a.IdleSince)).ToList();
        foreach (var (call, agent) in ChooseAgents.For(asking.Values.Select(Seen), free, _clock.GetUtcNow()))
        {
            var entry = asking[call.Id];
            if (_board.TryReserve(agent, entry.CallId, call.Queue.Code, call.Queue.Ring, call.Queue.WrapUp, r => Ended(entry, r)) is { } reservation) entry.Give(reservation);
        }
    }

    // Answered: the call has left. Otherwise it keeps its place, and asks for the next agent.
    private void Ended(QueueEntry entry, Reservation reservation)
    {
        lock (_gate)
        {
            entry.TakeBack();
            if (reservation.State == ReservationState.Answered && !entry.IsCallBack && entry.Left is null) Remove(entry, QueueLeft.Answered, reservation);
        }
    }

    private void Add(QueueEntry entry)
    {
        _waiting.Add(entry);
        _positions = null;
    }

    private void Remove(QueueEntry entry, QueueLeft how, Reservation? answered)
    {
        _log.Left(entry, how, answered?.Agent, _clock.GetUtcNow());
        _waiting.Remove(entry);
        _positions = null;
        entry.End(how);
    }

    private WaitingCall Seen(QueueEntry entry) =>
        new(entry.Id, _book.Of(entry.Queue), entry.Ticket.Skills, entry.Ticket.Tier, entry.Ticket.Since, entry.Ticket.LastAgent, entry.Passed);

    private IEnumerable<QueueEntry> InOrder() => _waiting.Select(e => (Entry: e, Call: Seen(e))).OrderBy(p => p.Call).Select(p => p.Entry);

    private Dictionary<QueueEntry, int> Positions()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var positions = new Dictionary<QueueEntry, int>(_waiting.Count);
        // A call-back that pauses between two tries is in nobody's way.
        foreach (var entry in InOrder().Where(e => !e.IsCallBack || e.IsAsking || e.Current is not null)) positions[entry] = counts[entry.Queue] = counts.GetValueOrDefault(entry.Queue) + 1;
        return positions;
    }

    private void RulesChanged()
    {
        lock (_gate) _positions = null;
        Distribute();
    }
}
