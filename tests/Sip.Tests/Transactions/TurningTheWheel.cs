using Courier.Sip.Transactions;
using Courier.Testing;

namespace Courier.Sip.Tests.Transactions;

public sealed class TurningTheWheel
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(500)]
    [InlineData(32_000)]
    [InlineData(40_960)]
    [InlineData(100_000)]
    public void A_timer_runs_out_at_its_tick_and_once(int milliseconds)
    {
        using var wheel = new TimerWheel(_clock);
        _clock.Advance(TimeSpan.FromMilliseconds(7));
        var elapsed = 0;
        wheel.Start(TimeSpan.FromMilliseconds(milliseconds), () => elapsed++);
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        _clock.Advance(TimeSpan.Zero);
        (elapsed == 0 || milliseconds < 10).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        elapsed.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(100));
        elapsed.ShouldBe(1);
        wheel.Running.ShouldBe(0);
    }

    [Fact]
    public void A_stopped_timer_never_runs_out()
    {
        using var wheel = new TimerWheel(_clock);
        var timer = wheel.Start(TimeSpan.FromSeconds(1), () => throw new InvalidOperationException());
        wheel.Stop(timer).ShouldBeTrue();
        wheel.Stop(timer).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(2));
        wheel.Running.ShouldBe(0);
    }

    [Fact]
    public void Timers_may_start_and_stop_others_when_they_run_out()
    {
        using var wheel = new TimerWheel(_clock);
        List<string> log = [];
        Timed? second = null;
        wheel.Start(TimeSpan.FromMilliseconds(100), () =>
        {
            log.Add("first");
            wheel.Stop(second!);
            wheel.Start(TimeSpan.FromMilliseconds(100), () => log.Add("third"));
        });
        second = wheel.Start(TimeSpan.FromMilliseconds(150), () => log.Add("second"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        log.ShouldBe(["first", "third"]);
    }

    [Fact]
    public void After_a_stall_everything_that_is_due_runs_out()
    {
        using var wheel = new TimerWheel(_clock);
        var elapsed = 0;
        for (var i = 0; i < 1000; i++) wheel.Start(TimeSpan.FromMilliseconds(i * 50), () => elapsed++);
        _clock.Sleep(TimeSpan.FromSeconds(60));
        elapsed.ShouldBe(1000);
    }

    [Fact]
    public void A_wheel_with_nothing_to_time_wakes_nobody_and_turns_again_when_it_is_asked()
    {
        using var wheel = new TimerWheel(_clock);
        _clock.Waiting.ShouldBe(0);
        for (var round = 0; round < 2; round++)
        {
            var elapsed = 0;
            wheel.Start(TimeSpan.FromMilliseconds(500), () => elapsed++);
            _clock.Waiting.ShouldBe(1);
            _clock.Advance(TimeSpan.FromMilliseconds(499));
            elapsed.ShouldBe(0);
            _clock.Advance(TimeSpan.FromMilliseconds(11));
            elapsed.ShouldBe(1);
            _clock.Waiting.ShouldBe(0);
            _clock.Sleep(TimeSpan.FromDays(400));
        }
    }
}
