using System.Net;
using System.Text.Json.Nodes;
using Courier.Gateway.Tests.Editions;
using Courier.Kernel.Data;
using Courier.Testing;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.WechatGateway.Editions;

namespace Courier.Gateway.Tests.Menus;

/// <summary>From the settings to WeChat, and from draft to review to WeChat and back, on both databases.</summary>
public abstract class PublishingMenus : IAsyncLifetime
{
    private static readonly WechatAccount Account =
        new(Pushes.Official, "demo-official-account-secret-0001", Pushes.OfficialId, WechatAccountKind.ServiceAccount, Pushes.OfficialToken);

    private CourierApp _app = null!;
    private Operators _operator = null!, _supervisor = null!;

    protected abstract Task<string?> Database();

    public async Task InitializeAsync()
    {
        _app = await CourierApp.Start(new() { Demo = true, MariaDb = await Database() });
        _operator = await Operators.SignIn(_app, "operator");
        _supervisor = await Operators.SignIn(_app, "supervisor");
        await Wait.Until(async () => (await Live())?["number"]?.GetValue<long>() == 1, "the menu of the settings is published");
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        _supervisor.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_configured_menu_is_the_first_edition_and_wechat_is_told_only_what_differs()
    {
        var menu = (await AtWechat()).Menu.Button;
        menu.Select(b => b.Name).ShouldBe(["查快递", "我要寄件", "我的"]);
        menu[0].SubButton![0].Type.ShouldBe("scancode_waitmsg");
        (await _operator.Open(Operators.Menu, 1)).View["edition"]!["origin"]!.GetValue<string>().ShouldBe("configuration");

        await _app.Fault(new { call = "/cgi-bin/menu/create", errcode = 40018, times = 5 });
        (await _app.Get<PublishEdition>().Restore(new(EditionKind.Menu, Pushes.Official), default)).ShouldBeTrue("WeChat has it already, so nothing is created");
        await _app.Http.DeleteAsync("/sandbox/control/faults");

        await _app.Get<WechatClient>().SendAsync(Account, new DeleteMenu());
        await _app.Get<PublishEdition>().Restore(new(EditionKind.Menu, Pushes.Official), default);
        (await AtWechat()).Menu.Button.Count.ShouldBe(3, "what somebody changed behind our back is put right");
    }

    [Fact]
    public async Task A_draft_is_edited_reviewed_by_a_second_person_published_and_rolled_back()
    {
        var draft = await Renamed("查件");
        draft.View["compared"]!.AsArray().Select(l => $"{l!["change"]} {l["text"]}").ShouldContain("added 查件");
        (await AtWechat()).Menu.Button[0].Name.ShouldBe("查快递", "a draft changes nothing for customers");
        (await draft.Refused("publish")).ShouldBe("edition.not_approved");
        await draft.Take("submit", "名字短一点");

        var reviewed = await draft.SeenBy(_supervisor);
        reviewed.View["edition"]!["note"]!.GetValue<string>().ShouldBe("名字短一点");
        await reviewed.Take("send-back", "请写成“查包裹”");
        draft = await draft.SeenBy(_operator);
        draft.State.ShouldBe("draft");
        await draft.Edit(c => c["default"]![0]!["name"] = "查包裹");
        await draft.Take("submit");
        (await draft.SeenBy(_supervisor)).May("review").ShouldBeTrue();
        await (await draft.SeenBy(_supervisor)).Take("approve", "可以");
        draft = await (await draft.SeenBy(_operator)).Take("publish");
        draft.State.ShouldBe("published");
        (await AtWechat()).Menu.Button[0].Name.ShouldBe("查包裹");
        (await _operator.Open(Operators.Menu, 1)).State.ShouldBe("superseded");

        var again = await _operator.Post($"{Operators.Menu}/editions/1/rollback", new { remark = "改错了" });
        again["edition"]!["state"]!.GetValue<string>().ShouldBe("published");
        again["edition"]!["origin"]!.GetValue<string>().ShouldBe("rollback");
        again["edition"]!["number"]!.GetValue<long>().ShouldBe(3);
        (await AtWechat()).Menu.Button[0].Name.ShouldBe("查快递");
        again["steps"]!.AsArray().Select(s => s!["action"]!.GetValue<string>()).ShouldBe(["wechat.menu_rolled_back", "wechat.menu_published"]);
        draft = await draft.SeenBy(_operator);
        draft.View["steps"]!.AsArray().Select(s => $"{s!["who"]} {s["action"]}").ShouldBe(
        [
            "运营 wechat.menu_begun", "运营 wechat.menu_edited", "运营 wechat.menu_submitted", "班长 wechat.menu_sent_back", "运营 wechat.menu_edited",
            "运营 wechat.menu_submitted", "班长 wechat.menu_approved", "运营 wechat.menu_publishing", "运营 wechat.menu_published",
        ]);
        (await _operator.Get($"{Operators.Menu}/editions"))["items"]!.AsArray().Select(e => $"{e!["number"]} {e["state"]}").ShouldBe(["3 published", "2 superseded", "1 superseded"]);
    }

    [Fact]
    public async Task Nobody_reviews_his_own_menu_and_operators_do_not_review_at_all()
    {
        using var admin = await Operators.SignIn(_app, "admin");
        var mine = await admin.Begin(Operators.Menu);
        await mine.Take("submit");
        mine.May("review").ShouldBeFalse();
        (await mine.Refused("approve")).ShouldBe("edition.own_review");
        (await mine.Refused("send-back", "改")).ShouldBe("edition.own_review");
        await _operator.Post($"{mine.Path}/approve", new { version = mine.Version }, HttpStatusCode.Forbidden);
        await _supervisor.Post($"{Operators.Menu}/editions", new { }, HttpStatusCode.Forbidden);
        await _supervisor.Post($"{mine.Path}/publish", new { version = mine.Version }, HttpStatusCode.Forbidden);
        (await (await mine.SeenBy(_supervisor)).Refused("send-back")).ShouldBe("edition.comment_missing");
        await (await mine.SeenBy(_supervisor)).Take("approve");
    }

    [Fact]
    public async Task What_one_has_not_seen_one_does_not_overwrite()
    {
        var mine = await _operator.Begin(Operators.Menu);
        using var admin = await Operators.SignIn(_app, "admin");
        var theirs = await mine.SeenBy(admin);
        await mine.Edit(c => c["default"]![0]!["name"] = "先");
        theirs.Content["default"]![0]!["name"] = "后";
        (await admin.Put(theirs.Path, new { version = theirs.Version, content = theirs.Content }, HttpStatusCode.Conflict))["code"]!.GetValue<string>().ShouldBe("edition.changed");
        (await admin.Refused($"{Operators.Menu}/editions", new { })).ShouldBe("edition.open_exists");
        await mine.Take("discard");
        (await _operator.Begin(Operators.Menu)).Number.ShouldBe(mine.Number + 1);
    }

    [Fact]
    public async Task Faults_stand_beside_their_fields_and_keep_a_draft_from_review()
    {
        var draft = await _operator.Begin(Operators.Menu);
        await draft.Edit(c =>
        {
            c["default"]![0]!["name"] = "查询我所有的快递";
            c["default"]![1]!["children"]![0]!["key"] = "";
            c["default"]![2]!["children"]![0]!["key"] = "nobody answers this";
            c["default"]![2]!["children"]![1] = new JsonObject { ["name"] = "官网", ["type"] = "view", ["url"] = "example.com" };
            c["personal"] = new JsonArray(new JsonObject { ["tagId"] = 999, ["entries"] = new JsonArray() });
        });
        draft.Problems.ShouldBe(
        [
            ("default/0", "name", false), ("default/1/children/0", "key", false), ("default/2/children/1", "url", false),
            ("personal/0", "tagId", false), ("personal/0/entries", "", false), ("default/2/children/0", "key", true),
        ], ignoreOrder: true);
        (await draft.Refused("submit")).ShouldBe("edition.problems");
        (await _operator.Put(draft.Path, new { version = draft.Version, content = new { @default = 5 } }, HttpStatusCode.BadRequest))["field"]!.GetValue<string>().ShouldBe("content");
        (await _operator.Put(draft.Path, new { version = draft.Version, content = new { @default = new object?[] { null } } }, HttpStatusCode.BadRequest))["field"]!.GetValue<string>().ShouldBe("content");
    }

    [Fact]
    public async Task What_wechat_refuses_is_told_and_can_be_published_again()
    {
        var draft = await Approved("查件");
        await _app.Fault(new { call = "/cgi-bin/menu/create", errcode = 40018, times = 1 });
        (await draft.Refused("publish")).ShouldBe("wechat.menu_invalid");
        draft = await draft.SeenBy(_operator);
        draft.State.ShouldBe("approved");
        draft.Problem.ShouldContain("40018");
        (await draft.Take("publish")).State.ShouldBe("published");
        draft.Problem.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_wechat_is_busy_the_edition_waits_and_takes_effect_by_itself()
    {
        var draft = await Approved("查件");
        await _app.Fault(new { call = "/cgi-bin/menu/create", errcode = 45009, times = 1 });
        (await draft.Take("publish")).State.ShouldBe("publishing");
        draft.Problem.ShouldBe("微信暂时没有接受，稍后自动重试：这个接口的调用次数已用完，11月22日 10:01 以后可以再试");
        _app.Clock.Advance(TimeSpan.FromMinutes(2)); // the client asks no more until the minute is over
        await _app.RunJob("wechat.finish_publications");
        (await draft.SeenBy(_operator)).State.ShouldBe("published");
        (await AtWechat()).Menu.Button[0].Name.ShouldBe("查件");
    }

    [Fact]
    public async Task An_edition_that_came_back_comes_back_once_however_often_it_is_asked_for()
    {
        var draft = await Approved("查件");
        await (await draft.SeenBy(_operator)).Take("publish");
        var made = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _operator.Post($"{Operators.Menu}/editions/1/rollback", new { })));
        made.Select(m => m["edition"]!["number"]!.GetValue<long>()).ShouldAllBe(number => number == draft.Number + 1);
        (await _operator.Post($"{Operators.Menu}/editions/1/rollback", new { remark = "再点一次" }))["edition"]!["number"]!.GetValue<long>().ShouldBe(draft.Number + 1);
        (await _operator.Get($"{Operators.Menu}/editions"))["items"]!.AsArray().Count.ShouldBe(3);
        (await AtWechat()).Menu.Button[0].Name.ShouldBe("查快递");
    }

