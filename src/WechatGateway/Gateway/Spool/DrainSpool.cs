using Courier.Kernel.Data;
using Courier.WechatGateway.Callback;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Spool;

/// <summary>
/// Handles what waits in the spool once the database is back: what one customer sent in its order, customers side by side. Answers
/// follow as messages. Handling the same callback again, after a crash, has its effects once: they carry the callback's key.
/// </summary>
internal sealed partial class DrainSpool(
    CallbackSpool spool, HandleCallback handling, LateAnswers late, Db db, WechatOptions options, TimeProvider clock, ILogger<DrainSpool> log) : BackgroundService
{
    private const int Portion = 256, Parallel = 8, Tries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), BetweenLooks = TimeSpan.FromSeconds(30);

    /// <summary>Drains until nothing is left or the database is away.</summary>
    /// <returns>False when the database is away.</returns>
    public async Task<bool> RunOnce(CancellationToken ct)
    {
        while (spool.Waiting(Portion) is { Count: > 0 } waiting)
        {
            var isDone = await Handle(waiting, ct).ConfigureAwait(false);
            var handled = waiting.TakeWhile(w => w.Question is null || isDone.Contains(w.End)).ToList();
            foreach (var (_, line, _) in handled.Where(h => h.Question is null)) Refuse(line);
            if (handled.Count > 0) spool.Done(handled.Select(h => h.Question).OfType<Question>(), handled[^1].End);
            GatewayMetrics.Drained(handled.Count);
            spool.Met(isAway: handled.Count < waiting.Count);
            if (handled.Count < waiting.Count) return false;
        }
        spool.Met(isAway: false);
        return true;
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

    /// <returns>Where the lines end that are done with.</returns>
    private async Task<HashSet<long>> Handle(IReadOnlyList<(Question? Question, string Line, long End)> waiting, CancellationToken ct)
    {
        var done = new HashSet<long>();
        var customers = waiting.Where(w => w.Question is not null).GroupBy(w => (w.Question!.Account.AppId, w.Question.Inbound.OpenId));
        await System.Threading.Tasks.Parallel.ForEachAsync(customers, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct }, async (mine, _) =>
        {
            foreach (var (question, line, end) in mine)
            {
                if (!await Handle(question!, line).ConfigureAwait(false)) return;
                lock (done) done.Add(end);
            }
        }).ConfigureAwait(false);
        return done;
    }

    /// <returns>False when the database is away.</returns>
    private async Task<bool> Handle(Question question, string line)
    {
        for (var attempt = 1; ; attempt++)
        {
            var work = Answer(question);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (work.IsCompletedSuccessfully) return true;
            var error = work.Exception?.InnerException;
            if (error is not null && db.IsAway(error)) return false;
            if (attempt < Tries) continue;
            NotHandled(log, error, question.Key);
            Refuse(line);
            return true;
        }
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
}
