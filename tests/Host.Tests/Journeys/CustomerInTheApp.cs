using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>A customer with the pages under /app on a phone's browser; the pages must have been built (test.sh does).</summary>
[Collection(nameof(Browser))]
public sealed class CustomerInTheApp(Browser browser)
{
    private const string Phone = "13911117788";

    [Fact]
    public async Task Signs_in_with_a_text_message_and_finds_and_shares_the_own_parcels_and_nobody_else_is_asked_anything()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        var waybill = await Travelling(courier);

        var page = await Open(courier, "/pages/track/track?waybill=" + waybill);
        var foreign = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(courier.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(request.Url);
        };
        var opened = TimeProvider.System.GetTimestamp();
        await page.ReloadAsync();
        var tracked = page.GetByTestId("tracked");
        await Expect(tracked).ToContainTextAsync("没有查到");
        await Fill(page, "tail", Phone[^4..]);
        await page.GetByTestId("tail-go").ClickAsync();
        await Expect(page.GetByTestId("status")).ToHaveTextAsync("运输中");
        await Browser.Keep(page, "40-app-track-as-guest");

        await Go(page, courier, "/pages/parcels/parcels");
        await page.GetByTestId("to-sign-in").ClickAsync();
        await SignIn(page, courier);
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
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        var page = await Open(courier, "/pages/goods/goods");
        await page.Context.SetOfflineAsync(true);
        await Fill(page, "goods", "充电宝");
        await page.GetByTestId("check").ClickAsync();
        await Expect(page.GetByTestId("state-offline")).ToContainTextAsync("网络");
        await Browser.Keep(page, "43-app-offline");
        await page.Context.SetOfflineAsync(false);
        await page.GetByTestId("retry").ClickAsync();
        await Expect(page.GetByTestId("verdict")).ToContainTextAsync("充电宝");
        await Browser.Keep(page, "44-app-goods");
    }

    private async Task<IPage> Open(CourierProcess courier, string path)
    {
        (await courier.Http.GetAsync("/app/")).IsSuccessStatusCode.ShouldBeTrue("the customers' pages are not built: cd src/Web/customer && npm ci && npm run build");
        return await browser.OpenOnAPhone(new Uri(courier.Address, "/app/#" + path));
    }

    private static Task Go(IPage page, CourierProcess courier, string path) => page.GotoAsync(new Uri(courier.Address, "/app/#" + path).ToString());

    private static async Task SignIn(IPage page, CourierProcess courier)
    {
        await Fill(page, "phone", Phone);
        await page.GetByTestId("send-code").ClickAsync();
        await Expect(page.GetByTestId("send-code")).ToContainTextAsync("秒后重发");
        var texts = JsonNode.Parse(await courier.Http.GetStringAsync("/simulator/sms/" + Phone))!["messages"]!.AsArray();
        await Fill(page, "code", texts[^1]!["code"]!.GetValue<string>());
        await page.GetByTestId("sign-in").ClickAsync();
    }

    private static Task Fill(IPage page, string field, string text) =>
        page.GetByTestId(field).Filter(new() { Visible = true }).Locator("input, textarea").Last.FillAsync(text);

    private static async Task<string> Travelling(CourierProcess courier)
    {
        var made = await Post(courier, "/simulator/parcels", new { recipientPhone = Phone });
        var waybill = made["waybill"]!.GetValue<string>();
        for (var step = 0; step < 2; step++) await Post(courier, $"/simulator/parcels/{waybill}/advance", new { });
        return waybill;
    }

    private static async Task<JsonNode> Post(CourierProcess courier, string path, object body)
    {
        using var answer = await courier.Http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
