using Courier.Testing;
using Courier.WechatGateway;
using Courier.WechatGateway.Callback;

namespace Courier.Gateway.Tests.Receiving;

public sealed class RememberingAnswers
{
    private readonly FakeClock _clock = new();
    private readonly RecentAnswers _recent;
    private int _done;

    public RememberingAnswers() => _recent = new RecentAnswers(new DuplicateOptions { Keep = TimeSpan.FromSeconds(90), Most = 100 }, _clock);

    [Fact]
    public async Task An_answer_is_kept_for_its_time_and_then_forgotten()
    {
        await Ask("a");
        _clock.Advance(TimeSpan.FromSeconds(89));
        await Ask("a");
        _done.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Ask("a");
        _done.ShouldBe(2);
    }

    [Fact]
    public async Task The_memory_is_bounded_and_the_oldest_goes_first()
    {
        for (var i = 0; i < 500; i++) await Ask($"k{i}");
        _recent.Count.ShouldBeLessThanOrEqualTo(102);
        await Ask("k499");
        _done.ShouldBe(500);
        await Ask("k0");
        _done.ShouldBe(501);
    }

    [Fact]
    public async Task A_failure_is_no_answer_and_the_next_attempt_does_the_work()
    {
        await Should.ThrowAsync<InvalidOperationException>(_recent.Of(IdOf("a"), () => throw new InvalidOperationException("away"), out _));
        await Ask("a");
        _done.ShouldBe(1);
    }

    [Fact]
    public async Task An_apology_goes_to_all_who_wait_and_the_next_attempt_does_the_work()
    {
        var gate = new TaskCompletionSource();
        var waiting = Enumerable.Range(0, 3).Select(_ => _recent.Of(IdOf("a"), async () =>
        {
            await gate.Task;
            return new CallbackAnswer("failed", "sorry", HasFailed: true);
        }, out var _)).ToArray();
        gate.SetResult();
        (await Task.WhenAll(waiting)).ShouldAllBe(a => a.Text == "sorry");
        (await Ask("a")).Text.ShouldBe("words");
        (await Ask("a")).Text.ShouldBe("words");
        _done.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_attempts_at_once_are_one_piece_of_work()
    {
        var gate = new TaskCompletionSource();
        var attempts = Enumerable.Range(0, 100).Select(_ => Task.Run(() => _recent.Of(IdOf("a"), async () =>
        {
            Interlocked.Increment(ref _done);
            await gate.Task;
            return new CallbackAnswer("answered", "words");
        }, out var _))).ToArray();
        await Wait.Until(() => _recent.Count == 1, "the first attempt runs");
        gate.SetResult();
        (await Task.WhenAll(attempts)).ShouldAllBe(a => a.Text == "words");
        _done.ShouldBe(1);
    }

    private static UInt128 IdOf(string key) => key.Aggregate(UInt128.Zero, (id, c) => id * 65536 + c);

    private Task<CallbackAnswer> Ask(string key) => _recent.Of(IdOf(key), () =>
    {
        _done++;
        return Task.FromResult(new CallbackAnswer("answered", "words"));
    }, out _);
}