    [Fact]
    public async Task An_approval_against_another_live_edition_does_not_count()
    {
        var draft = await Approved("查件");
        await (await draft.SeenBy(_operator)).Take("reopen");
        var published = await (await draft.SeenBy(_operator)).Take("submit");
        await (await published.SeenBy(_supervisor)).Take("approve");
        await (await published.SeenBy(_operator)).Take("publish");
        var next = await Approved("再改");
        await _operator.Post($"{Operators.Menu}/editions/1/rollback", new { });
        next = await next.SeenBy(_operator);
        (await next.Refused("publish")).ShouldBe("edition.outdated");
        (await _operator.Refused($"{Operators.Menu}/editions/{next.Number}/rollback", new { })).ShouldBe("edition.not_superseded");
    }

    [Fact]
    public async Task A_step_with_a_key_is_taken_once_and_unknown_contents_are_not_found()
    {
        using var first = await _operator.Send(HttpMethod.Post, $"{Operators.Menu}/editions", new { }, "begin-once");
        using var second = await _operator.Send(HttpMethod.Post, $"{Operators.Menu}/editions", new { }, "begin-once");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        await _operator.Post("menus/wxnobody/editions", new { }, HttpStatusCode.NotFound);
        await _operator.Post($"menus/{Pushes.MiniProgram}/editions", new { }, HttpStatusCode.NotFound);
        await _operator.Post($"{Operators.Menu}/editions/99/submit", new { version = 1 }, HttpStatusCode.NotFound);
        (await _app.Http.GetAsync("/api/desk/v1/wechat/menus")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _app.Http.GetAsync("/api/desk/v1/wechat/keywords")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Taps_are_counted_by_entry_and_day()
    {
        var me = Pushes.ToOfficial(_app);
        await me.Tell(me.EventXml("CLICK", "<EventKey>guidance</EventKey>"));
        await me.Tell(me.EventXml("VIEW", "<EventKey>https://example.com/</EventKey>"));
        await _app.Get<WechatGateway.Keywords.UsageCounts>().Flush(default);
        _app.Clock.Sleep(TimeSpan.FromDays(1));
        using var later = await Operators.SignIn(_app, "operator"); // the session of yesterday is over
        await me.Tell(me.EventXml("CLICK", "<EventKey>guidance</EventKey>"));
        _app.Clock.Advance(TimeSpan.FromSeconds(1)); // in the same second it would be the same event
        await me.Tell(me.EventXml("CLICK", "<EventKey>guidance</EventKey>"));
        await _app.Get<WechatGateway.Keywords.UsageCounts>().Flush(default);
        var uses = (await later.Get($"{Operators.Menu}/editions/1"))["uses"]!.AsArray();
        uses.Select(u => $"{u!["item"]} {u["today"]} {u["week"]} {u["month"]}").ShouldBe(["guidance 2 3 3", "https://example.com/ 0 1 1"], ignoreOrder: true);
        (await _app.Get<Db>().First<long>("select count(*) from wechat_usage_days where item = 'guidance'")).ShouldBe(2);
    }

    [Fact]
    public async Task Entries_with_long_addresses_that_begin_alike_are_counted_apart()
    {
        var alike = "https://example.com/?" + new string('a', 300);
        var draft = await (await _operator.Begin(Operators.Menu)).Edit(c =>
        {
            foreach (var at in new[] { 0, 1 }) c["default"]![at] = new JsonObject { ["name"] = $"页{at}", ["type"] = "view", ["url"] = $"{alike}{at}" };
        });
        var me = Pushes.ToOfficial(_app);
        await me.Tell(me.EventXml("VIEW", $"<EventKey>{alike}1</EventKey>"));
        await _app.Get<WechatGateway.Keywords.UsageCounts>().Flush(default);
        var uses = (await _operator.Get($"{Operators.Menu}/editions/{draft.Number}"))["uses"]!.AsArray();
        uses.Select(u => $"{u!["item"]} {u["today"]}").ShouldBe([$"{alike}1 1"]);
    }

    private async Task<JsonNode?> Live() => (await _operator.Get("menus"))["items"]!.AsArray().Single(m => m!["appId"]!.GetValue<string>() == Pushes.Official)!["live"];

    private async Task<Draft> Renamed(string name) => await (await _operator.Begin(Operators.Menu)).Edit(c => c["default"]![0]!["name"] = name);

    private async Task<Draft> Approved(string name)
    {
        var draft = await (await Renamed(name)).Take("submit");
        await (await draft.SeenBy(_supervisor)).Take("approve");
        return await draft.SeenBy(_operator);
    }

    private Task<AccountMenu> AtWechat() => _app.Get<WechatClient>().SendAsync(Account, new GetMenu());

    public sealed class OnSqlite : PublishingMenus
    {
        protected override Task<string?> Database() => Task.FromResult<string?>(null);
    }

    public sealed class OnMariaDb : PublishingMenus
    {
        protected override async Task<string?> Database() => await MariaDb.NewDatabase();
    }
}
