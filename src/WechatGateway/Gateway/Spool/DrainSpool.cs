using System.Collections.Concurrent;
using Courier.Kernel.Data;
using Courier.WechatGateway.Callback;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Spool;

/// <summary>
/// Handles what waits in the spool once the database is back: what one customer sent in its order, customers side by side. Answers
/// follow as messages. Handling the same callback again, after a crash, has its effects once: they carry the callback's key. What takes
/// too long by itself is put off, with what the same customer sent after it; all others are served past it.
/// </summary>
internal sealed partial class DrainSpool(
    CallbackSpool spool, HandleCallback handling, LateAnswers late, DatabaseCheck check, Db db, WechatOptions options, TimeProvider clock, ILogger<DrainSpool> log) : BackgroundService
{
    private const int Portion = 256, Parallel = 8, Tries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), BetweenLooks = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _running = new(1, 1);
    private readonly HashSet<long> _done = []; // by where the lines end: done with, but something older is not
    private readonly ConcurrentDictionary<long, int> _timeouts = []; // how often each was put off

    private enum Outcome { Done, PutOff, Away }

    /// <summary>Goes through all that waits once, unless the database is away.</summary>
    /// <returns>False when something is left: the database is away, or some took too long and are tried again next time.</returns>
    public async Task<bool> RunOnce(CancellationToken ct)
    {
        await _running.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var sweep = new Sweep();
            while (spool.Waiting(Portion, end => _done.Contains(end) || sweep.PutOff.Contains(end)) is { Count: > 0 } waiting)
            {
                await Handle(waiting, sweep, ct).ConfigureAwait(false);
                spool.Met(sweep.IsAway);
                if (sweep.IsAway) return false;
            }
            spool.Met(isAway: false);
            return sweep.PutOff.Count == 0;
        }
        finally
        {
            _running.Release();
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _running.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            for (var pause = FirstPause; ;)
            {
                spool.Adopt();
                if (await RunOnce(stoppingToken).ConfigureAwait(false))
                {
                    pause = FirstPause;
                    await SomethingToDo(stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(false);
                    pause = pause * 2 < options.Spool.LongestPause ? pause * 2 : options.Spool.LongestPause;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what waits is on the disk
        }
    }

    // The bell, or a look from time to time whether a neighbour has left something.
    private async Task SomethingToDo(CancellationToken ct)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(spool.Bell.WaitToReadAsync(look.Token).AsTask(), Task.Delay(BetweenLooks, clock, look.Token)).ConfigureAwait(false);
        await look.CancelAsync().ConfigureAwait(false);
        spool.Bell.TryRead(out _);
        ct.ThrowIfCancellationRequested();
    }

    private async Task Handle(IReadOnlyList<(Question? Question, string Line, long End)> waiting, Sweep sweep, CancellationToken ct)
    {
        var handled = new ConcurrentDictionary<long, Question?>();
        foreach (var (_, line, end) in waiting.Where(w => w.Question is null))
        {
            Refuse(line);
            handled[end] = null;
        }
        var customers = waiting.Where(w => w.Question is not null).GroupBy(w => (w.Question!.Account.AppId, w.Question.Inbound.OpenId));
        await System.Threading.Tasks.Parallel.ForEachAsync(customers, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct }, async (mine, _) =>
        {
            foreach (var (question, line, end) in mine)
            {
                if (sweep.IsAway) return;
                var outcome = sweep.IsPutOff(mine.Key) ? Outcome.PutOff : await Handle(question!, line, end).ConfigureAwait(false);
                if (outcome == Outcome.Done) handled[end] = question;
                else sweep.Add(outcome, mine.Key, end);
            }
        }).ConfigureAwait(false);
        _done.UnionWith(handled.Keys);
        spool.Done(handled.Values.OfType<Question>(), _done);
        GatewayMetrics.Drained(handled.Count);
    }

    private async Task<Outcome> Handle(Question question, string line, long end)
    {
        for (var attempt = 1; ; attempt++)
        {
            var work = Answer(question);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (work.IsCompletedSuccessfully) break;
            var error = work.Exception?.InnerException;
            if (error is DatabaseTimeout && await check.CanBeWritten().ConfigureAwait(false))
            {
                if (_timeouts.AddOrUpdate(end, 1, static (_, before) => before + 1) < Tries) return Outcome.PutOff;
            }
            else if (error is not null && db.IsAway(error)) return Outcome.Away;
            else if (attempt < Tries) continue;
            NotHandled(log, error, question.Key);
            Refuse(line);
            break;
        }
        _timeouts.TryRemove(end, out _);
        return Outcome.Done;
    }

    private async Task Answer(Question question)
    {
        var handled = await handling.Execute(question, CancellationToken.None).ConfigureAwait(false);
        if (question.ExpectsReply) await late.Tell(question, handled.Text, CancellationToken.None).ConfigureAwait(false);
    }

    private void Refuse(string line)
    {
        spool.PutAside(line);
        GatewayMetrics.SpoolRefused();
    }

    [LoggerMessage(LogLevel.Error, "A callback of the spool could not be handled and is put aside, callback {Callback}")]
    private static partial void NotHandled(ILogger log, Exception? error, string callback);

    /// <summary>One time through all that waits: what it leaves for the next.</summary>
    private sealed class Sweep
    {
        private readonly HashSet<(string AppId, string OpenId)> _customers = [];
        private volatile bool _isAway;

        public bool IsAway => _isAway;

        /// <summary>Where the lines end that are put off; read between portions.</summary>
        public HashSet<long> PutOff { get; } = [];

        public bool IsPutOff((string AppId, string OpenId) customer) { lock (_customers) return _customers.Contains(customer); }

        public void Add(Outcome outcome, (string AppId, string OpenId) customer, long end)
        {
            if (outcome == Outcome.Away) _isAway = true;
            lock (_customers)
            {
                _customers.Add(customer);
                PutOff.Add(end);
            }
        }
    }
}
