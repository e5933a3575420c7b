using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Kernel;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>
/// One customer sends in the three ways, by chat, page and API: the order for the door is moved in the chat, the one for a locker is called off
/// on the page, the one for an outlet is taken in by a clerk; and on its way its recipient has that parcel brought another way.
/// </summary>
[Collection(nameof(Browser))]
public abstract class SendingInEveryWay(Browser browser, Func<Task<string?>> database) : Journey(browser)
{
    private const string Official = "wxdemo0000000001", Sender = "13911119292", Recipient = "13911119393", Outlet = "SZ001", Secret = "secret-of-the-counter-in-this-test";

    [Fact]
    public async Task The_door_a_locker_and_an_outlet_and_then_one_is_moved_one_called_off_and_one_redirected()
    {
        await using var app = await CourierApp.Start(new() { Demo = true, MariaDb = await database(), Settings = new Dictionary<string, string>
        {
            ["Sandbox:Plays"] = "false",
            ["Outlets:Counters:0:Outlet"] = Outlet, ["Outlets:Counters:0:Key"] = "counter", ["Outlets:Counters:0:Secret"] = Secret,
        } });
        app.TakeTheMachinesTime(); // the pages know no other
        var chat = await Follower(app, Sender, "寄件人");
        (await Say(app, chat, "寄件")).ShouldContain("/app/#/pages/send/send");
        using var me = await SignedIn(app, Sender);

        var door = await Place(me, "door", new { slot = await NextSlot(me) });
        (await Say(app, chat, "我的订单")).ShouldMatch(DoorOrder.BeforeThePickup().ToString());
        await Say(app, chat, "改时间 1");
        (await Say(app, chat, "2")).ShouldStartWith("改好了");
        (await Order(me, door))["history"]!.AsArray().Select(h => Text(h!, "action")).ShouldContain("reschedule");

        var near = JsonNode.Parse(await me.GetStringAsync("/api/customer/v1/network/nearest?lat=22.5404&lng=113.9430&kind=locker&fits=S&limit=1"))!["items"]![0]!;
        var locker = await Place(me, "locker", new { lockerCode = Text(near, "id"), cellSize = "S" });
        Text((await Order(me, locker))["cell"]!, "openCode").Length.ShouldBeGreaterThan(3);
        await CallOffOnThePage(app, locker);
        (await Order(me, locker))["cell"].ShouldBeNull("the cell is free for others");

        var outlet = await Place(me, "outlet", new { outletCode = Outlet });
        var placed = await Order(me, outlet);
        (await Accept(app, Text(placed, "dropOffCode"), "wrong-secret")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        using var accepted = await Accept(app, Text(placed, "dropOffCode"), Secret);
        accepted.IsSuccessStatusCode.ShouldBeTrue(await accepted.Content.ReadAsStringAsync());
        Text(await Order(me, outlet), "status").ShouldBe("picked_up");

        await Redirect(app, Text(placed["shipments"]![0]!, "waybill"));
    }

    private static async Task Redirect(CourierApp app, string waybill)
    {
        await app.Settle(); // the parcel is there
        var chat = await Follower(app, Recipient, "收件人");
        using var recipient = await SignedIn(app, Recipient);
        var asked = await recipient.PostJson($"/api/customer/v1/parcels/{waybill}/delivery", new { kind = "neighbour", place = "3幢502张阿姨" });
        Text(asked, "state").ShouldBe("asked");
        await Say(app, chat, "放驿站 " + waybill);
        (await Say(app, chat, "幸福里菜鸟驿站")).ShouldStartWith("没有找到叫“幸福里菜鸟驿站”的可以存放快件的网点");
        (await Say(app, chat, "1")).ShouldStartWith($"已通知网点：{waybill} 放驿站（杭州文三路营业点");
    }

    private async Task CallOffOnThePage(CourierApp app, string order)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var page = await Browser.OpenApp(app.Address, "/pages/sign-in/sign-in?next=" + Uri.EscapeDataString("/pages/order/order?id=" + order));
        await page.SignIn(app.Http, Sender);
        await Expect(page.Locator(".uni-modal")).ToContainTextAsync("这也是您的账号吗"); // the chat's customer has the number too
        await page.Decline();
        await Expect(page.Visible("order-status")).ToHaveTextAsync("待投柜");
        await page.Visible("cancel").ClickAsync();
        await page.Confirm();
        await Expect(page.Visible("order-status")).ToHaveTextAsync("已取消");
        await Browser.Keep(page, "63-app-locker-cancelled");
    }

