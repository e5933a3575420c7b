namespace Courier.Sip.Transactions;

/// <summary>
/// Many timers on one: starting and stopping cost the same however many run. Times are rounded up to the tick; nothing that
/// depends on the wheel is more exact than RFC 3261's timers need. While nothing is timed the wheel stands still and wakes nobody.
/// </summary>
public sealed class TimerWheel : IDisposable
{
    /// <summary>How exact the wheel is.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // One turn takes 41 s, longer than any timer of a transaction, so that these are touched once.
    private const int Slots = 4096;

    private readonly Lock _gate = new();
    private readonly Timed[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => Timed.Ring())];
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly ITimer _driver;
    private long _now;
    private int _running;
    private bool _turns;

    /// <summary>Makes a wheel that turns by the clock.</summary>
    public TimerWheel(TimeProvider clock)
    {
        _clock = clock;
        _started = clock.GetTimestamp();
        _driver = clock.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many timers run.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Calls back once after a time, on a thread of the clock; the call must not block.</summary>
    public Timed Start(TimeSpan delay, Action elapsed)
    {
        var timer = new Timed(elapsed);
        lock (_gate)
        {
            if (!_turns) SetTurning();
            timer.Due = Math.Max(_now + 1, (long)Math.Ceiling((_clock.GetElapsedTime(_started) + delay) / Tick));
            timer.PutInto(_slots[timer.Due % Slots]);
            _running++;
        }
        return timer;
    }

    /// <summary>Stops a timer; false when it has run out or was stopped before.</summary>
    public bool Stop(Timed timer)
    {
        lock (_gate)
        {
            if (!timer.TakeOut()) return false;
            _running--;
            return true;
        }
    }

    /// <summary>Stops the wheel; what has not run out never will.</summary>
    public void Dispose() => _driver.Dispose();

    private void Turn()
    {
        List<Timed>? due = null;
        lock (_gate)
        {
            var until = Elapsed();
            _now = Math.Max(_now, until - Slots); // one turn passes every timer, however long the clock was away
            while (_now < until)
            {
                var slot = _slots[++_now % Slots];
                for (var timer = slot.Next; !ReferenceEquals(timer, slot);)
                {
                    var next = timer.Next;
                    if (timer.Due <= _now && timer.TakeOut()) (due ??= []).Add(timer);
                    timer = next;
                }
            }
            _running -= due?.Count ?? 0;
            if (_running == 0) SetStanding();
        }
        if (due is null) return;
        foreach (var timer in due) timer.Elapsed();
    }

    private long Elapsed() => _clock.GetElapsedTime(_started).Ticks / Tick.Ticks;

    private void SetTurning()
    {
        _now = Elapsed(); // its slots are empty: nothing was passed over
        _turns = true;
        _driver.Change(Tick - TimeSpan.FromTicks(_clock.GetElapsedTime(_started).Ticks % Tick.Ticks), Tick);
    }

    private void SetStanding()
    {
        _turns = false;
        _driver.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>A timer that was started on a <see cref="TimerWheel"/>.</summary>
public sealed class Timed
{
    private Timed? _previous;
    private Timed? _next;

    internal Timed(Action elapsed) => Elapsed = elapsed;

    internal Action Elapsed { get; }

    internal long Due { get; set; }

    internal Timed Next => _next!;

    internal static Timed Ring()
    {
        var ring = new Timed(static () => { });
        ring._next = ring._previous = ring;
        return ring;
    }

    internal void PutInto(Timed ring)
    {
        _previous = ring._previous;
        _next = ring;
        ring._previous!._next = this;
        ring._previous = this;
    }

    internal bool TakeOut()
    {
        if (_next is null) return false;
        _previous!._next = _next;
        _next._previous = _previous;
        _next = _previous = null;
        return true;
    }
}
