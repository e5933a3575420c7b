using Courier.Testing;
using Courier.WechatGateway.Callback;

namespace Courier.Gateway.Tests.Receiving;

public sealed class SlowAnswers : IAsyncLifetime
{
    private readonly GatewayApp _gateway = new();

    private CourierApp App => _gateway.App;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task After_four_seconds_the_answer_is_success_and_the_words_follow_as_a_message()
    {
        var follower = await Follower();
        _gateway.Sms.Hold();
        var asked = DateTimeOffset.FromUnixTimeSeconds(App.Clock.GetUtcNow().ToUnixTimeSeconds()); // as WeChat tells it
        var answer = Pushes.ToOfficial(App).As(follower).Say("绑定手机 13800000001", msgId: 5);
        await Wait.Until(() => _gateway.Sms.Sent == 1, "the handler waits");
        App.Clock.Advance(TimeSpan.FromSeconds(3.9));
        answer.IsCompleted.ShouldBeFalse();
        App.Clock.Advance(TimeSpan.FromSeconds(0.2));
        (await answer).ShouldBeEmpty();

        (await Pushes.ToOfficial(App).As(follower).Say("绑定手机 13800000001", msgId: 5)).ShouldBeEmpty("a repeat gets what the first got");
        _gateway.Sms.LetGo();
        await Wait.Until(async () => await Debts() == 0, "the debt is settled");
        (await App.Get<Kernel.Data.Db>().First<long>("select max(order_version) from notifications_messages where kind = 'late_answer'"))
            .ShouldBe(asked.ToUnixTimeMilliseconds(), "late answers follow one another as they were asked");
        await App.Settle();
        (await App.InboxOf(follower)).ShouldContain(e => e.Kind == "custom" && e.Text.Contains("138****0001"));
        _gateway.Sms.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_back_end_that_needs_thirty_seconds_keeps_WeChat_waiting_less_than_four_and_a_half()
    {
        var follower = await Follower();
        await App.Say(follower, "帮助");
        _gateway.Sms.Hold();
        var asked = App.Clock.GetUtcNow();
        var answer = Pushes.ToOfficial(App).As(follower).Say("绑定手机 13800000003");
        await Wait.Until(() => _gateway.Sms.Sent == 1, "the handler waits");
        App.Clock.Advance(TimeSpan.FromSeconds(4.2));
        (await answer.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeEmpty("though no more time goes by");

        App.Clock.Advance(asked + TimeSpan.FromSeconds(30) - App.Clock.GetUtcNow());
        _gateway.Sms.LetGo();
        await Wait.Until(async () => await Debts() == 0, "the debt is settled");
        await App.Settle();
        (await App.InboxOf(follower)).ShouldContain(e => e.Kind == "custom" && e.Text.Contains("138****0003"));
    }

    [Fact]
    public async Task When_the_process_dies_over_a_slow_answer_the_customer_hears_an_apology()
    {
        var follower = await Follower();
        await App.Say(follower, "帮助"); // the window of two days is open
        _gateway.Sms.Hold();
        var answer = Pushes.ToOfficial(App).As(follower).Say("绑定手机 13800000001");
        await Wait.Until(() => _gateway.Sms.Sent == 1, "the handler waits");
        App.Clock.Advance(TimeSpan.FromSeconds(4.1));
        (await answer).ShouldBeEmpty();
        (await Debts()).ShouldBe(1);

        App.Clock.Advance(TimeSpan.FromMinutes(3)); // the handler never comes back
        await App.RunJob("wechat.settle_late_answers");
        (await Debts()).ShouldBe(0);
        await App.Settle();
        (await App.InboxOf(follower)).ShouldContain(e => e.Kind == "custom" && e.Text.Contains("抱歉"));
    }

    [Fact]
    public async Task A_mini_programs_window_is_answered_by_a_message()
    {
        var follower = await App.AddFollower(Pushes.MiniProgram);
        (await App.Say(follower, "帮助")).ShouldBeEmpty();
        await App.Settle();
        (await App.InboxOf(follower)).ShouldContain(e => e.Kind == "custom" && e.Text.Contains("人工"));
    }

    private Task<string> Follower() => App.AddFollower(Pushes.Official);

    private async Task<long> Debts() => await App.Get<Kernel.Data.Db>().First<long>("select count(*) from wechat_late_answers");
}
