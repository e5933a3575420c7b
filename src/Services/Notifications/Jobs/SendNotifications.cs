using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Conversations;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Notifications;

/// <summary>
/// Sends what is due: takes a portion by lease, sends it without any transaction, and writes the results as they come, together
/// what came while the last ones were written. After a crash only what was under way just then comes again, with the same
/// message ids: at least once.
/// </summary>
internal sealed partial class SendNotifications(
    Db db, SendOne one, IJobAlarm alarm, TimeProvider clock, NotificationsOptions options, ILogger<SendNotifications> log) : IScheduledJob
{
    private static readonly Counter<long> Total =
        CourierMetrics.Meter.CreateCounter<long>("courier_notifications_total", description: "Attempts to tell a customer something, by kind, channel and outcome.");

    // No send begins this shortly before the lease ends: it would be recorded by a process that does not own it any more.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    public async Task Run(CancellationToken ct)
    {
        while (await RunOnce(ct).ConfigureAwait(false) > 0) ct.ThrowIfCancellationRequested();
    }

    /// <summary>Takes one portion and sends it.</summary>
    /// <returns>How many notifications were taken.</returns>
    public async Task<int> RunOnce(CancellationToken ct)
    {
        var claim = Ids.New(clock);
        var deadline = clock.GetUtcNow() + options.Lease - Reserve;
        var (taken, due) = await DueMessages.Take(db, clock, options, claim, ct).ConfigureAwait(false);
        if (due.Count == 0) return taken;
        var silenced = await Silenced(due, ct).ConfigureAwait(false);
        var results = Channel.CreateUnbounded<SendResult>(new UnboundedChannelOptions { SingleReader = true });
        var recording = RecordAll(claim, results.Reader); // even at a shutdown: what was sent must be known
        var unsent = await SendAll(due, silenced, results.Writer, () => !ct.IsCancellationRequested && !recording.IsCompleted && clock.GetUtcNow() < deadline, ct)
            .ConfigureAwait(false);
        results.Writer.Complete();
        await recording.ConfigureAwait(false);
        await RecordResults.GiveBack(db, claim, unsent, CancellationToken.None).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        return taken;
    }

    /// <returns>What was not sent, because <paramref name="goesOn"/> said no.</returns>
    private async Task<IReadOnlyList<DueMessage>> SendAll(
        IReadOnlyList<DueMessage> due, IReadOnlySet<string> silenced, ChannelWriter<SendResult> results, Func<bool> goesOn, CancellationToken ct)
    {
        var unsent = new ConcurrentBag<DueMessage>();
        using var places = new SemaphoreSlim(options.Parallel);
        var sending = due.Select(async message =>
        {
            await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                if (silenced.Contains(message.Id)) results.TryWrite(Drop(message));
                else if (!goesOn()) unsent.Add(message);
                else if (await one.Run(message, ct).ConfigureAwait(false) is { } result) results.TryWrite(result);
            }
            finally
            {
                places.Release();
            }
        }).ToList();
        await Task.WhenAll(sending).ConfigureAwait(false);
        return [.. unsent];
    }

    // The bot is silent once a person has the conversation: an answer of its own that was late does not fall in between.
    private async Task<IReadOnlySet<string>> Silenced(IReadOnlyList<DueMessage> due, CancellationToken ct)
    {
        var late = due.Where(m => m.Kind == NotificationKind.LateAnswer).ToList();
        if (late.Count == 0) return new HashSet<string>();
        var turns = await HumanTurns.Of(db, [.. late.Select(m => m.Customer).Distinct()], ct).ConfigureAwait(false);
        var since = turns.ToDictionary(t => t.Customer, t => t.Since);
        return late.Where(m => since.TryGetValue(m.Customer, out var from) && from > m.PlannedAt).Select(m => m.Id).ToHashSet();
    }

    private static SendResult Drop(DueMessage message) =>
        new(message, [], new Decision(NotificationState.Dropped, "", "a person has taken over"));

    private async Task RecordAll(string claim, ChannelReader<SendResult> results)
    {
        while (await results.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var come = new List<SendResult>();
            while (results.TryRead(out var result)) come.Add(result);
            await Record(claim, come).ConfigureAwait(false);
        }
    }

    private async Task Record(string claim, IReadOnlyList<SendResult> results)
    {
        var own = await RecordResults.Write(db, clock, claim, results, CancellationToken.None).ConfigureAwait(false);
        if (own < results.Count) LeaseRanOut(log, results.Count - own);
        foreach (var result in results) Count(result);
        var awaited = results.SelectMany(r => r.Attempts).Where(a => a.AwaitsConfirmation).Select(a => a.ProviderId).OfType<string>().ToList();
        await Confirmations.Apply(db, alarm, clock, awaited, CancellationToken.None).ConfigureAwait(false);
    }

    private static void Count(SendResult result)
    {
        foreach (var attempt in result.Attempts)
            Total.Add(1, new TagList { { "kind", EnumText<NotificationKind>.Of(result.Message.Kind) }, { "channel", attempt.Channel }, { "outcome", EnumText<SendState>.Of(attempt.State) } });
        if (result.Attempts.Count == 0)
            Total.Add(1, new TagList { { "kind", EnumText<NotificationKind>.Of(result.Message.Kind) }, { "channel", "none" }, { "outcome", EnumText<NotificationState>.Of(result.Decision.State) } });
    }

    [LoggerMessage(LogLevel.Warning, "{Count} notifications were sent after their lease had run out; another process may have sent them too, with the same ids")]
    private static partial void LeaseRanOut(ILogger log, int count);
}
