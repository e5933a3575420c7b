using System.Net;
using System.Text;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class Controls
{
    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    public async Task Foreign_pages_and_machines_are_kept_out(string header, string value)
    {
        await using var host = await SandboxHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Address}/sandbox/control/faults")
        {
            Content = new StringContent("""{"call":"*","errcode":-1}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        (await host.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Stable()).Errcode().ShouldBe(0);
    }

    [Fact]
    public async Task The_pages_own_origin_is_let_in()
    {
        await using var host = await SandboxHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Address}/sandbox/control/state");
        request.Headers.TryAddWithoutValidation("Origin", host.Address);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        (await host.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_restart_forgets_nobody()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var token = await host.AccessToken();
        host.Product.Answers(_ => Answers.TextReply(openid, "答复"));
        await host.Say(openid, "你好");
        (await host.Call("/cgi-bin/menu/create", token, """{"button":[{"type":"click","name":"a","key":"a"}]}""")).Errcode().ShouldBe(0);
        for (var number = 1; number <= 3; number++) (await host.SendText(token, openid, $"第{number}条")).Errcode().ShouldBe(0);
        var before = await host.InboxTexts(openid);

        await host.Restart();
        (await host.InboxTexts(openid)).ShouldBe(before);
        (await host.AccessToken()).ShouldBe(token);
        (await host.Call("/cgi-bin/menu/get", token)).Errcode().ShouldBe(0);
        (await host.SendText(token, openid, "第4条")).Errcode().ShouldBe(0);
        (await host.SendText(token, openid, "第5条")).Errcode().ShouldBe(0);
        (await host.SendText(token, openid, "第6条")).Errcode().ShouldBe(45047);
        await host.Say(openid, "再来");
        var ids = host.Product.Received.Skip(1).Select(push => push.Xml().Element("MsgId")!.Value).ToList();
        ids.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_push_that_was_still_to_come_is_made_after_the_restart()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("faults", new { callback = "reorder", times = 1 });
        await host.Say(openid, "留住");
        await host.Restart();
        var pushes = await Answers.Until(() => Task.FromResult(host.Product.Received), seen => seen.Count == 2);
        pushes[1].Xml().Element("Content")!.Value.ShouldBe("留住");
    }

    [Fact]
    public async Task The_demo_people_follow_when_told_and_only_once()
    {
        await using var host = await SandboxHost.Start();
        host.Product.Received.ShouldBeEmpty();
        (await host.Control("demo/follow", new { })).GetProperty("followed").GetInt32().ShouldBe(12);
        (await host.Control("demo/follow", new { })).GetProperty("followed").GetInt32().ShouldBe(0);
        host.Product.Received.Count.ShouldBe(12);
        var list = await host.Call("/cgi-bin/user/get", await host.AccessToken());
        list.GetProperty("total").GetInt32().ShouldBe(12);
        list.GetProperty("data").GetProperty("openid")[0].GetString()!.ShouldStartWith("oDemo0001");
    }

    [Theory]
    [InlineData("followers", """{"appId":"wxnobody"}""", 400)]
    [InlineData("followers", """{"appId":"wxtest0000000001","openid":"a b"}""", 400)]
    [InlineData("say", """{"openid":"oNobody","message":"hi"}""", 404)]
    [InlineData("say", """{"message":"hi"}""", 400)]
    [InlineData("faults", """{"errcode":-1}""", 400)]
    [InlineData("faults", """{"callback":"explode"}""", 400)]
    [InlineData("rotate-key", """{"appId":"wxtest0000000001","encodingAesKey":"short"}""", 400)]
    public async Task A_request_that_cannot_be_done_is_answered_with_the_reason(string path, string body, int status)
    {
        await using var host = await SandboxHost.Start();
        using var response = await host.Http.PostAsync($"{host.Address}/sandbox/control/{path}", new StringContent(body, Encoding.UTF8, "application/json"));
        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain("error");
    }

    [Fact]
    public async Task The_state_tells_how_often_each_call_was_made()
    {
        await using var host = await SandboxHost.Start();
        await host.AccessToken();
        await host.AccessToken();
        var calls = (await host.Read("control/state")).GetProperty("calls").EnumerateArray().ToList();
        calls.ShouldHaveSingleItem().GetProperty("path").GetString().ShouldBe("/cgi-bin/stable_token");
        calls[0].GetProperty("total").GetInt32().ShouldBe(2);
    }
}
