using System.Collections.Concurrent;
using Courier.CallCenter.Journal;
using Courier.Kernel;
using Courier.Services.Calendars;

namespace Courier.CallCenter.Routing;

/// <summary>
/// Callers who hung up and are called back in their turn: each holds a place in the queue as if still on the line. When an agent is due, the agent
/// and then the customer are dialled; a customer who is not reached is tried again after a pause and told in writing in the end.
/// </summary>
internal sealed class CallBacks(CallQueues queues, QueueBook book, CallJournal journal, TellCaller tell, CalendarsOptions calendars, TimeProvider clock) : IDisposable
{
    /// <summary>So often a customer is called.</summary>
    public const int Tries = 3;

    /// <summary>How long a process has a call-back without renewing.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource<ICallBackDialler> _dialler = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, (CallBackLine Line, CancellationTokenSource Ends)> _mine = new(StringComparer.Ordinal);

    /// <summary>This process, as it signs the call-backs that it has.</summary>
    public string Owner { get; } = Ids.New(clock);

    /// <summary>Those that this process has.</summary>
    public IReadOnlyList<CallBackLine> Mine => [.. _mine.Values.Select(m => m.Line)];

    /// <summary>Says who dials; until then call-backs wait. Called once, by the switch when it starts.</summary>
    public void DialBy(ICallBackDialler dialler) => _dialler.TrySetResult(dialler);

    /// <summary>Keeps a place for somebody who will be called back; a wish from the same number in the same queue keeps its earlier place.</summary>
    public void Ask(QueueTicket ticket, Phone phone)
    {
        var now = clock.GetUtcNow();
        var before = _mine.Values.Select(m => m.Line).FirstOrDefault(l => l.Phone == phone && l.Queue == ticket.Queue);
        if (before is not null) End(before, CallBackState.Cancelled);
        Begin(new CallBackLine
        {
            Id = Ids.New(clock), CallId = ticket.CallId, Queue = ticket.Queue, Tier = ticket.Tier, Skills = ticket.Skills, Customer = ticket.Customer, LastAgent = ticket.LastAgent,
            Phone = phone, Since = before?.Since < ticket.Since ? before.Since : ticket.Since, AskedAt = now, State = CallBackState.Waiting, Tries = 0, NextAt = now, Owner = Owner, LeasedUntil = now + Lease,
        });
    }

    /// <summary>Goes on with what another process, or a former run, has left.</summary>
    internal void Take(CallBackLine line)
    {
        if (!_mine.ContainsKey(line.Id)) Begin(line with { Owner = Owner });
    }

    /// <summary>Lets go of one that was taken back, or that another process has now.</summary>
    internal void Drop(string id)
    {
        if (_mine.TryRemove(id, out var mine)) mine.Ends.Cancel();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Begin(CallBackLine line)
    {
        var ends = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        _mine[line.Id] = (line, ends);
        Keep(line);
        _ = Serve(line, ends.Token);
    }

    private async Task Serve(CallBackLine line, CancellationToken ct)
    {
        var entry = queues.Keep(line.Ticket);
        try
        {
            var dialler = await _dialler.Task.WaitAsync(ct).ConfigureAwait(false);
            while (line.Tries < Tries)
            {
                await Due(line, ct).ConfigureAwait(false);
                var reservation = await entry.NextAgent(ct).ConfigureAwait(false);
                var result = await dialler.Dial(new DueCallBack(line.Id, line.CallId, line.Queue, line.Phone, line.Customer, line.Tries + 1, reservation), ct).ConfigureAwait(false);
                if (result == CallBackResult.AgentFailed) reservation.Failed(RingEnd.NoAnswer);
                else reservation.Released();
                if (result == CallBackResult.Connected)
                {
                    queues.Connected(entry, reservation);
                    End(line, CallBackState.Connected);
                    return;
                }
                if (result == CallBackResult.CustomerNotReached) Keep(line = line with { Tries = line.Tries + 1, NextAt = clock.GetUtcNow() + Pause });
            }
            End(line, CallBackState.NotReached);
            await tell.Execute(line.Customer, line.Phone, Texts.NotReached(calendars.Hotline), "call-back:" + line.Id, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Taken back, taken over, or the process stops: whoever has it next reads it from the database.
        }
        finally
        {
            entry.Leave(QueueLeft.TimedOut);
        }
    }

    private async Task Due(CallBackLine line, CancellationToken ct)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var queue = book.Of(line.Queue);
            var at = book.IsOpen(queue, now) || book.OpensAt(queue, now) is not { } opens ? line.NextAt : opens > line.NextAt ? opens : line.NextAt;
            if (at <= now) return;
            await Task.Delay(at - now, clock, ct).ConfigureAwait(false);
        }
    }

    private void Keep(CallBackLine line)
    {
        if (_mine.TryGetValue(line.Id, out var mine)) _mine[line.Id] = mine with { Line = line };
        journal.Add(KeepCallBacks.Kind, line);
    }

    private void End(CallBackLine line, CallBackState state)
    {
        if (!_mine.TryRemove(line.Id, out var mine)) return;
        journal.Add(KeepCallBacks.Kind, line with { State = state, EndedAt = clock.GetUtcNow() });
        if (state == CallBackState.Cancelled) mine.Ends.Cancel();
    }
}
