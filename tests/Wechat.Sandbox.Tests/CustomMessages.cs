using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class CustomMessages
{
    [Fact]
    public async Task After_a_message_five_may_be_sent_within_48_hours()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Say(openid, "在吗");
        for (var number = 1; number <= 5; number++) (await Send(host, openid)).ShouldBe(0);
        (await Send(host, openid)).ShouldBe(45047);
        await host.Say(openid, "还在吗");
        (await Send(host, openid)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromHours(48));
        (await Send(host, openid)).ShouldBe(45015);
    }

    [Fact]
    public async Task After_a_follow_or_a_menu_click_three_may_be_sent_within_a_minute()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        for (var number = 1; number <= 3; number++) (await Send(host, openid)).ShouldBe(0);
        (await Send(host, openid)).ShouldBe(45047);
        await host.Say(openid, new { type = "click", key = "TRACK" });
        (await Send(host, openid)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        (await Send(host, openid)).ShouldBe(45015);
    }

    [Fact]
    public async Task Windows_are_not_added_up()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Say(openid, "在吗");
        await host.Say(openid, new { type = "click", key = "TRACK" });
        for (var number = 1; number <= 5; number++) (await Send(host, openid)).ShouldBe(0);
        (await Send(host, openid)).ShouldBe(45047);
    }

    [Fact]
    public async Task Opening_a_mini_program_chat_allows_two_and_a_message_five()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        (await Send(host, openid, SandboxHost.Mini)).ShouldBe(45015);
        await host.Say(openid, new { type = "user_enter_tempsession" });
        (await Send(host, openid, SandboxHost.Mini)).ShouldBe(0);
        (await Send(host, openid, SandboxHost.Mini)).ShouldBe(0);
        (await Send(host, openid, SandboxHost.Mini)).ShouldBe(45047);
        await host.Say(openid, "你好");
        (await Send(host, openid, SandboxHost.Mini)).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_is_reached_who_does_not_follow_or_belongs_to_another_account()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Say(openid, "在吗");
        await host.Say(openid, new { type = "unsubscribe" });
        (await Send(host, openid)).ShouldBe(43004);
        (await Send(host, await host.Follower(SandboxHost.Mini))).ShouldBe(40003);
        (await Send(host, "oNobody")).ShouldBe(40003);
    }

    [Theory]
    [InlineData("""{"msgtype":"text","text":{"content":""}}""", 44004)]
    [InlineData("""{"msgtype":"text"}""", 47001)]
    [InlineData("""{"msgtype":"shout","shout":{}}""", 40008)]
    [InlineData("""{"msgtype":"image","image":{"media_id":"unknown_media_id"}}""", 40007)]
    [InlineData("""{"msgtype":"news","news":{"articles":[]}}""", 44003)]
    [InlineData("""{"msgtype":"news","news":{"articles":[{"title":"a"},{"title":"b"}]}}""", 45008)]
    [InlineData("""{"msgtype":"link","link":{"title":"a","url":"http://a"}}""", 40008)]
    [InlineData("""{"msgtype":"msgmenu","msgmenu":{"head_content":"?","list":[]}}""", 47003)]
    [InlineData("""{"msgtype":"news","news":{"articles":[{"title":"运单","url":"http://a"}]}}""", 0)]
    [InlineData("""{"msgtype":"msgmenu","msgmenu":{"head_content":"满意吗","list":[{"id":"1","content":"满意"}],"tail_content":"谢谢"}}""", 0)]
    [InlineData("""{"msgtype":"miniprogrampage","miniprogrampage":{"title":"寄件","appid":"wx1","pagepath":"p","thumb_media_id":"t"}}""", 0)]
    [InlineData("""{"msgtype":"music","music":{"title":"歌","musicurl":"http://a"}}""", 0)]
    public async Task Each_kind_is_checked(string message, int errcode)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var body = message.Insert(1, $"\"touser\":\"{openid}\",");
        (await host.Call("/cgi-bin/message/custom/send", await host.AccessToken(), body)).Errcode().ShouldBe(errcode);
        (await host.Inbox(openid)).Count.ShouldBe(errcode == 0 ? 1 : 0);
    }

    [Fact]
    public async Task A_text_of_2048_bytes_arrives_and_a_longer_one_does_not()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var token = await host.AccessToken();
        (await host.SendText(token, openid, new string('件', 682) + "ab")).Errcode().ShouldBe(0);
        (await host.SendText(token, openid, new string('件', 683))).Errcode().ShouldBe(45002);
        var entry = (await host.Inbox(openid)).ShouldHaveSingleItem();
        entry.GetProperty("kind").GetString().ShouldBe("custom");
        entry.GetProperty("messageType").GetString().ShouldBe("text");
        entry.GetProperty("data").GetProperty("content").GetString()!.Length.ShouldBe(684);
        JsonDocument.Parse(entry.GetProperty("raw").GetString()!).RootElement.GetProperty("touser").GetString().ShouldBe(openid);
    }

    [Fact]
    public async Task Typing_is_shown_once_and_only_soon_after_the_customer_did_something()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        (await Typing(host, openid, "Typing")).ShouldBe(0);
        (await Typing(host, openid, "Typing")).ShouldBe(45081);
        (await Typing(host, openid, "CancelTyping")).ShouldBe(0);
        (await Typing(host, openid, "Dancing")).ShouldBe(45072);
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await Typing(host, openid, "Typing")).ShouldBe(45080);
    }

    static async Task<int> Typing(SandboxHost host, string openid, string command) =>
        (await host.Call("/cgi-bin/message/custom/typing", await host.AccessToken(), new { touser = openid, command })).Errcode();

    static async Task<int> Send(SandboxHost host, string openid, string appId = SandboxHost.AppId) =>
        (await host.SendText(await host.AccessToken(appId: appId), openid, "您好")).Errcode();
}
