using Courier.Services.Notifications;

namespace Courier.Services.Tests.Notifications;

/// <summary>Ways that a message fell back from are kept with the attempt that followed them.</summary>
public sealed class KeepingPassedWays
{
    [Fact]
    public void What_was_passed_is_kept_with_what_followed_and_read_again_in_its_order()
    {
        var kept = PassedWays.Fold(
        [
            Attempt("wechat.customer_service", SendState.FallenBack, "window_closed"), Attempt("wechat.template", SendState.FallenBack, "error 43004\r\nno follower"), Attempt("sms", SendState.Sent, ""),
        ]).ShouldHaveSingleItem();
        kept.Attempt.Channel.ShouldBe("sms");
        PassedWays.Of(kept.Passed).ShouldBe([("wechat.customer_service", "window_closed"), ("wechat.template", "error 43004 no follower")]);
    }

    [Fact]
    public void What_nothing_followed_is_an_attempt_of_its_own()
    {
        var (attempt, passed) = PassedWays.Fold([Attempt("one", SendState.FallenBack, ""), Attempt("two", SendState.FallenBack, "no_template")]).ShouldHaveSingleItem();
        attempt.ShouldBe(Attempt("two", SendState.FallenBack, "no_template"));
        PassedWays.Of(passed).ShouldBe([("one", "")]);
        PassedWays.Fold([]).ShouldBeEmpty();
    }

    [Fact]
    public void Attempts_that_were_made_stay_one_by_one()
    {
        var attempts = PassedWays.Fold(
            [Attempt("one", SendState.FallenBack, "x"), Attempt("two", SendState.Retried, "busy"), Attempt("three", SendState.FallenBack, "y"), Attempt("four", SendState.Sent, "")]).ToList();
        attempts.Select(a => a.Attempt.Channel).ShouldBe(["two", "four"]);
        attempts.Select(a => a.Passed).ShouldBe(["one x", "three y"]);
    }

    private static ChannelAttempt Attempt(string channel, SendState state, string reason) => new(channel, state, reason);
}
