using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Courier.Sip.Dialogs;

/// <summary>
/// Does one thing after another for one call: what the network, timers and users want of it is put in and done in that order,
/// never two at a time. Legs of the same call share one.
/// </summary>
public sealed partial class Mailbox
{
    private readonly ConcurrentQueue<Action> _waiting = [];
    private readonly Action<Action> _run;
    private readonly ILogger _log;
    private int _count;

    /// <summary>A mailbox whose work is done on the thread pool.</summary>
    public Mailbox(ILogger log) : this(log, static drain => ThreadPool.UnsafeQueueUserWorkItem(static work => work(), drain, preferLocal: false)) { }

    internal Mailbox(ILogger log, Action<Action> run)
    {
        _log = log;
        _run = run;
    }

    /// <summary>Puts work in; it must not block.</summary>
    public void Post(Action work)
    {
        _waiting.Enqueue(work);
        if (Interlocked.Increment(ref _count) == 1) _run(Drain);
    }

    private void Drain()
    {
        do
        {
            if (_waiting.TryDequeue(out var work)) Do(work);
        }
        while (Interlocked.Decrement(ref _count) > 0);
    }

    private void Do(Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) // the loop that messages of a call go on in: one of them must not silence the call
        {
            WorkFailed(_log, fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "Work of a call failed")]
    private static partial void WorkFailed(ILogger log, Exception fault);
}
