namespace Courier.WechatGateway.Callback;

/// <summary>
/// Waits for work as long as a reply may take. All that waits has the same length, so it ends in the order in which it began, and
/// one timer is enough, set to the oldest: a timer a callback would cost more than many a callback's work.
/// </summary>
internal sealed class ReplyBudget : IDisposable
{
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
            var waiting = new Waiting(this, _clock.GetUtcNow() + _length);
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
            var now = _clock.GetUtcNow();
            while (_waiting.First is { Value: var oldest } && oldest.Until <= now)
            {
                over.Add(oldest);
                _waiting.RemoveFirst();
            }
            _isSet = false;
            if (_waiting.First is { Value: var next }) Set(next.Until - now);
        }
        foreach (var waiting in over) waiting.End(inTime: false);
    }

    private void Set(TimeSpan due)
    {
        _isSet = true;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Remove(LinkedListNode<Waiting> place)
    {
        lock (_gate)
        {
            if (place.List is not null) _waiting.Remove(place);
        }
    }

    /// <summary>One that waits.</summary>
    public sealed class Waiting(ReplyBudget budget, DateTimeOffset until)
    {
        private readonly TaskCompletionSource<bool> _ended = new(); // whoever waits goes on where the work ended

        public DateTimeOffset Until { get; } = until;

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
