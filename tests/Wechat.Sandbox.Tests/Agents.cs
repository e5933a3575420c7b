namespace Courier.Wechat.Sandbox.Tests;

public sealed class Agents
{
    const string One = "agent1@courier";
    const string Two = "agent2@courier";

    [Fact]
    public async Task While_an_agent_talks_the_customers_messages_are_not_pushed()
    {
        await using var host = await WithAgents();
        var token = await host.AccessToken();
        var openid = await host.Follower();
        (await Session(host, token, "create", One, openid)).ShouldBe(0);
        (await host.Say(openid, "在吗")).GetProperty("notSent").GetString().ShouldBe("with an agent");
        await host.Control("kf/switch", new { openid, kfAccount = Two });
        (await Session(host, token, "close", One, openid)).ShouldBe(65414);
        (await Session(host, token, "close", Two, openid)).ShouldBe(0);
        await host.Say(openid, "谢谢");
        await Answers.Until(() => Task.FromResult(Events(host)), names => names.Count == 4);
        Events(host).ShouldBe(["subscribe", "kf_create_session", "kf_switch_session", "kf_close_session"]);
        host.Product.Received[^1].Xml().Element("Content")!.Value.ShouldBe("谢谢");
        (await host.Call("/customservice/kfsession/getsession", token, query: $"openid={openid}")).GetProperty("kf_account").GetString().ShouldBe("");
    }

    [Fact]
    public async Task An_agent_must_exist_be_bound_and_be_there()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var openid = await host.Follower();
        (await Session(host, token, "create", One, openid)).ShouldBe(65401);
        (await Account(host, token, "add", One)).ShouldBe(0);
        (await Session(host, token, "create", One, openid)).ShouldBe(65402);
        (await host.Call("/customservice/kfaccount/inviteworker", token, new { kf_account = One, invite_wx = "wang" })).Errcode().ShouldBe(0);
        (await host.Call("/customservice/kfaccount/inviteworker", token, new { kf_account = One, invite_wx = "wang" })).Errcode().ShouldBe(65411);
        await host.Control("kf/online", new { appId = SandboxHost.AppId, kfAccount = One, online = false });
        (await Session(host, token, "create", One, openid)).ShouldBe(65415);
        await host.Control("kf/online", new { appId = SandboxHost.AppId, kfAccount = One });
        (await Session(host, token, "create", One, openid)).ShouldBe(0);
        (await Session(host, token, "create", One, openid)).ShouldBe(0, "the same session again is no error");
        (await host.Call("/cgi-bin/customservice/getkflist", token)).GetProperty("kf_list")[0].GetProperty("kf_wx").GetString().ShouldBe("wang");
        (await host.Call("/cgi-bin/customservice/getonlinekflist", token)).GetProperty("kf_online_list")[0].GetProperty("accepted_case").GetInt32().ShouldBe(1);
        (await host.Call("/customservice/kfsession/getsessionlist", token, query: $"kf_account={One}")).GetProperty("sessionlist")[0].GetProperty("openid").GetString().ShouldBe(openid);
    }

    [Fact]
    public async Task Accounts_are_checked_renamed_and_deleted()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        (await Account(host, token, "add", "no-at-sign")).ShouldBe(65404);
        (await Account(host, token, "add", One, new string('名', 17))).ShouldBe(65403);
        (await Account(host, token, "add", One)).ShouldBe(0);
        (await Account(host, token, "add", One)).ShouldBe(65406);
        (await Account(host, token, "update", Two)).ShouldBe(65401);
        (await Account(host, token, "update", One, "新名字")).ShouldBe(0);
        (await host.Call("/customservice/kfaccount/del", token, query: $"kf_account={One}")).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/customservice/getkflist", token)).GetProperty("kf_list").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Who_was_passed_on_to_agents_waits_until_one_takes_them()
    {
        await using var host = await WithAgents();
        var token = await host.AccessToken();
        var openid = await host.Follower();
        host.Product.Answers(_ => Answers.TextReply(openid, "x").Replace("[text]", "[transfer_customer_service]", StringComparison.Ordinal));
        await host.Say(openid, "人工");
        var waiting = await host.Call("/customservice/kfsession/getwaitcase", token);
        waiting.GetProperty("waitcaselist")[0].GetProperty("openid").GetString().ShouldBe(openid);
        await host.Control("kf/accept", new { openid, kfAccount = One });
        await host.Control("kf/say", new { openid, text = "您好，我是小王" });
        (await host.InboxTexts(openid)).ShouldBe(["您好，我是小王"]);
        (await host.Call("/customservice/kfsession/getwaitcase", token)).GetProperty("count").GetInt32().ShouldBe(0);
    }

    static IReadOnlyList<string> Events(SandboxHost host) =>
        [.. host.Product.Received.Select(push => push.Xml().Element("Event")?.Value).OfType<string>()];

    static async Task<SandboxHost> WithAgents()
    {
        var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        foreach (var kfAccount in new[] { One, Two })
        {
            (await Account(host, token, "add", kfAccount)).ShouldBe(0);
            await host.Control("kf/online", new { appId = SandboxHost.AppId, kfAccount });
        }
        return host;
    }

    static async Task<int> Account(SandboxHost host, string token, string what, string kf_account, string nickname = "小王") =>
        (await host.Call($"/customservice/kfaccount/{what}", token, new { kf_account, nickname })).Errcode();

    static async Task<int> Session(SandboxHost host, string token, string what, string kf_account, string openid) =>
        (await host.Call($"/customservice/kfsession/{what}", token, new { kf_account, openid })).Errcode();
}
