using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>The pages on which a customer puts something right or another way: an order, a parcel's place, what is told and when; and those that only tell. One program for all of them.</summary>
[Collection(nameof(Browser))]
public sealed partial class CustomerRearrangesThingsInTheApp(Browser browser, RunningDemo running) : Journey(browser), IClassFixture<RunningDemo>
{
    private CourierProcess Courier => running.Courier;

    [Fact]
    public async Task Has_a_parcel_brought_to_a_station_and_reads_its_name()
    {
        const string phone = "13911117801";
        var waybill = (await Courier.Http.PostJson("/simulator/parcels", new { recipientPhone = phone, to = "杭州" }))["waybill"]!.GetValue<string>();
        await Courier.Http.PostJson($"/simulator/parcels/{waybill}/advance", new { to = "picked_up" });
        var page = await SignedIn(phone, "/pages/delivery/delivery?waybill=" + waybill);
        await page.Visible("direction-station").GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Visible("where").Locator("input")).ToHaveValueAsync(City());
        await Expect(page.Visible("place").First).ToContainTextAsync("杭州");

        await page.Fill("where", "成都市");
        await page.Visible("where").Locator("input").PressAsync("Enter");
        await Expect(page.Visible("no-places")).ToContainTextAsync("成都市还没有可选的驿站");
        await Browser.Keep(page, "63-app-no-station");
        await page.Fill("where", "杭州市西湖区");
        await page.Visible("where").Locator("input").PressAsync("Enter");
        var station = page.Visible("place").Filter(new() { HasText = "杭州文三路营业点" });
        await station.ClickAsync();
        // Going into the field and out of it changes nothing.
        await page.Visible("where").Locator("input").FocusAsync();
        await page.Visible("where").Locator("input").BlurAsync();
        await Expect(station).ToHaveAttributeAsync("aria-checked", "true");
        await page.Visible("submit").ClickAsync();
        await Expect(page.Visible("asked")).ToContainTextAsync("杭州文三路营业点");
        await Expect(page.Visible("asked")).Not.ToContainTextAsync(OutletCode());
        await Browser.Keep(page, "64-app-station");

