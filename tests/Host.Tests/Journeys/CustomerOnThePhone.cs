using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>The main job in a real browser, on the running program: follow, ask, scan, menu, location, and the pushes as the parcel moves.</summary>
[Collection(nameof(Browser))]
public sealed class CustomerOnThePhone(Browser browser)
{
    private const string OpenId = "oJourney0001";
    private const string Phone = "13911112222";

    [Fact]
    public async Task A_customer_follows_asks_for_a_parcel_and_is_told_when_it_moves()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        await Post(courier, "/sandbox/control/followers", new { appId = "wxdemo0000000001", openid = OpenId, nickname = "旅客甲", phone = Phone, follow = false });
        var waybill = (await Post(courier, "/simulator/parcels", new { recipientPhone = Phone, senderPhone = "13911113333" }))["waybill"]!.GetValue<string>();

        var page = await browser.Open(new Uri(courier.Address, "/sandbox/phone?phones=" + OpenId));
        await Expect(page.Locator("body[data-ready=true]")).ToBeAttachedAsync();
        var phone = page.GetByTestId("phone").First;

        await phone.GetByTestId("follow").ClickAsync();
        await Expect(Answers(phone).Last).ToContainTextAsync("欢迎");
        await Browser.Keep(page, "01-followed");

        await Say(phone, waybill);
        await Expect(Answers(phone).Last).ToContainTextAsync("后四位");
        await Say(phone, Phone[^4..]);
        await Expect(Answers(phone).Last).ToContainTextAsync("待揽收");
        await Browser.Keep(page, "02-tracked");

        foreach (var (to, words) in new[] { ("picked_up", "揽收"), ("out_for_delivery", "派送"), ("signed", "签收") })
        {
            await Post(courier, $"/simulator/parcels/{waybill}/advance", new { to });
            await Expect(Answers(phone).Filter(new() { HasText = waybill }).Last).ToContainTextAsync(words);
        }
        await Browser.Keep(page, "03-pushed");

        await Scan(phone, "CODE_128," + waybill);
        await Expect(Answers(phone).Last).ToContainTextAsync("签收");

        await phone.GetByTestId("menu-0").ClickAsync();
        await Browser.Keep(page, "04-menu");
        await phone.GetByTestId("menu-0-1").ClickAsync(); // 我的快递
        await Expect(Answers(phone).Last).ToContainTextAsync(waybill + "　已签收");

        await Say(phone, "能寄充电宝吗");
        await Expect(Answers(phone).Last).ToContainTextAsync("充电宝");

        await phone.GetByTestId("more").ClickAsync();
        await phone.GetByTestId("share-location").ClickAsync();
        await page.GetByText("杭州 西湖文化广场").ClickAsync();
        await Expect(Answers(phone).Last).ToContainTextAsync("公里");
        await Browser.Keep(page, "05-location");

        await Say(phone, "人工");
        await Expect(Answers(phone).Last).ToContainTextAsync("C2");
        await Browser.Keep(page, "06-human");

        var rules = await page.GetByTestId("rule").AllInnerTextsAsync();
        rules.ShouldBeEmpty("the product broke a rule of WeChat: " + string.Join(" | ", rules));
    }

    private static ILocator Answers(ILocator phone) => phone.GetByTestId("bubble-in");

    private static async Task Say(ILocator phone, string text)
    {
        await phone.GetByTestId("composer").FillAsync(text);
        await phone.GetByTestId("send").ClickAsync();
    }

    private static async Task Scan(ILocator phone, string code)
    {
        await phone.GetByTestId("more").ClickAsync();
        await phone.GetByTestId("scan-barcode").ClickAsync();
        await phone.Page.GetByTestId("dialog-input").FillAsync(code);
        await phone.Page.GetByTestId("dialog-ok").ClickAsync();
    }

    private static async Task<JsonNode> Post(CourierProcess courier, string path, object body)
    {
        using var answer = await courier.Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
