using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class TemplateMessages
{
    [Fact]
    public async Task A_template_message_arrives_and_its_result_is_pushed_a_little_later()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var sent = await Send(host, openid);
        sent.Errcode().ShouldBe(0);
        var entry = (await host.Inbox(openid)).ShouldHaveSingleItem();
        entry.GetProperty("kind").GetString().ShouldBe("template");
        entry.GetProperty("text").GetString()!.ShouldContain("当前状态：派送中");
        host.Product.Received.Count.ShouldBe(1);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var pushes = await Answers.Until(() => Task.FromResult(host.Product.Received), seen => seen.Count == 2);
        var result = pushes[1].Xml();
        result.Element("Event")!.Value.ShouldBe("TEMPLATESENDJOBFINISH");
        result.Element("MsgID")!.Value.ShouldBe(sent.GetProperty("msgid").GetInt64().ToString());
        result.Element("Status")!.Value.ShouldBe("success");
    }

    [Fact]
    public async Task Somebody_who_blocks_templates_gets_none_and_the_result_says_so()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("followers", new { appId = SandboxHost.AppId, openid, acceptsTemplates = false });
        (await Send(host, openid)).Errcode().ShouldBe(0);
        (await host.Inbox(openid)).ShouldBeEmpty();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var pushes = await Answers.Until(() => Task.FromResult(host.Product.Received), seen => seen.Count == 2);
        pushes[1].Xml().Element("Status")!.Value.ShouldBe("failed:user block");
    }

    [Fact]
    public async Task The_same_client_message_id_sends_once_within_ten_minutes()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var first = await Send(host, openid, clientMsgId: "delivery-1");
        var again = await Send(host, openid, clientMsgId: "delivery-1");
        again.GetProperty("msgid").GetInt64().ShouldBe(first.GetProperty("msgid").GetInt64());
        (await host.Inbox(openid)).Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Send(host, openid, clientMsgId: "delivery-1")).GetProperty("msgid").GetInt64().ShouldNotBe(first.GetProperty("msgid").GetInt64());
        (await Send(host, openid, clientMsgId: new string('x', 33))).Errcode().ShouldBe(47003);
    }

    [Theory]
    [InlineData("phrase2", "正在为您派送中", 47003)]
    [InlineData("phrase2", "", 47003)]
    [InlineData("thing4", "这一句话一共有二十个字正好放得下不会多余", 0)]
    [InlineData("thing4", "这一句话一共有二十一个字所以模板消息放不下", 47003)]
    [InlineData("thing4", "两行\n文字", 47003)]
    [InlineData("character_string1", "运单888", 47003)]
    public async Task Each_value_is_checked(string key, string value, int errcode)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        (await Send(host, openid, change: (key, value))).Errcode().ShouldBe(errcode);
        (await host.Inbox(openid)).Count.ShouldBe(errcode == 0 ? 1 : 0);
    }

    [Fact]
    public async Task Unknown_templates_unreachable_people_and_forgotten_keys_are_refused()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        (await Send(host, openid, template: "nothing")).Errcode().ShouldBe(40037);
        (await Send(host, openid, change: ("thing4", null))).Errcode().ShouldBe(47003);
        (await Send(host, await host.Follower(follow: false))).Errcode().ShouldBe(43004);
        (await Send(host, "oNobody")).Errcode().ShouldBe(40003);
    }

    [Fact]
    public async Task Templates_are_listed_added_and_deleted()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var openid = await host.Follower();
        var added = await host.Call("/cgi-bin/template/api_add_template", token, new { template_id_short = "理赔进度", keyword_name_list = new[] { "单号", "进度" } });
        var id = added.GetProperty("template_id").GetString()!;
        (await Titles(host, token)).ShouldContain("理赔进度");
        var body = new { touser = openid, template_id = id, data = new { thing1 = new { value = "88" }, thing2 = new { value = "已赔付" } } };
        (await host.Call("/cgi-bin/message/template/send", token, body)).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/template/del_private_template", token, new { template_id = id })).Errcode().ShouldBe(0);
        (await Titles(host, token)).ShouldNotContain("理赔进度");
        (await host.Call("/cgi-bin/message/template/send", token, body)).Errcode().ShouldBe(40037);
    }

    [Fact]
    public async Task A_subscription_message_needs_an_agreement_each()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        await host.Control("grants", new { openid, templateId = DemoTemplates.PickupReady, count = 1 });
        (await Subscription(host, openid)).ShouldBe(0);
        (await Subscription(host, openid)).ShouldBe(43101);
        (await host.Inbox(openid)).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("subscribe");
    }

    static async Task<int> Subscription(SandboxHost host, string openid) => (await host.Call("/cgi-bin/message/subscribe/send",
        await host.AccessToken(appId: SandboxHost.Mini), new
        {
            touser = openid,
            template_id = DemoTemplates.PickupReady,
            data = new
            {
                character_string1 = new { value = "88123456789012" }, character_string2 = new { value = "A-1-23" },
                thing3 = new { value = "幸福里驿站" }, time4 = new { value = "2026年3月3日 20:00" },
            },
        })).Errcode();

    static async Task<IReadOnlyList<string>> Titles(SandboxHost host, string token) =>
        [.. (await host.Call("/cgi-bin/template/get_all_private_template", token)).GetProperty("template_list").EnumerateArray()
            .Select(template => template.GetProperty("title").GetString()!)];

    static async Task<JsonElement> Send(
        SandboxHost host, string openid, string template = DemoTemplates.ParcelUpdate, string? clientMsgId = null, (string Key, string? Value)? change = null)
    {
        var values = new Dictionary<string, string?>
        {
            ["character_string1"] = "88123456789012", ["phrase2"] = "派送中", ["time3"] = "2026年3月2日 09:00", ["thing4"] = "快递员正在派送",
        };
        if (change is { } changed) values[changed.Key] = changed.Value;
        var data = values.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => new { value = pair.Value });
        return await host.Call("/cgi-bin/message/template/send", await host.AccessToken(),
            new { touser = openid, template_id = template, url = "http://localhost/s/1", client_msg_id = clientMsgId, data });
    }
}
