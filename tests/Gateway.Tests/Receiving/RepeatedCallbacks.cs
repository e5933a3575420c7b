using Courier.Testing;

namespace Courier.Gateway.Tests.Receiving;

/// <summary>WeChat tells a thing up to three times. The table of the gateway, row by row.</summary>
public sealed class RepeatedCallbacks
{
    [Fact]
    public async Task A_second_attempt_while_the_first_runs_waits_and_gets_the_same_reply()
    {
        await using var gateway = await Held();
        var wechat = Pushes.ToOfficial(gateway.App);
        var first = wechat.Say("绑定手机 13800000001", msgId: 1);
        await Wait.Until(() => gateway.Sms.Sent == 1, "the code is being sent");
        var others = Enumerable.Range(0, 8).Select(_ => wechat.Say("绑定手机 13800000001", msgId: 1)).ToArray();
        await Wait.Until(() => gateway.App.Get<WechatGateway.Callback.RecentAnswers>().Count == 1, "the attempts are one callback");
        first.IsCompleted.ShouldBeFalse();
        gateway.Sms.LetGo();
        var reply = await first;
        reply.ShouldContain("138****0001");
        (await Task.WhenAll(others)).ShouldAllBe(r => r == reply);
        gateway.Sms.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_first_answered_the_stored_reply_comes_though_the_world_has_moved_on()
    {
        await using var gateway = await Started();
        var wechat = Pushes.ToOfficial(gateway.App);
        var first = await wechat.Say("绑定手机 13800000001", msgId: 1);
        gateway.App.Clock.Advance(TimeSpan.FromSeconds(60));
        (await wechat.Say("绑定手机 13800000001", msgId: 1)).ShouldBe(first);
        gateway.Sms.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_failure_the_next_attempt_does_the_work_anew()
    {
        await using var gateway = await Started();
        var wechat = Pushes.ToOfficial(gateway.App);
        await wechat.Say("帮助");
        gateway.Sms.Fault = new InvalidOperationException("the operator's answer makes no sense");
        (await wechat.Say("绑定手机 13800000001", msgId: 1)).ShouldContain("抱歉");
        gateway.Sms.Fault = null;
        gateway.App.Clock.Advance(TimeSpan.FromSeconds(61)); // one code a minute
        (await wechat.Say("绑定手机 13800000001", msgId: 1)).ShouldContain("138****0001");
    }

    [Fact]
    public async Task Each_attempt_gets_an_envelope_of_its_own()
    {
        await using var gateway = await Started();
        var wechat = Pushes.ToOfficial(gateway.App);
        var xml = wechat.TextXml("帮助", 1);
        using var first = await wechat.Post(xml);
        using var second = await wechat.Post(xml);
        var one = await first.Content.ReadAsStringAsync();
        var two = await second.Content.ReadAsStringAsync();
        one.ShouldNotBe(two);
        wechat.WordsOf(one).ShouldBe(wechat.WordsOf(two));
    }

    [Fact]
    public async Task The_same_MsgId_of_another_customer_is_another_message()
    {
        await using var gateway = await Started();
        var wechat = Pushes.ToOfficial(gateway.App);
        await wechat.Say("绑定手机 13800000001", msgId: 1);
        await wechat.As("oAnother").Say("绑定手机 13800000002", msgId: 1);
        gateway.Sms.Sent.ShouldBe(2);
    }

    [Fact]
    public async Task Events_of_one_second_are_told_apart()
    {
        await using var gateway = await Started();
        var wechat = Pushes.ToOfficial(gateway.App);
        var one = await wechat.Tell(wechat.EventXml("CLICK", "<EventKey>2</EventKey>"));
        var other = await wechat.Tell(wechat.EventXml("CLICK", "<EventKey>4</EventKey>"));
        one.ShouldNotBe(other);
    }

    [Fact]
    public async Task After_a_crash_the_work_is_done_again_but_its_effect_is_one()
    {
        var directory = Directory.CreateTempSubdirectory("courier-gateway-").FullName;
        var clock = new FakeClock();
        string number, openId;
        await using (var before = await CourierApp.Start(new() { DataDirectory = directory, Clock = clock }))
        {
            var wechat = Pushes.ToOfficial(before);
            openId = wechat.OpenId;
            number = Number(await wechat.Say("人工", msgId: 1));
        }
        await using (var after = await CourierApp.Start(new() { DataDirectory = directory, Clock = clock }))
            Number(await Pushes.ToOfficial(after).As(openId).Say("人工", msgId: 1)).ShouldBe(number);
        Directory.Delete(directory, recursive: true);
    }

    private static string Number(string reply) => System.Text.RegularExpressions.Regex.Match(reply, @"C\d{8}-\d+").Value is { Length: > 0 } number ? number : throw new InvalidOperationException("no number in: " + reply);

    private static async Task<StartedGateway> Started()
    {
        var gateway = new GatewayApp();
        await gateway.InitializeAsync();
        return new StartedGateway(gateway);
    }

    private static async Task<StartedGateway> Held()
    {
        var gateway = await Started();
        gateway.Sms.Hold();
        return gateway;
    }

    private sealed class StartedGateway(GatewayApp gateway) : IAsyncDisposable
    {
        public CourierApp App => gateway.App;

        public HeldSms Sms => gateway.Sms;

        public async ValueTask DisposeAsync() => await gateway.DisposeAsync();
    }
}
