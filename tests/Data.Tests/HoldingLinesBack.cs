using Courier.Kernel;
using Courier.Testing;

namespace Courier.Data.Tests;

/// <summary>A flood of the same trouble is one line of log a minute, and the memory of it does not grow.</summary>
public sealed class HoldingLinesBack
{
    private readonly FakeClock _clock = new();
    private readonly OnceAMinute _seldom;

    public HoldingLinesBack() => _seldom = new OnceAMinute(_clock);

    [Fact]
    public void The_first_line_is_written_and_the_next_a_minute_later_with_the_count_of_those_between()
    {
        _seldom.IsDue("a", out var heldBack).ShouldBeTrue();
        heldBack.ShouldBe(0);
        for (var i = 0; i < 500; i++) _seldom.IsDue("a", out _).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(59));
        _seldom.IsDue("a", out _).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _seldom.IsDue("a", out heldBack).ShouldBeTrue();
        heldBack.ShouldBe(501);
        _clock.Advance(TimeSpan.FromHours(1));
        _seldom.IsDue("a", out heldBack).ShouldBeTrue();
        heldBack.ShouldBe(0);
    }

    [Fact]
    public void Each_kind_has_a_line_of_its_own()
    {
        _seldom.IsDue("a", out _).ShouldBeTrue();
        _seldom.IsDue("b", out _).ShouldBeTrue();
        _seldom.IsDue("b", out _).ShouldBeFalse();
    }

    [Fact]
    public void Beyond_so_many_kinds_all_others_share_one_line_until_some_have_been_quiet()
    {
        var written = Enumerable.Range(0, 5 * OnceAMinute.MostKinds).Count(i => _seldom.IsDue($"kind {i}", out _));
        written.ShouldBe(OnceAMinute.MostKinds + 1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _seldom.IsDue("one more", out _).ShouldBeTrue();
        _seldom.IsDue("and another", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_threads_one_writes()
    {
        var due = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => _seldom.IsDue("a", out var _))));
        due.Count(isDue => isDue).ShouldBe(1);
    }
}
