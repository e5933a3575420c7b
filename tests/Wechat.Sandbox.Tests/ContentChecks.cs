using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class ContentChecks
{
    [Theory]
    [InlineData("请帮我改派到公司", "pass", 100)]
    [InlineData("这里代开发票", "risky", 10001)]
    [InlineData("疑似代开发票", "review", 10001)]
    public async Task A_text_is_judged_with_a_label(string content, string suggest, int label)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        await host.Say(openid, "你好");
        var answer = await Check(host, new { openid, scene = 2, version = 2, content });
        (answer.GetProperty("result").GetProperty("suggest").GetString(), answer.GetProperty("result").GetProperty("label").GetInt32()).ShouldBe((suggest, label));
        answer.GetProperty("trace_id").GetString()!.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_was_not_here_for_two_hours_cannot_be_checked()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        (await Check(host, new { openid, scene = 2, version = 2, content = "一" })).Errcode().ShouldBe(61010);
        var code = (await host.Control("login-code", new { openid })).GetProperty("code").GetString();
        await host.Call("/sns/jscode2session", null, query: $"appid={SandboxHost.Mini}&secret={SandboxHost.Secret}&js_code={code}&grant_type=authorization_code");
        (await Check(host, new { openid, scene = 2, version = 2, content = "一" })).Errcode().ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        (await Check(host, new { openid, scene = 2, version = 2, content = "一" })).Errcode().ShouldBe(61010);
    }

    [Fact]
    public async Task Lengths_and_scenes_are_checked_and_the_old_form_says_87014()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        await host.Say(openid, "你好");
        (await Check(host, new { openid, scene = 2, version = 2, content = new string('长', 2501) })).Errcode().ShouldBe(45002);
        (await Check(host, new { openid, scene = 5, version = 2, content = "一" })).Errcode().ShouldBe(40097);
        (await Check(host, new { content = "赌博" })).Errcode().ShouldBe(87014);
        (await Check(host, new { content = "寄件" })).Errcode().ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1/photo.jpg", "pass")]
    [InlineData("http://127.0.0.1/risky.jpg", "risky")]
    public async Task A_picture_is_judged_later_by_an_event_with_the_same_trace(string url, string suggest)
    {
        await using var host = await SandboxHost.Start(miniFormat: SandboxFormat.Json);
        var openid = await host.Follower(SandboxHost.Mini);
        await host.Say(openid, "你好");
        var token = await host.AccessToken(appId: SandboxHost.Mini);
        var trace = (await host.Call("/wxa/media_check_async", token, new { media_url = url, media_type = 2, version = 2, openid, scene = 1 })).GetProperty("trace_id").GetString();
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        var pushes = await Answers.Until(() => Task.FromResult(host.Product.Received), seen => seen.Count == 2);
        var push = JsonDocument.Parse(pushes[^1].Body).RootElement;
        push.GetProperty("Event").GetString().ShouldBe("wxa_media_check");
        push.GetProperty("trace_id").GetString().ShouldBe(trace);
        push.GetProperty("result").GetProperty("suggest").GetString().ShouldBe(suggest);
    }

    static async Task<JsonElement> Check(SandboxHost host, object body) =>
        await host.Call("/wxa/msg_sec_check", await host.AccessToken(appId: SandboxHost.Mini), body);
}
