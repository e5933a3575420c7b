using System.Text.Json;
using Courier.Kernel;
using Courier.Testing;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.WechatGateway.Menu;

namespace Courier.Gateway.Tests.Menus;

public sealed class PublishingMenus
{
    [Fact]
    public async Task The_configured_menu_is_published_at_the_start_and_by_command_only_when_it_differs()
    {
        await using var app = await CourierApp.Start();
        var account = new WechatAccount(Pushes.Official, "demo-official-account-secret-0001", Pushes.OfficialId, WechatAccountKind.ServiceAccount, Pushes.OfficialToken);
        await Wait.Until(async () => (await app.Get<WechatClient>().SendAsync(account, new GetMenu())).Menu.Button.Count == 3, "the menu is published");
        var menu = (await app.Get<WechatClient>().SendAsync(account, new GetMenu())).Menu.Button;
        menu.Select(b => b.Name).ShouldBe(["查快递", "我要寄件", "我的"]);
        menu[0].SubButton![0].Type.ShouldBe("scancode_waitmsg");

        await app.Fault(new { call = "/cgi-bin/menu/create", errcode = 40018, times = 5 });
        (await app.Get<PublishMenu>().Execute(Pushes.Official, default))!.State.ShouldBe(MenuState.Published, "WeChat has it already, so nothing is created");

        await app.Http.DeleteAsync("/sandbox/control/faults");
        await app.Get<WechatClient>().SendAsync(account, new DeleteMenu());
        await app.Fault(new { call = "/cgi-bin/menu/create", errcode = 40018, times = 1 });
        (await Should.ThrowAsync<RuleBroken>(app.Get<PublishMenu>().Execute(Pushes.Official, default))).Code.ShouldBe("wechat.menu_invalid");
        (await app.Get<PublishMenu>().States(default)).Single(s => s.AppId == Pushes.Official).State.ShouldBe(MenuState.Refused);
        (await app.Get<PublishMenu>().Execute(Pushes.Official, default))!.State.ShouldBe(MenuState.Published);
        (await app.Get<PublishMenu>().Execute("wxnobody", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_menu_beyond_the_limits_stops_the_start_and_names_the_entry()
    {
        var wrong = await Should.ThrowAsync<WrongConfiguration>(CourierApp.Start(new()
        {
            Settings = new Dictionary<string, string> { ["Wechat:Menus:wxdemo0000000001:0:Name"] = "查询我所有的快递" },
        }));
        wrong.Message.ShouldContain("Menus:wxdemo0000000001:0 '查询我所有的快递': Name has 24 bytes; WeChat takes at most 16 here");
    }

    [Fact]
    public async Task Operators_see_menus_and_keywords_and_nobody_else_does()
    {
        await using var app = await CourierApp.Start();
        using var answer = await app.Http.GetAsync("/api/desk/v1/wechat/menus");
        ((int)answer.StatusCode).ShouldBe(401);
        using var other = await app.Http.GetAsync("/api/desk/v1/wechat/keywords");
        ((int)other.StatusCode).ShouldBe(401);
    }
}
