namespace Courier.Testing;

/// <summary>A clock that stands still until a test moves it; timers and delays on it fire when they fall due.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>Starts at a time; by default 2026-11-22 10:00 in China.</summary>
    public FakeClock(DateTimeOffset? now = null) => _now = (now ?? new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(8))).ToUniversalTime();

    /// <summary>How many timers wait for their time.</summary>
    public int Waiting { get { lock (_gate) return _timers.Count(t => t.Due is not null); } }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() { lock (_gate) return _now; }

    /// <inheritdoc />
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock; timers fire in the order of their times, each seeing its own time as now. Up to a week: each second of it may fire a timer.</summary>
    public void Advance(TimeSpan by)
    {
        if (by > TimeSpan.FromDays(7)) throw new ArgumentOutOfRangeException(nameof(by), by, "that long is slept through: Sleep");
        var end = GetUtcNow() + by;
        while (true)
        {
            FakeTimer? next;
            lock (_gate)
            {
                next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                var reached = next?.Due ?? end;
                if (reached > _now) _now = reached; // never back, whoever else moves the clock at this moment
                next?.Reschedule();
            }
            if (next is null) return;
            next.Fire();
        }
    }

    /// <summary>Moves the clock like that of a machine that was asleep: each timer that fell due meanwhile fires once, afterwards. For days and longer.</summary>
    public void Sleep(TimeSpan by)
    {
        List<FakeTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(t => t.Due <= _now).OrderBy(t => t.Due)];
            foreach (var timer in due) timer.Restart();
        }
        foreach (var timer in due) timer.Fire();
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                if (!clock._timers.Contains(this)) clock._timers.Add(this);
            }
            if (dueTime == TimeSpan.Zero) clock.Advance(TimeSpan.Zero);
            return true;
        }

        public void Reschedule() => Due = _period > TimeSpan.Zero ? Due + _period : null;

        public void Restart() => Due = _period > TimeSpan.Zero ? clock._now + _period : null;

        public void Fire() => callback(state);

        public void Dispose() { lock (clock._gate) clock._timers.Remove(this); }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
