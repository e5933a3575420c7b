using Courier.Kernel.Data;
using Courier.Testing;
using Courier.WechatGateway.Callback;
using Courier.WechatGateway.Spool;

namespace Courier.Gateway.Tests.Receiving;

/// <summary>A database server that is gone, and one that is there and answers nobody.</summary>
public sealed class WhileMariaDbIsAway : IAsyncLifetime
{
    private MariaDb _maria = null!;
    private CourierApp _app = null!;

    public async Task InitializeAsync()
    {
        _maria = await MariaDb.OfItsOwn();
        _app = await CourierApp.Start(new() { MariaDb = await _maria.Create(), Settings = new Dictionary<string, string> { ["Database:CommandTimeout"] = "00:00:10" } });
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_server_that_was_killed_costs_nobody_a_message()
    {
        var follower = await _app.AddFollower(Pushes.Official);
        await _app.Say(follower, "帮助");
        await _maria.Kill();
        (await _app.Say(follower, "人工")).ShouldContain("我已经记下");
        (await _app.Get<DrainSpool>().RunOnce(default)).ShouldBeFalse();
        await _maria.Restart();
        await Drain();
        (await Conversations()).ShouldBe(1);
        await Wait.Until(() => Hears(follower), "the answer arrives");
    }

    [Fact]
    public async Task A_server_that_answers_nobody_costs_four_seconds_once_and_no_message()
    {
        var wechat = Pushes.ToOfficial(_app);
        await wechat.Say("帮助");
        var (answered, asked) = (_app.Get<RecentAnswers>().Count, _app.Clock.GetUtcNow());
        _maria.Hold();
        var answer = wechat.Say("人工");
        await Wait.Until(() => _app.Get<RecentAnswers>().Count > answered, "the gateway is at it");
        _app.Clock.Advance(TimeSpan.FromSeconds(4)); // for the work, then a moment for the debt
        await Wait.Until(() => Passes(answer, asked + TimeSpan.FromSeconds(4.8)), "the answer comes");
        (await answer).ShouldContain("我已经记下");

        _maria.GoOn();
        await Drain();
        (await Conversations()).ShouldBe(1);
    }

    private bool Passes(Task answer, DateTimeOffset latest)
    {
        if (!answer.IsCompleted && _app.Clock.GetUtcNow() < latest) _app.Clock.Advance(TimeSpan.FromMilliseconds(10));
        return answer.IsCompleted;
    }

    // Sending may meet a connection that the outage broke, and then tries again a little later.
    private async Task<bool> Hears(string follower)
    {
        await _app.Settle();
        if ((await _app.InboxOf(follower)).Any(e => e.Kind == "custom" && e.Text.Contains("客服"))) return true;
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        return false;
    }

    // Connections that the outage broke are found out one by one.
    private async Task Drain()
    {
        await Wait.Until(async () => await _app.Get<DrainSpool>().RunOnce(default), "the spool is drained");
        await _app.Settle();
    }

    private async Task<long> Conversations() => await _app.Get<Db>().First<long>("select count(*) from conversations_conversations");
}