        await page.Visible("direction-locker").GetByRole(AriaRole.Button).First.ClickAsync();
        await page.Visible("place").First.ClickAsync();
        await page.Visible("submit").ClickAsync();
        await Expect(page.Visible("asked")).ToContainTextAsync("快递柜");
    }

    [Fact]
    public async Task Sends_from_an_outlet_and_puts_the_order_right()
    {
        var page = await SignedIn("13911117802", "/pages/send/send");
        await page.Paste("sender", "李四 13900001111 上海市浦东新区世纪大道100号", "浦东新区");
        await page.Paste("recipient", "王五 13812345679 浙江省杭州市西湖区文三路390号", "西湖区");
        await page.Visible("kind-outlet").ClickAsync();
        await page.Fill("goods-name", "衣服");
        await page.Answered("/quotes", () => page.Fill("weight", "2"), "\"outlet\"");
        await page.Visible("place").First.ClickAsync();
        var outlet = await page.Visible("place").First.Locator(".strong").InnerTextAsync();
        await page.Visible("to-confirm").ClickAsync();
        await Expect(page.Visible("sheet")).ToContainTextAsync("网点会当面查验");
        await page.Visible("place-order").ClickAsync();
        await Expect(page.Visible("outlet")).ToContainTextAsync(outlet);
        await Expect(page.Visible("drop-off")).ToHaveTextAsync(EightDigits());
        await Browser.Keep(page, "65-app-outlet-order");

        await page.Visible("change").ClickAsync();
        await Expect(page.Visible("recipient-name").Locator("input")).ToHaveValueAsync("王五");
        await page.Visible("save-change").ClickAsync();
        await Expect(page.Visible("wrong")).ToHaveTextAsync("还没有改动");
        await page.Fill("recipient-name", "王小五");
        await page.Fill("recipient-phone", "139");
        await page.Visible("save-change").ClickAsync();
        await Expect(page.Visible("wrong")).ToContainTextAsync("电话");
        await page.Fill("recipient-phone", "13800138000");
        await page.Fill("remark", "易碎，请轻放");
        await Browser.Keep(page, "66-app-order-change");
        await page.Visible("save-change").ClickAsync();
        await Expect(page.Visible("step").Filter(new() { HasText = "修改了订单信息" })).ToHaveCountAsync(1);
        await Expect(page.Visible("step").Filter(new() { HasText = "已下单" })).ToHaveCountAsync(1);
        await Expect(page.GetByText("王小五").Filter(new() { Visible = true })).ToContainTextAsync("13800138000");
        await Expect(page.GetByText("易碎，请轻放").Filter(new() { Visible = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Chooses_what_is_told_and_when_and_every_tap_of_a_quick_hand_holds()
    {
        var page = await SignedIn("13911117803", "/pages/preferences/preferences");
        await page.Visible("switch-sms").ClickAsync();
        await page.Visible("switch-incident").ClickAsync();
        await page.Answered("/notification-preferences", () => page.Visible("quiet-own").ClickAsync(), "22:00-08:00");
        await page.ReloadAsync();
        await Expect(page.Visible("switch-sms")).ToHaveAttributeAsync("aria-checked", "false");
        await Expect(page.Visible("switch-incident")).ToHaveAttributeAsync("aria-checked", "false");
        await Expect(page.Visible("switch-parcelStatus")).ToHaveAttributeAsync("aria-checked", "true");
        await Expect(page.GetByText("从 22:00")).ToBeVisibleAsync();
        await Browser.Keep(page, "67-app-preferences");
    }

    [Fact]
    public async Task Reads_the_notices_that_hold_now()
    {
        var page = await Browser.OpenApp(Courier.Address, "/pages/notices/notices");
        await Expect(page.Visible("state-empty")).ToContainTextAsync("现在没有公告");
        using var operators = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = Courier.Address };
        operators.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        (await operators.PostAsJsonAsync("/api/desk/v1/session", new { name = "operator", password = "demooperator" })).EnsureSuccessStatusCode();
        var made = await operators.PostAsJsonAsync("/api/desk/v1/incidents", new { title = "乌鲁木齐大雪", text = "快件晚到一天，请谅解。", kind = "weather", severity = "warning", regions = new[] { "6501" } });
        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        (await operators.PostAsJsonAsync($"/api/desk/v1/incidents/{id}/publish", new { tell = false })).EnsureSuccessStatusCode();
        await Wait.Until(async () =>
        {
            await page.ReloadAsync();
            await Expect(page.Visible("notice").Or(page.Visible("state-empty"))).ToBeVisibleAsync();
            return await page.Visible("notice").CountAsync() > 0;
        }, "the notice is shown once the former answer is not fresh any more");
        await Expect(page.Visible("notice")).ToContainTextAsync("乌鲁木齐大雪");
        await Expect(page.Visible("notice")).ToContainTextAsync("影响地区：新疆维吾尔自治区乌鲁木齐市");
        await Browser.Keep(page, "68-app-notices");
    }

    [Fact]
    public async Task Asks_whether_and_how_something_is_sent()
    {
        var page = await Browser.OpenApp(Courier.Address, "/pages/goods/goods?q=" + Uri.EscapeDataString("红酒"));
        await Expect(page.Visible("verdict")).ToContainTextAsync("有条件可寄");
        await Expect(page.Visible("packing")).ToContainTextAsync("怎么包装");
        await Expect(page.Visible("packing")).ToContainTextAsync("¥");
        await Browser.Keep(page, "69-app-packing");
        await page.Fill("goods", "烟花爆竹");
        await page.Visible("check").ClickAsync();
        await Expect(page.Visible("verdict")).ToContainTextAsync("不能寄");
    }

    [GeneratedRegex("^杭州市")]
    private static partial Regex City();

    [GeneratedRegex("HZ[0-9]{3}")]
    private static partial Regex OutletCode();

    [GeneratedRegex("^[0-9]{8}$")]
    private static partial Regex EightDigits();

    private async Task<IPage> SignedIn(string phone, string path)
    {
        var page = await Browser.OpenApp(Courier.Address, "/pages/sign-in/sign-in?next=" + Uri.EscapeDataString(path));
        await page.SignIn(Courier.Http, phone);
        return page;
    }
}