    private static async Task<string> Place(HttpClient me, string kind, object more)
    {
        var (from, to) = (Party("王小明", Sender, "广东省", "深圳市", "南山区", "科苑路8号"), Party("李小雷", Recipient, "浙江省", "杭州市", "西湖区", "文三路478号"));
        var goods = new { kind = "clothing", name = "毛衣", weightGrams = 1000 };
        var quote = await me.PostJson("/api/customer/v1/quotes", new { from, to, goods, pickup = kind });
        var body = JsonSerializer.SerializeToNode(new { kind, sender = from, recipient = to, goods, quoteId = Text(quote, "quoteId"), product = "standard", payment = "on_pickup" })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more)!.AsObject()) body[name] = value?.DeepClone();
        return Text(await me.PostJson("/api/customer/v1/orders", body), "id");
    }

    private static async Task<string> NextSlot(HttpClient me) =>
        Text(JsonNode.Parse(await me.GetStringAsync("/api/customer/v1/slots?province=广东省&city=深圳市&district=南山区"))!["next"]!, "from");

    private static async Task<JsonNode> Order(HttpClient me, string id) => JsonNode.Parse(await me.GetStringAsync("/api/customer/v1/orders/" + id))!;

    private static async Task<HttpResponseMessage> Accept(CourierApp app, string code, string secret)
    {
        var body = """{"weightGrams":1050,"realNameToken":"checked-at-the-counter","inspected":true}""";
        var timestamp = app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/outlet/v1/orders/{code}/accept") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Courier-Key", "counter");
        request.Headers.Add("X-Courier-Timestamp", timestamp);
        request.Headers.Add("X-Courier-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp + "\n" + body))));
        return await app.Http.SendAsync(request);
    }

    /// <summary>Somebody who follows the account and has proven the phone in the chat.</summary>
    private static async Task<string> Follower(CourierApp app, string phone, string name)
    {
        var chat = Text(await app.Http.PostJson("/sandbox/control/followers", new { appId = Official, phone, nickname = name }), "openid");
        await Say(app, chat, "绑定手机 " + phone);
        (await Say(app, chat, await Code(app, phone))).ShouldContain("成功");
        app.Clock.Advance(TimeSpan.FromMinutes(2)); // one code a minute
        return chat;
    }

    private static async Task<HttpClient> SignedIn(CourierApp app, string phone)
    {
        using var sent = await app.Http.PostAsJsonAsync("/api/customer/v1/session/sms", new { phone });
        sent.IsSuccessStatusCode.ShouldBeTrue(await sent.Content.ReadAsStringAsync());
        var session = await app.Http.PostJson("/api/customer/v1/session/sms/verify", new { phone, code = await Code(app, phone) });
        var client = app.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(session, "token"));
        return client;
    }

    private static async Task<string> Code(CourierApp app, string phone) =>
        Text(JsonNode.Parse(await app.Http.GetStringAsync("/simulator/sms/" + phone))!["messages"]!.AsArray()[^1]!, "code");

    private static async Task<string> Say(CourierApp app, string openid, string text) =>
        (await app.Http.PostJson("/sandbox/control/say", new { openid, message = new { type = "text", content = text } }))["reply"]?["text"]?.GetValue<string>() ?? "";

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static object Party(string name, string phone, string province, string city, string district, string detail) => new { name, phone, province, city, district, detail };
}

public sealed class SendingInEveryWayOnSqlite(Browser browser) : SendingInEveryWay(browser, () => Task.FromResult<string?>(null));

public sealed class SendingInEveryWayOnMariaDb(Browser browser) : SendingInEveryWay(browser, async () => await MariaDb.NewDatabase());
