using System.Collections.Concurrent;

namespace Courier.Services.Notifications;

/// <summary>
/// Messages that are sent together. What a channel has to know about them (addresses, windows, grants, quotas) it reads once for
/// all, when the first of them asks; what it took for them and did not need it gives back at the end.
/// </summary>
public sealed class Portion
{
    private readonly ConcurrentDictionary<object, Lazy<Task>> _known = new();
    private readonly ConcurrentQueue<Func<CancellationToken, Task>> _ends = new();

    /// <summary>Messages that go together.</summary>
    /// <param name="messages">The messages.</param>
    public Portion(IReadOnlyList<OutgoingMessage> messages) => Messages = [.. messages.Select(m => m with { Portion = this })];

    /// <summary>All messages, each with this portion.</summary>
    public IReadOnlyList<OutgoingMessage> Messages { get; }

    /// <summary>The portion of a message, or one that holds it alone.</summary>
    public static Portion Of(OutgoingMessage message) => message.Portion ?? new Portion([message]);

    /// <summary>What was found out once for all messages; the first to ask has it looked up.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="key">Names it.</param>
    /// <param name="find">Looks it up. A failure is handed to all that ask.</param>
    public Task<T> Once<T>(object key, Func<Portion, Task<T>> find) =>
        (Task<T>)_known.GetOrAdd(key, static (_, f) => new Lazy<Task>(() => f.Find(f.Portion)), (Find: find, Portion: this)).Value;

    /// <summary>To be done when all messages have been tried.</summary>
    public void AtEnd(Func<CancellationToken, Task> end) => _ends.Enqueue(end);

    internal async Task End(CancellationToken ct)
    {
        while (_ends.TryDequeue(out var end)) await end(ct).ConfigureAwait(false);
    }
}
