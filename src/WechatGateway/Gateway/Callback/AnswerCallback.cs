using Courier.Kernel.Data;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Spool;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Callback;

/// <summary>
/// Answers a callback in time: once for all its attempts, within the budget, and never with an error that WeChat would show the
/// customer. What is not ready in time is answered with nothing and follows as a message; what the database is not there for is
/// kept in the spool and handled when it is.
/// </summary>
internal sealed partial class AnswerCallback(
    RecentAnswers recent, HandleCallback handling, LateAnswers late, CallbackSpool spool, DatabaseCheck check, Db db, ReplyBudget budget, ILogger<AnswerCallback> log)
{
    /// <summary>The answer, the same for every attempt; an apology only for those that came while the work was being done.</summary>
    /// <param name="account">The account that it came to.</param>
    /// <param name="callback">The callback, proven genuine.</param>
    /// <param name="isRepeated">Whether an earlier attempt is known.</param>
    public Task<CallbackAnswer> Execute(GatewayAccount account, Wechat.Client.Callbacks.Callback callback, out bool isRepeated) =>
        Execute(Question.From(account, callback), out isRepeated);

    private Task<CallbackAnswer> Execute(Question question, out bool isRepeated) => recent.Of(question.Id, () => InTime(question), out isRepeated);

    private async Task<CallbackAnswer> InTime(Question question)
    {
        if (spool.IsFor(question) && await spool.Keep(question).ConfigureAwait(false)) return Spooled(question);
        var waiting = budget.Begin(); // before the work does
        var work = Work(question);
        return await waiting.For(work).ConfigureAwait(false) ? await Now(question, work).ConfigureAwait(false) : await Later(question, work).ConfigureAwait(false);
    }

    // On a thread of its own: the embedded database works on its caller's, and the budget must run out all the same.
    private async Task<Handled> Work(Question question)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await handling.Execute(question, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<CallbackAnswer> Now(Question question, Task<Handled> work)
    {
        var answer = Answer(question, work);
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (AwayBy(answer) is { } cause && await Keep(question, cause).ConfigureAwait(false)) return Spooled(question);
        if (answer.IsCompletedSuccessfully || !question.ExpectsReply) return await answer.ConfigureAwait(false); // without a reply, a failure is WeChat's to repeat
        Failed(question, answer);
        return new CallbackAnswer("failed", question.Account.Kind == AccountKind.OfficialAccount ? Texts.Failed : null, HasFailed: true);
    }

    private async Task<CallbackAnswer> Answer(Question question, Task<Handled> work)
    {
        var (outcome, text) = await work.ConfigureAwait(false);
        if (text is null || question.Account.Kind == AccountKind.OfficialAccount) return new CallbackAnswer(outcome, text);
        await late.Tell(question, text, CancellationToken.None).ConfigureAwait(false); // a mini-program's window takes no passive reply
        return new CallbackAnswer(outcome, null);
    }

    // What is promised stands on a disk before WeChat hears "success": as a debt in the database, or as the callback in the spool.
    private async Task<CallbackAnswer> Later(Question question, Task<Handled> work)
    {
        GatewayMetrics.LateAnswer();
        if (question.ExpectsReply && await late.Promise(question, WordsOf(question, work)).ConfigureAwait(false)) return new CallbackAnswer("late", null);
        if (await spool.Keep(question).ConfigureAwait(false)) return Spooled(question);
        return question.ExpectsReply ? new CallbackAnswer("late", null) : await Now(question, work).ConfigureAwait(false);
    }

    /// <summary>What the customer is told in the end: a failure is logged here and told in words that help. Null when it is in the spool now.</summary>
    private async Task<Handled?> WordsOf(Question question, Task<Handled> work)
    {
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompletedSuccessfully) return work.Result;
        if (AwayBy(work) is { } cause && await Keep(question, cause).ConfigureAwait(false)) return null;
        Failed(question, work);
        return new Handled("failed", Texts.Failed);
    }

    private Exception? AwayBy(Task work) => work.Exception?.InnerException is { } error && db.IsAway(error) ? error : null;

    private Task<bool> Keep(Question question, Exception cause)
    {
        if (cause is DatabaseTimeout) _ = MeetUnlessItAnswers(); // nobody waits to learn it
        else spool.Met(isAway: true);
        return spool.Keep(question);
    }

    // One callback's work may take too long by itself: others are sent to the spool only when nothing can be read either.
    private async Task MeetUnlessItAnswers()
    {
        if (!await check.CanBeRead().ConfigureAwait(false)) spool.Met(isAway: true);
    }

    private void Failed(Question question, Task work) =>
        NotHandled(log, work.Exception?.InnerException, question.Inbound.MsgType, (question.Inbound as InboundEvent)?.EventName ?? "", question.Key);

    private static CallbackAnswer Spooled(Question question)
    {
        GatewayMetrics.Kept();
        return new CallbackAnswer("spooled", question.ExpectsReply && question.Account.Kind == AccountKind.OfficialAccount ? Texts.Spooled : null);
    }

    [LoggerMessage(LogLevel.Error, "A callback could not be handled: {MessageType} {Event}, callback {Callback}")]
    private static partial void NotHandled(ILogger log, Exception? error, string messageType, string @event, string callback);
}
