using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class Subscriptions
{
    [Theory]
    [InlineData(SandboxHost.AppId, "/cgi-bin/message/subscribe/bizsend")]
    [InlineData(SandboxHost.Mini, "/cgi-bin/message/subscribe/send")]
    public async Task Each_agreement_on_the_phone_is_good_for_one_message(string appId, string path)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(appId);
        var token = await host.AccessToken(appId: appId);
        (await Send(host, token, path, openid)).Errcode().ShouldBe(43101);
        await Choose(host, openid, "accept");
        await Choose(host, openid, "accept");
        (await Send(host, token, path, openid)).Errcode().ShouldBe(0);
        (await Send(host, token, path, openid)).Errcode().ShouldBe(0);
        (await Send(host, token, path, openid)).Errcode().ShouldBe(43101);
        (await host.Inbox(openid)).Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["subscribe", "subscribe"]);
    }

    [Fact]
    public async Task An_agreement_for_always_is_never_used_up()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var token = await host.AccessToken();
        await host.Control("grants", new { openid, templateId = DemoTemplates.ParcelUpdate, how = "always" });
        for (var number = 0; number < 5; number++) (await Send(host, token, "/cgi-bin/message/subscribe/bizsend", openid)).Errcode().ShouldBe(0);
    }

    [Fact]
    public async Task The_dialog_the_settings_and_each_delivery_are_pushed()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("subscriptions/choose", new
        {
            openid,
            choices = new[] { new { templateId = DemoTemplates.ParcelUpdate, choice = "accept" }, new { templateId = DemoTemplates.PickupReady, choice = "reject" } },
        });
        var popup = host.Product.Received[^1].Xml();
        popup.Element("Event")!.Value.ShouldBe("subscribe_msg_popup_event");
        popup.Element("SubscribeMsgPopupEvent")!.Elements("List")
            .Select(item => (item.Element("TemplateId")!.Value, item.Element("SubscribeStatusString")!.Value, item.Element("PopupScene")!.Value))
            .ShouldBe([(DemoTemplates.ParcelUpdate, "accept", "2"), (DemoTemplates.PickupReady, "reject", "2")]);

        var sent = await Send(host, await host.AccessToken(), "/cgi-bin/message/subscribe/bizsend", openid);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var delivered = (await Answers.Until(() => Task.FromResult(host.Product.Received), pushes => pushes.Count == 3))[^1].Xml();
        delivered.Element("Event")!.Value.ShouldBe("subscribe_msg_sent_event");
        var item = delivered.Element("SubscribeMsgSentEvent")!.Element("List")!;
        item.Element("MsgID")!.Value.ShouldBe(sent.GetProperty("msgid").GetRawText());
        item.Element("ErrorStatus")!.Value.ShouldBe("success");

        await host.Control("subscriptions/switch", new { openid, templateId = DemoTemplates.ParcelUpdate, on = false });
        var change = host.Product.Received[^1].Xml();
        change.Element("Event")!.Value.ShouldBe("subscribe_msg_change_event");
        change.Element("SubscribeMsgChangeEvent")!.Element("List")!.Element("SubscribeStatusString")!.Value.ShouldBe("reject");
    }

    [Fact]
    public async Task Switching_off_takes_what_was_agreed_before()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await Choose(host, openid, "accept");
        await host.Control("subscriptions/switch", new { openid, templateId = DemoTemplates.ParcelUpdate, on = false });
        (await Send(host, await host.AccessToken(), "/cgi-bin/message/subscribe/bizsend", openid)).Errcode().ShouldBe(43101);
    }

    [Fact]
    public async Task What_was_ticked_as_always_is_not_asked_again_and_gives_one_more_each_time()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        var templateIds = new[] { DemoTemplates.ParcelUpdate };
        (await host.Control("subscriptions/ask", new { openid, templateIds })).GetProperty("ask").GetArrayLength().ShouldBe(1);
        await Choose(host, openid, "accept", remember: true);
        (await host.Control("subscriptions/ask", new { openid, templateIds })).GetProperty("ask").GetArrayLength().ShouldBe(0);
        var list = await host.Read($"control/subscriptions/{openid}");
        list.GetProperty("templates").EnumerateArray().Single(template => template.GetProperty("templateId").GetString() == templateIds[0])
            .GetProperty("left").GetInt32().ShouldBe(2);
        host.Product.Received.Count(push => push.Xml().Element("Event")?.Value == "subscribe_msg_popup_event").ShouldBe(2);
    }

    [Fact]
    public async Task Bizsend_is_for_service_accounts_only()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        (await Send(host, await host.AccessToken(appId: SandboxHost.Mini), "/cgi-bin/message/subscribe/bizsend", openid)).Errcode().ShouldBe(48001);
    }

    [Fact]
    public async Task Templates_are_added_from_the_library_listed_and_deleted()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken(appId: SandboxHost.Mini);
        var title = (await host.Call("/wxaapi/newtmpl/getpubtemplatetitles", token, query: "ids=612&start=0&limit=30")).GetProperty("data")[0];
        var tid = title.GetProperty("tid").GetInt32();
        var keywords = await host.Call("/wxaapi/newtmpl/getpubtemplatekeywords", token, query: $"tid={tid}");
        var kids = keywords.GetProperty("data").EnumerateArray().Select(keyword => keyword.GetProperty("kid").GetInt32()).Take(2).ToList();
        var id = (await host.Call("/wxaapi/newtmpl/addtemplate", token, new { tid, kidList = kids, sceneDesc = "派送提醒" })).GetProperty("priTmplId").GetString()!;
        (await Ids(host, token)).ShouldContain(id);
        (await host.Call("/wxaapi/newtmpl/addtemplate", token, new { tid = 1, kidList = kids })).Errcode().ShouldBe(200014);
        (await host.Call("/wxaapi/newtmpl/addtemplate", token, new { tid, kidList = new[] { 1, 99 } })).Errcode().ShouldBe(200020);
        (await host.Call("/wxaapi/newtmpl/addtemplate", token, new { tid, kidList = new[] { 1 } })).Errcode().ShouldBe(200021);
        (await host.Call("/wxaapi/newtmpl/deltemplate", token, new { priTmplId = id })).Errcode().ShouldBe(0);
        (await Ids(host, token)).ShouldNotContain(id);
    }

    static async Task<IReadOnlyList<string>> Ids(SandboxHost host, string token) =>
        [.. (await host.Call("/wxaapi/newtmpl/gettemplate", token)).GetProperty("data").EnumerateArray().Select(template => template.GetProperty("priTmplId").GetString()!)];

    static Task<JsonElement> Choose(SandboxHost host, string openid, string choice, bool remember = false) =>
        host.Control("subscriptions/choose", new { openid, remember, choices = new[] { new { templateId = DemoTemplates.ParcelUpdate, choice } } });

    static Task<JsonElement> Send(SandboxHost host, string token, string path, string openid) => host.Call(path, token, new
    {
        touser = openid,
        template_id = DemoTemplates.ParcelUpdate,
        data = new { character_string1 = new { value = "CY1" }, phrase2 = new { value = "派送中" }, time3 = new { value = "2026年3月2日 09:00" }, thing4 = new { value = "请保持电话畅通" } },
    });
}
