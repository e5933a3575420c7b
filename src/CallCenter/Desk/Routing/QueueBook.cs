using System.Collections.Frozen;
using Courier.Services.Calendars;

namespace Courier.CallCenter.Routing;

/// <summary>The queues with their rules as they stand now, in memory; what supervisors save is here at once, or within seconds in other processes.</summary>
internal sealed class QueueBook(CalendarsOptions service)
{
    private readonly DailyHours _serviceHours = DailyHours.Parse(service.Hours);
    private FrozenDictionary<string, CallQueue> _queues = new[] { CallQueue.Main }.ToFrozenDictionary(q => q.Code, StringComparer.Ordinal);

    /// <summary>The rules have changed.</summary>
    public event Action? Changed;

    /// <summary>All queues.</summary>
    public IReadOnlyCollection<CallQueue> All => _queues.Values;

    /// <summary>A queue; the main one when there is none of this code.</summary>
    public CallQueue Of(string code) => _queues.TryGetValue(code, out var queue) || _queues.TryGetValue(CallQueue.MainCode, out queue) ? queue : CallQueue.Main;

    /// <summary>Is it open?</summary>
    public bool IsOpen(CallQueue queue, DateTimeOffset now) => (queue.Hours ?? _serviceHours).Contains(now);

    /// <summary>When it opens next; null when it never does.</summary>
    public DateTimeOffset? OpensAt(CallQueue queue, DateTimeOffset now) => (queue.Hours ?? _serviceHours).NextStart(now);

    /// <summary>Takes what the database says.</summary>
    public void Take(IReadOnlyList<CallQueue> queues)
    {
        if (queues.Count == _queues.Count && queues.All(q => _queues.TryGetValue(q.Code, out var known) && known.Version == q.Version)) return;
        _queues = queues.ToFrozenDictionary(q => q.Code, StringComparer.Ordinal);
        Changed?.Invoke();
    }
}
