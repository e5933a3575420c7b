namespace Courier.WechatGateway.Callback;

/// <summary>What a callback came to. Kept for repeated attempts, so it holds the words, not the envelope.</summary>
/// <param name="Outcome">For counters.</param>
/// <param name="Text">What the customer is told at once; null for nothing (<c>success</c>).</param>
/// <param name="HasFailed">Is it an apology only? Then those who wait get it, and a later attempt does the work anew.</param>
internal sealed record CallbackAnswer(string Outcome, string? Text, bool HasFailed = false);

/// <summary>
/// Gives every attempt of one callback the same answer: a second attempt waits for the first, and gets the stored answer once
/// that is there. In memory and bounded: after a crash the work is done again, and its effects carry their own keys.
/// What is remembered outlives many collections of garbage, so it lies in places that are used again and again instead of in
/// objects of its own, which each collection would have to move.
/// </summary>
internal sealed class RecentAnswers(DuplicateOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, object> _answers = []; // a running Task<CallbackAnswer>, or the place of its answer
    private readonly Queue<(UInt128 Id, DateTimeOffset Until)> _answered = new();
    private readonly Stack<Place> _free = new();

    /// <summary>How many callbacks are remembered, running ones included.</summary>
    public int Count { get { lock (_gate) return _answers.Count; } }

    /// <summary>The answer of the first attempt, which is started when there is none.</summary>
    /// <param name="id">Alike for all attempts of one callback, and for no other.</param>
    /// <param name="work">The first attempt; it fails only when the process ends.</param>
    /// <param name="isRepeated">Whether an earlier attempt is known.</param>
    public Task<CallbackAnswer> Of(UInt128 id, Func<Task<CallbackAnswer>> work, out bool isRepeated)
    {
        var first = new TaskCompletionSource<CallbackAnswer>(); // the answers go out from where the work ended
        lock (_gate)
        {
            Forget(clock.GetUtcNow());
            isRepeated = _answers.TryGetValue(id, out var known);
            if (isRepeated) return known is Place place ? Task.FromResult(place.Answer) : (Task<CallbackAnswer>)known!;
            _answers.Add(id, first.Task);
        }
        _ = Run(id, work, first);
        return first.Task;
    }

    private async Task Run(UInt128 id, Func<Task<CallbackAnswer>> work, TaskCompletionSource<CallbackAnswer> first)
    {
        var running = Started(work);
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            // What failed is not an answer: the next attempt does the work.
            if (running is { IsCompletedSuccessfully: true, Result: { HasFailed: false } answer }) Keep(id, answer);
            else _answers.Remove(id);
        }
        first.SetFromTask(running);
    }

    // What is thrown before the work has begun to wait is its failure too: nobody may wait for ever.
    private static async Task<CallbackAnswer> Started(Func<Task<CallbackAnswer>> work) => await work().ConfigureAwait(false);

    private void Keep(UInt128 id, CallbackAnswer answer)
    {
        if (!_free.TryPop(out var place)) place = new Place();
        place.Answer = answer;
        _answers[id] = place;
        _answered.Enqueue((id, clock.GetUtcNow() + options.Keep));
    }

    private void Forget(DateTimeOffset now)
    {
        while (_answered.TryPeek(out var oldest) && (oldest.Until <= now || _answered.Count > options.Most))
        {
            _answered.Dequeue();
            if (_answers.Remove(oldest.Id, out var place)) _free.Push((Place)place);
        }
    }

    /// <summary>Room for an answer; it grows to the longest that it has held.</summary>
    private sealed class Place
    {
        private string _outcome = "";
        private char[] _text = [];
        private int _length;

        public CallbackAnswer Answer
        {
            get => new(_outcome, _length < 0 ? null : new string(_text, 0, _length));
            set
            {
                _outcome = value.Outcome;
                _length = value.Text?.Length ?? -1;
                if (_length > _text.Length) _text = new char[_length];
                value.Text?.CopyTo(_text);
            }
        }
    }
}
