using System.Net;
using System.Text.Json.Nodes;
using Courier.Gateway.Tests.Editions;
using Courier.Services.Staff;
using Courier.Testing;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.WechatGateway;
using Courier.WechatGateway.Editions;
using Courier.WechatGateway.Menu;

namespace Courier.Gateway.Tests.Menus;

/// <summary>Menus for followers with a tag, and what a crash leaves behind: WeChat holds exactly what the edition says.</summary>
public sealed class PersonalMenus : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("courier-menus-").FullName;
    private CourierApp _app = null!;

    public Task InitializeAsync() => Start();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Followers_with_a_tag_see_their_menu_the_first_that_fits_and_nothing_is_left_over()
    {
        using var desk = await Operators.SignIn(_app, "operator");
        var (gold, silver) = (await Tag(desk, "金牌"), await Tag(desk, "银牌"));
        var (both, one, none) = (await _app.AddFollower(Pushes.Official), await _app.AddFollower(Pushes.Official), await _app.AddFollower(Pushes.Official));
        foreach (var (tag, follower) in new[] { (gold, both), (silver, both), (silver, one) }) await desk.Put($"tags/{Pushes.Official}/{tag}/followers/{follower}", new { });

        await Put(("金牌专线", gold), ("银牌专线", silver));
        (await Seen(both)).ShouldBe("金牌专线");
        (await Seen(one)).ShouldBe("银牌专线");
        (await Seen(none)).ShouldBe("默认");
        var first = (await AtWechat()).Conditionalmenu!;

        await Put(("金牌专线", gold), ("银牌专线", silver));
        (await AtWechat()).Conditionalmenu!.Select(m => m.Menuid).ShouldBe(first.Select(m => m.Menuid), "what is there already is not made again");

        await Put(("银牌专线", silver), ("金牌专线", gold));
        (await Seen(both)).ShouldBe("银牌专线");
        await Put(("银牌新专线", silver));
        (await AtWechat()).Conditionalmenu!.Count.ShouldBe(1);
        (await Seen(both)).ShouldBe("银牌新专线");
        await Put();
        ((await AtWechat()).Conditionalmenu ?? []).ShouldBeEmpty();
        (await Seen(one)).ShouldBe("默认");
    }

    [Fact]
    public async Task After_a_crash_between_wechat_and_the_record_the_next_process_finishes_without_another_call()
    {
        using (var desk = await Operators.SignIn(_app, "operator"))
        using (var reviewer = await Operators.SignIn(_app, "supervisor"))
        {
            var draft = await (await desk.Begin(Operators.Menu)).Edit(c => c["default"]![0]!["name"] = "查件");
            await draft.Take("submit");
            await (await draft.SeenBy(reviewer)).Take("approve");
            var name = new ContentName(EditionKind.Menu, Pushes.Official);
            var version = (await draft.SeenBy(desk)).Version;
            // What publishing does up to the moment when the process dies: it is written down, and WeChat is told.
            var started = await _app.Get<ChangeEdition>().Change(name, draft.Number, version, "publishing", null, StaffId.System,
                (head, e) => (head with { PublishingEdition = e.Id }, e.StartPublishing(head.LiveNumber, StaffId.System)), default);
            await _app.Get<PutMenu>().Exactly(Account, MenuContent.Read(started!.Content), default);
        }
        await _app.DisposeAsync();
        await Start();
        await _app.Fault(new { call = "/cgi-bin/menu/create", errcode = 40018, times = 9 }); // another call would fail
        await _app.RunJob("wechat.finish_publications");
        using var later = await Operators.SignIn(_app, "operator");
        await Wait.Until(async () => (await later.Open(Operators.Menu, 2)).State == "published", "the publication is finished");
        (await AtWechat()).Menu.Button[0].Name.ShouldBe("查件");
        (await later.Open(Operators.Menu, 1)).State.ShouldBe("superseded");
    }

    [Fact]
    public async Task A_tag_that_the_live_menu_needs_is_not_deleted_and_one_that_went_at_wechat_costs_nobody_else_his_menu()
    {
        using (var desk = await Operators.SignIn(_app, "operator"))
        using (var reviewer = await Operators.SignIn(_app, "supervisor"))
        {
            var (gone, stays) = (await Tag(desk, "金牌"), await Tag(desk, "银牌"));
            var follower = await _app.AddFollower(Pushes.Official);
            await desk.Put($"tags/{Pushes.Official}/{stays}/followers/{follower}", new { });
            var draft = await (await desk.Begin(Operators.Menu)).Edit(c => c["personal"] = new JsonArray([.. new[] { stays, gone }.Select(tag => new JsonObject
            {
                ["tagId"] = tag, ["entries"] = new JsonArray(new JsonObject { ["name"] = tag == stays ? "银牌专线" : "金牌专线", ["type"] = "click", ["key"] = "guidance" }),
            })]));
            await draft.Take("submit");
            await (await draft.SeenBy(reviewer)).Take("approve");
            await (await draft.SeenBy(desk)).Take("publish");
            (await Seen(follower)).ShouldBe("银牌专线");

            (await desk.Delete($"tags/{Pushes.Official}/{gone}", HttpStatusCode.Conflict))!["code"]!.GetValue<string>().ShouldBe("wechat.tag_in_use");
            await _app.Get<WechatClient>().SendAsync(Account.Wechat, new DeleteTag((int)gone)); // somebody at WeChat's own pages
            await _app.Get<WechatClient>().SendAsync(Account.Wechat, new DeleteMenu());
            (await Should.ThrowAsync<Kernel.RuleBroken>(() => _app.Get<PublishEdition>().Restore(new ContentName(EditionKind.Menu, Pushes.Official), default))).Code.ShouldBe("wechat.menu_invalid");
            (await Seen(follower)).ShouldBe("银牌专线");
            (await desk.Get($"{Operators.Menu}/editions/2"))["edition"]!["problem"]!.GetValue<string>().ShouldStartWith("微信没有接受");
        }
    }

    private async Task Start()
    {
        _app = await CourierApp.Start(new() { Demo = true, DataDirectory = _data });
        await Wait.Until(async () => (await AtWechat()).Menu.Button.Count == 3, "the menu is at WeChat");
        await Wait.Until(async () => await _app.Get<Kernel.Data.Db>().First<long>("select live_number from wechat_contents where kind = 'menu'") > 0, "the first edition is live");
    }

    private GatewayAccount Account => _app.Get<WechatAccounts>().All.Single(a => a.AppId == Pushes.Official);

    private Task<AccountMenu> AtWechat() => _app.Get<WechatClient>().SendAsync(Account.Wechat, new GetMenu());

    private async Task<string> Seen(string follower) => (await _app.Get<WechatClient>().SendAsync(Account.Wechat, new TryMenu(follower)))[0].Name;

    private Task Put(params (string Name, long Tag)[] personal) => _app.Get<PutMenu>().Exactly(Account, new MenuContent
    {
        Default = [Entry("默认")], Personal = [.. personal.Select(p => new PersonalMenu { TagId = p.Tag, Entries = [Entry(p.Name)] })],
    }, default);

    private static MenuEntry Entry(string name) => new() { Name = name, Type = MenuEntryType.Click, Key = "guidance" };

    private static async Task<long> Tag(Operators desk, string name) =>
        (await desk.Post($"tags/{Pushes.Official}", new { name }))["items"]!.AsArray().Single(t => t!["name"]!.GetValue<string>() == name)!["tagId"]!.GetValue<long>();
}
