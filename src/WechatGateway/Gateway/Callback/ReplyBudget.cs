namespace Courier.WechatGateway.Callback;

/// <summary>
/// Waits for work as long as a reply may take. All that waits has the same length, so it ends in the order in which it began, and
/// one timer is enough, set to the oldest: a timer a callback would cost more than many a callback's work.
/// </summary>
internal sealed class ReplyBudget : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1); // a timer knows no less

    private readonly TimeProvider _clock;
    private readonly TimeSpan _length;
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private readonly ITimer _timer;
    private bool _isSet;

    public ReplyBudget(WechatOptions options, TimeProvider clock)
    {
        _clock = clock;
        _length = options.ReplyBudget;
        _timer = clock.CreateTimer(static budget => ((ReplyBudget)budget!).EndTheOldest(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to count; before the work does, which may occupy its thread.</summary>
    public Waiting Begin()
    {
        lock (_gate)
        {
            var waiting = new Waiting(this, _clock.GetTimestamp());
            waiting.Place = _waiting.AddLast(waiting);
            if (!_isSet) Set(_length);
            return waiting;
        }
    }

    public void Dispose() => _timer.Dispose();

    // The oldest may be done by then; then the next one's time is set, so it fires once a budget, however many callbacks come.
    private void EndTheOldest()
    {
        var over = new List<Waiting>();
        lock (_gate)
        {
            while (_waiting.First is { Value: var oldest } && Left(oldest) <= TimeSpan.Zero)
            {
                over.Add(oldest);
                _waiting.RemoveFirst();
            }
            _isSet = false;
            if (_waiting.First is { Value: var next }) Set(Left(next));
        }
        foreach (var waiting in over) waiting.End(inTime: false);
    }

    // By the machine's own count: a wall clock that is set would end a budget early, or never.
    private TimeSpan Left(Waiting waiting) => _length - _clock.GetElapsedTime(waiting.Since);

    private void Set(TimeSpan due)
    {
        _isSet = true;
        _timer.Change(due > Shortest ? due : Shortest, Timeout.InfiniteTimeSpan);
    }

    private void Remove(LinkedListNode<Waiting> place)
    {
        lock (_gate)
        {
            if (place.List is not null) _waiting.Remove(place);
        }
    }

    /// <summary>One that waits.</summary>
    public sealed class Waiting(ReplyBudget budget, long since)
    {
        private readonly TaskCompletionSource<bool> _ended = new(); // whoever waits goes on where the work ended

        public long Since { get; } = since;

        internal LinkedListNode<Waiting> Place { get; set; } = null!;

        /// <summary>Waits for the work; false when the budget ran out before.</summary>
        public Task<bool> For(Task work)
        {
            if (work.IsCompleted) End(inTime: true);
            else work.ContinueWith(static (_, waiting) => ((Waiting)waiting!).End(inTime: true), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return _ended.Task;
        }

        internal void End(bool inTime)
        {
            if (inTime) budget.Remove(Place);
            _ended.TrySetResult(inTime);
        }
    }
}
