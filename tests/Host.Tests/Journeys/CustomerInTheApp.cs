using System.Net.Http.Headers;
using System.Net.Http.Json;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>A customer with the pages under /app on a phone's browser; the pages must have been built (test.sh does).</summary>
[Collection(nameof(Browser))]
public sealed class CustomerInTheApp(Browser browser, RunningDemo running) : Journey(browser), IClassFixture<RunningDemo>
{
    private const string Phone = "13911117788";

    [Fact]
    public async Task Signs_in_with_a_text_message_and_finds_and_shares_the_own_parcels_and_nobody_else_is_asked_anything()
    {
        var courier = running.Courier;
        var waybill = await Travelling(courier);

        var page = await Browser.OpenApp(courier.Address, "/pages/track/track?waybill=" + waybill);
        var foreign = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(courier.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(request.Url);
        };
        var opened = TimeProvider.System.GetTimestamp();
        await page.ReloadAsync();
        var tracked = page.GetByTestId("tracked");
        await Expect(tracked).ToContainTextAsync("没有查到");
        await page.Fill("tail", "0000");
        await page.GetByTestId("tail-go").ClickAsync();
        await Expect(page.GetByTestId("tail-in-vain")).ToContainTextAsync("还是没有查到");
        await page.Fill("tail", Phone[^4..]);
        await page.GetByTestId("tail-go").ClickAsync();
        await Expect(page.GetByTestId("status")).ToHaveTextAsync("运输中");
        await Browser.Keep(page, "40-app-track-as-guest");

        await page.Go(courier.Address, "/pages/parcels/parcels");
        await page.GetByTestId("to-sign-in").ClickAsync();
        await ProveTheNumberInTheMiniProgram(courier.Http);
        await page.SignIn(courier.Http, Phone);
        await Expect(page.Locator(".uni-modal")).ToContainTextAsync("这个手机号还绑定着一个微信里的账号");
        await Browser.Keep(page, "41-app-other-account");
        await page.Answered("/session/merge", page.Confirm);
        await Expect(page.GetByTestId("parcel").Filter(new() { HasText = "运输中" })).ToHaveCountAsync(1);
        await Browser.Keep(page, "41-app-parcels");

        await page.GetByTestId("parcel").ClickAsync();
        await page.GetByTestId("share").ClickAsync();
        var link = await page.GetByTestId("shared").Locator(".link-text").InnerTextAsync();
        link.ShouldContain("/s/");
        (await courier.Http.GetAsync(new Uri(link))).IsSuccessStatusCode.ShouldBeTrue();
        await Browser.Keep(page, "42-app-shared");

        // What the pages' runtime asks by itself, it asks some seconds after they were opened.
        await Wait.Until(() => TimeProvider.System.GetElapsedTime(opened) > TimeSpan.FromSeconds(6), "six seconds have gone by", TimeSpan.FromSeconds(10));
        foreign.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_told_what_is_wrong_and_can_try_again_when_the_network_is_away()
    {
        var courier = running.Courier;
        var page = await Browser.OpenApp(courier.Address, "/pages/goods/goods");
        await Expect(page.Visible("check")).ToBeVisibleAsync(); // the page is here, before the network goes
        await page.Context.SetOfflineAsync(true);
        await page.Fill("goods", "充电宝");
        await page.GetByTestId("check").ClickAsync();
        await Expect(page.GetByTestId("state-offline")).ToContainTextAsync("网络");
        await Browser.Keep(page, "43-app-offline");
        await page.Context.SetOfflineAsync(false);
        await page.GetByTestId("retry").ClickAsync();
        await Expect(page.GetByTestId("verdict")).ToContainTextAsync("充电宝");
        await Browser.Keep(page, "44-app-goods");
    }

    [Fact]
    public async Task Sends_a_parcel_from_pasted_addresses_at_the_price_that_was_shown_moves_it_and_calls_it_off()
    {
        var courier = running.Courier;
        var page = await Browser.OpenApp(courier.Address, "/pages/sign-in/sign-in?next=%2Fpages%2Fsend%2Fsend");
        await page.SignIn(courier.Http, "13911117789");

        await page.Paste("sender", "李四 13900001111 广东省深圳市南山区粤海街道科技园科苑路15号", "南山区");
        await page.Paste("recipient", "收件人:张三\n电话:13812345678\n北京市朝阳区望京街道阜通东大街6号院3号楼", "朝阳区");
        // The rules are told before anything is ordered: what is forbidden cannot be, what goes on a condition only once the sender knows it.
        await Ruled("汽油", "不能寄");
        await page.GetByTestId("to-confirm").ClickAsync();
        await Expect(page.GetByText("这件物品不能寄").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("sheet")).ToHaveCountAsync(0);
        await Ruled("充电宝", "有条件可寄");
        await Expect(page.GetByTestId("verdict")).ToContainTextAsync("条件：");
        await Expect(page.GetByTestId("confirm-goods")).ToHaveAttributeAsync("aria-checked", "false");
        await Browser.Keep(page, "45-app-goods-rule");
        await page.Fill("goods-name", "衣服");
        // The price hangs on the slot, which is chosen by itself: what is shown then is the price of this one.
        await Expect(Pressed(page)).ToHaveCountAsync(1);
        await page.Answered("/quotes", () => page.Fill("weight", "2.5"), "2500");
        var chosen = page.GetByTestId("option").Filter(new() { Has = page.GetByTestId("show-lines") });
        await chosen.GetByTestId("show-lines").ClickAsync();
        await Expect(chosen.GetByTestId("price-lines")).ToContainTextAsync("首重");
        var price = await chosen.Locator(".option-total").InnerTextAsync();
        await Browser.Keep(page, "45-app-send");
        await page.GetByTestId("to-confirm").ClickAsync();
        await Expect(page.GetByTestId("sheet")).ToContainTextAsync(price);
        await Browser.Keep(page, "46-app-confirm");
        await page.GetByTestId("place-order").ClickAsync();

        await Expect(page.GetByTestId("order-status")).ToHaveTextAsync(DoorOrder.BeforeThePickup());
        await Expect(page.GetByTestId("price-lines")).ToContainTextAsync(price);
        await Browser.Keep(page, "47-app-order");

        // To another region: the new price is shown and agreed to before anything changes.
        await page.GetByTestId("change").ClickAsync();
        await Expect(page.GetByTestId("recipient-region")).ToContainTextAsync("朝阳区");
        await page.GetByTestId("elsewhere").ClickAsync();
        await Expect(page.GetByTestId("told")).ToBeVisibleAsync();
        await page.Fill("region", "广东省 深圳市 福田区");
        await page.GetByTestId("save").ClickAsync();
        await Expect(page.GetByTestId("recipient-region")).ToContainTextAsync("福田区");
        await page.GetByTestId("save-change").ClickAsync();
        await Expect(page.GetByTestId("new-price")).ToBeVisibleAsync();
        var anew = await page.GetByTestId("new-price").GetByTestId("option").Filter(new() { Has = page.GetByTestId("show-lines") }).Locator(".option-total").InnerTextAsync();
        anew.ShouldNotBe(price);
        await Browser.Keep(page, "47-app-order-elsewhere");
        await page.GetByTestId("save-change").ClickAsync();
        await Expect(page.GetByTestId("order-status")).ToHaveTextAsync(DoorOrder.BeforeThePickup());
        await Expect(page.GetByTestId("price-lines")).ToContainTextAsync(anew);
        await page.GetByTestId("reschedule").ClickAsync();
        // The first slot that can be had is chosen by itself; the customer then takes a later one.
        await Expect(Pressed(page)).ToHaveCountAsync(1);
        var later = page.GetByTestId("slot").Last;
        await later.ClickAsync();
        await Expect(later).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Answered("/reschedule", () => page.GetByTestId("move").ClickAsync());
        await Expect(page.GetByTestId("move")).ToHaveCountAsync(0);
        await page.GetByTestId("cancel").ClickAsync();
        await page.Confirm();
        await Expect(page.GetByTestId("order-status")).ToHaveTextAsync("已取消");

        await page.Go(courier.Address, "/pages/orders/orders");
        await Expect(page.GetByTestId("order")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("order")).ToContainTextAsync("已取消");
        await page.Go(courier.Address, "/pages/addresses/addresses");
        await Expect(page.GetByTestId("address")).ToHaveCountAsync(3);
        await Browser.Keep(page, "48-app-addresses");

        async Task Ruled(string goods, string verdict)
        {
            await page.Fill("goods-name", goods);
            await page.GetByTestId("goods-name").Locator("input").PressAsync("Enter");
            await Expect(page.GetByTestId("verdict")).ToContainTextAsync(verdict);
        }
    }

    private static ILocator Pressed(IPage page) => page.Locator("[data-testid=slot][aria-pressed=true]");

    // The same person's other account: WeChat names the number, no text message is needed.
    private static async Task ProveTheNumberInTheMiniProgram(HttpClient http)
    {
        const string appId = "wxdemo0000000002";
        async Task<string> Told(string what, object about, string name) => (await http.PostJson("/sandbox/control/" + what, about))[name]!.GetValue<string>();
        var openid = await Told("followers", new { appId, phone = Phone, nickname = "小程序用户", follow = false }, "openid");
        var session = await http.PostJson("/api/customer/v1/session/wechat", new { appId, code = await Told("login-code", new { openid }, "code") });
        using var bind = new HttpRequestMessage(HttpMethod.Post, "/api/customer/v1/session/phone") { Content = JsonContent.Create(new { code = await Told("phone-code", new { openid }, "code") }) };
        bind.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session["token"]!.GetValue<string>());
        using var bound = await http.SendAsync(bind);
        bound.IsSuccessStatusCode.ShouldBeTrue(await bound.Content.ReadAsStringAsync());
    }

    private static async Task<string> Travelling(CourierProcess courier)
    {
        var made = await courier.Http.PostJson("/simulator/parcels", new { recipientPhone = Phone });
        var waybill = made["waybill"]!.GetValue<string>();
        await courier.Http.PostJson($"/simulator/parcels/{waybill}/advance", new { to = "departed" });
        return waybill;
    }
}
