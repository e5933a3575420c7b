using Courier.Wechat.Client.Callbacks;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Callback;

/// <summary>
/// Answers a callback in time: once for all its attempts, within the budget, and never with an error that WeChat would show the
/// customer. What is not ready in time is answered with nothing and follows as a message.
/// </summary>
internal sealed partial class AnswerCallback(
    RecentAnswers recent, HandleCallback handling, LateAnswers late, WechatOptions options, TimeProvider clock, ILogger<AnswerCallback> log)
{
    /// <summary>The answer, the same for every attempt; an apology only for those that came while the work was being done.</summary>
    /// <param name="account">The account that it came to.</param>
    /// <param name="callback">The callback, proven genuine.</param>
    /// <param name="isRepeated">Whether an earlier attempt is known.</param>
    public Task<CallbackAnswer> Execute(GatewayAccount account, Wechat.Client.Callbacks.Callback callback, out bool isRepeated) =>
        recent.Of($"{account.AppId}:{callback.DeduplicationKey}", () => InTime(Question.From(account, callback)), out isRepeated);

    private async Task<CallbackAnswer> InTime(Question question)
    {
        using var over = new CancellationTokenSource();
        var budget = Task.Delay(options.ReplyBudget, clock, over.Token); // begins before the work does
        // On a thread of its own: the embedded database works on its caller's, and the budget must run out all the same.
        var work = Task.Run(() => handling.Execute(question, CancellationToken.None));
        // What nobody waits for an answer to is not promised either: WeChat repeats it until it is done.
        var isReady = !question.ExpectsReply || await Task.WhenAny(work, budget).ConfigureAwait(false) == work;
        await over.CancelAsync().ConfigureAwait(false);
        if (isReady) return await Now(question, work).ConfigureAwait(false);
        GatewayMetrics.LateAnswer();
        await late.Promise(question, WordsOf(question, work)).ConfigureAwait(false);
        return new CallbackAnswer("late", null);
    }

    private async Task<CallbackAnswer> Now(Question question, Task<Handled> work)
    {
        if (!question.ExpectsReply)
        {
            var noted = await work.ConfigureAwait(false); // its failure is WeChat's to repeat
            return new CallbackAnswer(noted.Outcome, null);
        }
        var text = await WordsOf(question, work).ConfigureAwait(false);
        var hasFailed = !work.IsCompletedSuccessfully;
        var outcome = hasFailed ? "failed" : work.Result.Outcome;
        if (text is null || question.Account.Kind == AccountKind.OfficialAccount) return new CallbackAnswer(outcome, text, hasFailed);
        await late.Tell(question, text, CancellationToken.None).ConfigureAwait(false); // a mini-program's window takes no passive reply
        return new CallbackAnswer(outcome, null);
    }

    /// <summary>What the customer is told in the end: a failure is logged here and told in words that help.</summary>
    private async Task<string?> WordsOf(Question question, Task<Handled> work)
    {
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompletedSuccessfully) return work.Result.Text;
        NotHandled(log, work.Exception?.InnerException, question.Inbound.MsgType, (question.Inbound as InboundEvent)?.EventName ?? "", question.Key);
        return question.ExpectsReply ? Texts.Failed : null;
    }

    [LoggerMessage(LogLevel.Error, "A callback could not be handled: {MessageType} {Event}, callback {Callback}")]
    private static partial void NotHandled(ILogger log, Exception? error, string messageType, string @event, string callback);
}
