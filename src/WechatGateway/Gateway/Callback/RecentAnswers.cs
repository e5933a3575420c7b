namespace Courier.WechatGateway.Callback;

/// <summary>What a callback came to. Kept for repeated attempts, so it holds the words, not the envelope.</summary>
/// <param name="Outcome">For counters.</param>
/// <param name="Text">What the customer is told at once; null for nothing (<c>success</c>).</param>
/// <param name="HasFailed">Is it an apology only? Then those who wait get it, and a later attempt does the work anew.</param>
internal sealed record CallbackAnswer(string Outcome, string? Text, bool HasFailed = false);

/// <summary>
/// Gives every attempt of one callback the same answer: a second attempt waits for the first, and gets the stored answer once
/// that is there. In memory and bounded: after a crash the work is done again, and its effects carry their own keys.
/// </summary>
internal sealed class RecentAnswers(DuplicateOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<CallbackAnswer>> _answers = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset Until)> _answered = new();

    /// <summary>How many callbacks are remembered, running ones included.</summary>
    public int Count { get { lock (_gate) return _answers.Count; } }

    /// <summary>The answer of the first attempt, which is started when there is none.</summary>
    /// <param name="key">Alike for all attempts of one callback.</param>
    /// <param name="work">The first attempt; it fails only when the process ends.</param>
    /// <param name="isRepeated">Whether an earlier attempt is known.</param>
    public Task<CallbackAnswer> Of(string key, Func<Task<CallbackAnswer>> work, out bool isRepeated)
    {
        var first = new TaskCompletionSource<CallbackAnswer>(); // the answers go out from where the work ended
        lock (_gate)
        {
            Forget(clock.GetUtcNow());
            isRepeated = _answers.TryGetValue(key, out var known);
            if (isRepeated) return known!;
            _answers.Add(key, first.Task);
        }
        _ = Run(key, work, first);
        return first.Task;
    }

    private async Task Run(string key, Func<Task<CallbackAnswer>> work, TaskCompletionSource<CallbackAnswer> first)
    {
        var running = Started(work);
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            // What failed is not an answer: the next attempt does the work.
            if (running is { IsCompletedSuccessfully: true, Result.HasFailed: false }) _answered.Enqueue((key, clock.GetUtcNow() + options.Keep));
            else _answers.Remove(key);
        }
        first.SetFromTask(running);
    }

    // What is thrown before the work has begun to wait is its failure too: nobody may wait for ever.
    private static async Task<CallbackAnswer> Started(Func<Task<CallbackAnswer>> work) => await work().ConfigureAwait(false);

    private void Forget(DateTimeOffset now)
    {
        while (_answered.TryPeek(out var oldest) && (oldest.Until <= now || _answered.Count > options.Most))
        {
            _answered.Dequeue();
            _answers.Remove(oldest.Key);
        }
    }
}
