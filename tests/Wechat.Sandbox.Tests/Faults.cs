namespace Courier.Wechat.Sandbox.Tests;

public sealed class Faults
{
    [Fact]
    public async Task A_call_fails_as_often_as_asked_and_then_works_again()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var token = await host.AccessToken();
        await host.Control("faults", new { appId = SandboxHost.AppId, call = "/cgi-bin/message/custom/send", errcode = 45009, times = 2 });
        (await host.SendText(token, openid, "一")).Errcode().ShouldBe(45009);
        (await host.Call("/cgi-bin/user/get", token)).Errcode().ShouldBe(0);
        (await host.SendText(token, openid, "二")).Errcode().ShouldBe(45009);
        (await host.SendText(token, openid, "三")).Errcode().ShouldBe(0);
        (await host.InboxTexts(openid)).ShouldBe(["三"]);
    }

    [Fact]
    public async Task A_star_hits_every_call_until_the_faults_are_deleted()
    {
        await using var host = await SandboxHost.Start();
        await host.Control("faults", new { call = "*", errcode = -1 });
        (await host.Stable()).Errcode().ShouldBe(-1);
        (await host.Stable()).Errcode().ShouldBe(-1);
        (await host.Http.DeleteAsync($"{host.Address}/sandbox/control/faults")).EnsureSuccessStatusCode();
        (await host.Stable()).Errcode().ShouldBe(0);
    }

    [Fact]
    public async Task A_slow_send_that_the_caller_gave_up_still_arrives()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var token = await host.AccessToken();
        await host.Control("faults", new { call = "/cgi-bin/message/custom/send", delayMs = 20_000, times = 1 });
        using var impatient = new CancellationTokenSource();
        var sending = host.Http.PostAsync($"{host.Address}/sandbox/wechat/cgi-bin/message/custom/send?access_token={token}",
            new StringContent($$$"""{"touser":"{{{openid}}}","msgtype":"text","text":{"content":"迟到"}}"""), impatient.Token);
        await Answers.Until(() => Task.FromResult(host.Clock.Waiting), waiting => waiting == 1);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await Answers.Until(() => host.InboxTexts(openid), texts => texts.Contains("迟到"));
    }

    [Fact]
    public async Task A_duplicate_is_pushed_twice_and_the_customer_sees_the_answer_to_the_second()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var number = 0;
        host.Product.Answers(_ => Answers.TextReply(openid, $"答复{Interlocked.Increment(ref number)}"));
        await host.Control("faults", new { callback = "duplicate", times = 1 });
        var said = await host.Say(openid, "你好");
        said.GetProperty("attempts").GetArrayLength().ShouldBe(2);
        var pushes = host.Product.Received.Skip(1).ToList();
        pushes.Count.ShouldBe(2);
        pushes[0].Body.ShouldBe(pushes[1].Body);
        pushes[0].Query["nonce"].ShouldNotBe(pushes[1].Query["nonce"]);
        (await host.Inbox(openid)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reordered_push_is_overtaken_by_the_next_one()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("faults", new { callback = "reorder", times = 1 });
        (await host.Say(openid, "先")).GetProperty("notSent").GetString().ShouldBe("held");
        await host.Say(openid, "后");
        var pushes = await Answers.Until(() => Task.FromResult(host.Product.Received), seen => seen.Count == 3);
        pushes.Skip(1).Select(push => push.Xml().Element("Content")!.Value).ShouldBe(["后", "先"]);
    }

    [Fact]
    public async Task A_held_push_goes_out_by_itself_when_nothing_overtakes_it()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("faults", new { callback = "reorder", times = 1 });
        await host.Say(openid, "先");
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        await Answers.Until(() => Task.FromResult(host.Product.Received.Count), count => count == 2);
    }

    [Fact]
    public async Task A_dropped_push_never_arrives()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("faults", new { callback = "drop", times = 1 });
        (await host.Say(openid, "丢了")).GetProperty("attempts").GetArrayLength().ShouldBe(0);
        await host.Say(openid, "到了");
        host.Product.Received.Skip(1).ShouldHaveSingleItem().Xml().Element("Content")!.Value.ShouldBe("到了");
    }

    [Fact]
    public async Task Pushes_of_one_follower_keep_their_order()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var running = 0;
        host.Product.Answer = async _ =>
        {
            Interlocked.Increment(ref running).ShouldBe(1);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return (200, "success");
        };
        var saying = new List<Task>();
        for (var number = 0; number < 20; number++) saying.Add(host.Say(openid, $"第{number}条"));
        await Task.WhenAll(saying);
        var ids = host.Product.Received.Skip(1).Select(push => long.Parse(push.Xml().Element("MsgId")!.Value)).ToList();
        ids.Count.ShouldBe(20);
        ids.ShouldBe(ids.Order());
    }
}
