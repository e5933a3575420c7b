using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Gateway.Tests.Editions;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Testing;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.WechatGateway;

namespace Courier.Gateway.Tests.Following;

/// <summary>A group decides what its members see in the chat: another menu and other replies, as soon as the rule holds and no longer.</summary>
public sealed class LivingInAGroup : IAsyncLifetime
{
    private CourierApp _app = null!;
    private Operators _operator = null!, _supervisor = null!;
    private string _member = "", _other = "";

    private Db Db => _app.Get<Db>();

    public async Task InitializeAsync()
    {
        _app = await CourierApp.Start(new() { Demo = true });
        (_operator, _supervisor) = (await Operators.SignIn(_app, "operator"), await Operators.SignIn(_app, "supervisor"));
        (_member, _other) = (await _app.AddFollower(Pushes.Official), await _app.AddFollower(Pushes.Official));
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        _supervisor.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_member_sees_the_menu_of_the_groups_tag_until_the_group_is_left()
    {
        var tags = await _operator.Post($"tags/{Pushes.Official}", new { name = "大客户" });
        var tag = tags["items"]!.AsArray().Single(t => t!["name"]!.GetValue<string>() == "大客户")!["tagId"]!.GetValue<long>();
        await Save(version: 0, tag);
        await Publish(await (await _operator.Begin(Operators.Menu)).Edit(c => c["personal"] = new JsonArray(new JsonObject
        {
            ["tagId"] = tag, ["entries"] = new JsonArray(new JsonObject { ["name"] = "大客户专线", ["type"] = "click", ["key"] = "human" }),
        })));
        await Wait.Until(async () => await Seen(_other) != "大客户专线", "the menus are at WeChat");
        await Comes(1);
        (await Seen(_member)).ShouldBe("大客户专线");
        (await Seen(_other)).ShouldNotBe("大客户专线");
        await Comes(-1);
        (await Seen(_member)).ShouldBe(await Seen(_other));
    }

    [Fact]
    public async Task A_member_reads_the_reply_of_the_group_and_everybody_else_the_usual_one()
    {
        await Save(version: 0);
        var draft = await (await _operator.Begin(Operators.Keywords)).Edit(c => c["rows"]!.AsArray().Insert(0, JsonSerializer.SerializeToNode(new
        {
            id = new string('a', 32), appId = "", tagId = 0, group = "praising", word = "寄件", matchKind = "exact", command = "", reply = "您的专属客户经理：小林，电话 95300 转 8。", guide = "", enabled = true,
            validFrom = (string?)null, validUntil = (string?)null, hours = "",
        }, KernelJson.Options)));
        draft.Problems.ShouldBeEmpty();
        draft.View["compared"]!.AsArray().Select(l => l!["text"]!.GetValue<string>()).ShouldContain(t => t.Contains("分组 常表扬"));
        (await draft.Edit(c => c["rows"]![0]!["group"] = "nobody")).Problems.ShouldContain(("rows/0", "group", false));
        await Publish(await draft.Edit(c => c["rows"]![0]!["group"] = "praising"));
        var chat = Pushes.ToOfficial(_app);
        (await chat.As(_member).Say("寄件")).ShouldContain("上门");
        await Comes(1);
        (await chat.As(_member).Say("寄件")).ShouldBe("您的专属客户经理：小林，电话 95300 转 8。");
        (await chat.As(_other).Say("寄件")).ShouldContain("上门");
        await Comes(-1);
        (await chat.As(_member).Say("寄件")).ShouldContain("上门");
    }

    private async Task Comes(long praises)
    {
        var customer = await RecogniseCustomer.Execute(Db, _app.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(_member), null), default);
        await Db.InTransaction(tx => CustomerFacts.Add(tx, _app.Clock, customer, CustomerMeasure.Praises, _app.Clock.GetUtcNow(), praises, default));
        await _app.RunJob("customers.judge");
        await _app.Settle();
        await _app.RunJob("wechat.send_tag_wishes");
    }

    private Task<long> Save(long version, long tag = 0) => SaveSegment.Execute(Db, _app.Clock,
        new SegmentDraft("praising", SegmentKind.Group, "常表扬", 0, IsActive: true, JsonDocument.Parse("""{"fact":"praises_12m","op":">=","value":1}""").RootElement) { TagAppId = tag > 0 ? Pushes.Official : "", TagId = tag },
        version, StaffId.Parse(new string('d', 32)), "test", default);

    private async Task Publish(Draft draft)
    {
        await draft.Take("submit");
        await (await draft.SeenBy(_supervisor)).Take("approve");
        (await (await draft.SeenBy(_operator)).Take("publish")).State.ShouldBe("published");
    }

    private async Task<string> Seen(string follower) =>
        (await _app.Get<WechatClient>().SendAsync(_app.Get<WechatAccounts>().All.Single(a => a.AppId == Pushes.Official).Wechat, new TryMenu(follower)))[0].Name;
}
