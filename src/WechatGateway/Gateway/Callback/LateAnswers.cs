using System.Collections.Concurrent;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.WechatGateway.Spool;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Callback;

/// <summary>
/// Answers that were not ready in time. That one is owed is written down before WeChat is told <c>success</c>; when the answer is
/// there, it is planned as a message in the same step that crosses the debt out. Should the process die in between, the job
/// <c>wechat.settle_late_answers</c> apologises to the customer instead, so that nobody waits for ever.
/// </summary>
internal sealed partial class LateAnswers(
    Db db, DataKeys keys, TimeProvider clock, IJobAlarm alarm, CallbackSpool spool, ILogger<LateAnswers> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ForWriting = TimeSpan.FromMilliseconds(300);
    private const int Portion = 100;

    private const string Owed =
        """
        select callback_key as CallbackKey, app_id as AppId, openid as OpenId, owed_until as OwedUntil
        from wechat_late_answers
        where owed_until <= @now
        order by owed_until
        limit @size
        """;

    private const string Settled = "delete from wechat_late_answers where callback_key = @key";

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Writes the debt down and sees to it that the words follow when they are there.</summary>
    /// <param name="question">Who waits for what.</param>
    /// <param name="words">What is to be told; null when the callback is in the spool by then, which will see to it.</param>
    /// <returns>Whether the debt is written down: else a crash would forget it.</returns>
    public async Task<bool> Promise(Question question, Task<Handled?> words)
    {
        var written = WriteDown(question);
        var within = Task.Delay(ForWriting, clock);
        await Task.WhenAny(written, within).ConfigureAwait(false);
        var following = Follow(question, words, written);
        _running[question.Key] = following;
        _ = following.ContinueWith(_ => _running.TryRemove(question.Key, out var _), TaskScheduler.Default);
        return written.IsCompletedSuccessfully;
    }

    /// <summary>Plans the words as a message to the one who asked; once, however often it is tried.</summary>
    public async Task Tell(Question question, string? text, CancellationToken ct)
    {
        if (question.Sender is not { } sender) return;
        await Plan(question.Account.AppId, sender, question.Key, question.Inbound.SentAt, text, ct).ConfigureAwait(false);
    }

    /// <summary>Apologises for answers that are owed for too long: the process that worked on them is gone, or stuck.</summary>
    public async Task Settle(CancellationToken ct)
    {
        foreach (var row in await db.Query<OwedAnswer>(Owed, new { now = clock.GetUtcNow(), size = Portion }, ct).ConfigureAwait(false))
            await Plan(row.AppId, OpenId.Parse(row.OpenId), row.CallbackKey, row.OwedUntil - Patience, Texts.Failed, ct).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A process that stops finishes what it owes, as long as it is given time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task Follow(Question question, Task<Handled?> words, Task written)
    {
        var handled = await words.ConfigureAwait(false);
        await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (written.IsFaulted) NotWritten(log, written.Exception!.InnerException, question.Key);
        if (handled is null) return;
        var telling = Tell(question, handled.Text, CancellationToken.None);
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!telling.IsFaulted) return;
        if (db.IsAway(telling.Exception!.InnerException!) && await spool.Keep(question).ConfigureAwait(false)) return;
        NotPlanned(log, telling.Exception!.InnerException, question.Key);
    }

    private Task WriteDown(Question question) => question.Sender is not { } sender ? Task.CompletedTask : Task.Run(() => db.InTransaction(tx =>
        tx.InsertRows("wechat_late_answers", ["callback_key", "app_id", "openid", "owed_until"],
            [[question.Key, question.Account.AppId, sender.Text, clock.GetUtcNow() + Patience]], ifAbsent: true)));

    private async Task Plan(string appId, OpenId sender, string key, DateTimeOffset askedAt, string? text, CancellationToken ct)
    {
        var customer = await RecogniseCustomer.Execute(db, clock, new WechatIdentity(appId, sender, null), ct).ConfigureAwait(false);
        await db.InTransaction(async tx =>
        {
            if (text is not null) await PlanNotification.Execute(tx, keys, alarm, clock, [Message(customer, appId, sender, key, askedAt, text)], ct).ConfigureAwait(false);
            await tx.Execute(Settled, new { key }, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    // In the order of asking: what was in the spool may be answered in any. Of this kind none is left out for a newer one.
    private static PlannedNotification Message(CustomerId customer, string appId, OpenId sender, string key, DateTimeOffset askedAt, string text) => new(
        customer, NotificationKind.LateAnswer, $"late:{key}", text, TemplateKind: null, TemplateData: null, Url: null,
        OrderKey: $"late:{appId}", askedAt.ToUnixTimeMilliseconds(), OnlyAppId: appId, OnlyAddress: sender.Text);

    private sealed record OwedAnswer
    {
        public required string CallbackKey { get; init; }
        public required string AppId { get; init; }
        public required string OpenId { get; init; }
        public required DateTimeOffset OwedUntil { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "That a late answer is owed could not be written down, callback {Callback}")]
    private static partial void NotWritten(ILogger log, Exception? error, string callback);

    [LoggerMessage(LogLevel.Error, "A late answer could not be planned, callback {Callback}")]
    private static partial void NotPlanned(ILogger log, Exception? error, string callback);
}

/// <summary>Settles late answers whose process is gone.</summary>
internal sealed class SettleLateAnswers(LateAnswers late) : IScheduledJob
{
    public Task Run(CancellationToken ct) => late.Settle(ct);
}
