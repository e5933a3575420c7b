using System.Collections.Concurrent;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.CallCenter.Routing;

/// <summary>A stay of a call in a queue, as it is kept.</summary>
internal sealed record EntryLine
{
    public required string Id { get; init; }
    public required string CallId { get; init; }
    public required string Queue { get; init; }
    public required string Tier { get; init; }
    public required bool IsCallBack { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public required int LevelSeconds { get; init; }

    /// <summary>Place on joining.</summary>
    public required int Position { get; init; }

    /// <summary>Seen waiting; who is seen no more was lost with the process.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? LeftAt { get; init; }
    public QueueLeft? How { get; init; }
    public StaffId? Agent { get; init; }
    public long TalkMs { get; init; }
    public long WrapMs { get; init; }
}

/// <summary>Tells the journal of each stay in a queue, and knows how long calls take.</summary>
internal sealed class EntryLog(CallJournal journal)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(3);
    private const double Weight = 0.1;

    private readonly ConcurrentDictionary<QueueEntry, EntryLine> _waiting = [];
    private readonly ConcurrentDictionary<(string CallId, string Queue, StaffId Agent), EntryLine> _atWork = [];
    private readonly ConcurrentDictionary<string, TimeSpan> _handling = new(StringComparer.Ordinal);

    /// <summary>How long a call of the queue takes with the work after it: a mean in which each call weighs a tenth.</summary>
    public TimeSpan HandlingTime(string queue) => _handling.GetValueOrDefault(queue, Usual);

    /// <summary>What is known of handling times when a process starts.</summary>
    public void Learn(IEnumerable<KeyValuePair<string, TimeSpan>> times)
    {
        foreach (var (queue, time) in times) _handling.TryAdd(queue, time);
    }

    /// <summary>Has come into a queue.</summary>
    public void Joined(QueueEntry entry, int levelSeconds, int position)
    {
        var line = new EntryLine
        {
            Id = entry.Id, CallId = entry.CallId, Queue = entry.Queue, Tier = entry.Ticket.Tier, IsCallBack = entry.IsCallBack,
            Since = entry.Ticket.Since, JoinedAt = entry.JoinedAt, LevelSeconds = levelSeconds, Position = position, SeenAt = entry.JoinedAt,
        };
        _waiting[entry] = line;
        if (!entry.IsCallBack) journal.Add(KeepEntries.Kind, line);
    }

    /// <summary>Still waits.</summary>
    public void Waits(QueueEntry entry, DateTimeOffset now)
    {
        if (!entry.IsCallBack && _waiting.TryGetValue(entry, out var line)) journal.Add(KeepEntries.Kind, _waiting[entry] = line with { SeenAt = now });
    }

    /// <summary>Has left, once for each stay. A call-back counts only when both speak.</summary>
    public void Left(QueueEntry entry, QueueLeft how, StaffId? agent, DateTimeOffset now)
    {
        if (!_waiting.TryRemove(entry, out var line)) return;
        line = line with { SeenAt = now, LeftAt = now, How = how, Agent = agent };
        if (agent is { } who) _atWork[(line.CallId, line.Queue, who)] = line;
        if (!entry.IsCallBack || how == QueueLeft.Answered) journal.Add(KeepEntries.Kind, line);
    }

    /// <summary>An agent has spoken with the caller, or has finished the work after it.</summary>
    public void Worked(WorkDone done)
    {
        var key = (done.CallId, done.Queue, done.Agent);
        if (!_atWork.TryGetValue(key, out var line)) return;
        var length = (long)done.Length.TotalMilliseconds;
        line = done.What == AgentState.Talking ? line with { TalkMs = length } : line with { WrapMs = length };
        _atWork[key] = line;
        journal.Add(KeepEntries.Kind, line);
        if (!done.IsLast) return;
        _atWork.TryRemove(key, out _);
        var took = TimeSpan.FromMilliseconds(line.TalkMs + line.WrapMs);
        _handling.AddOrUpdate(done.Queue, took, (_, mean) => mean + (took - mean) * Weight);
    }
}
