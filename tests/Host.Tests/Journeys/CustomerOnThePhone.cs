using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>The main job in a real browser, on the running program: follow, ask, scan, menu, location, and the pushes as the parcel moves.</summary>
[Collection(nameof(Browser))]
public sealed class CustomerOnThePhone(Browser browser) : Journey(browser)
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

        var (page, phone) = await Browser.Phone(courier, OpenId);

        await Next(phone, () => phone.GetByTestId("follow").ClickAsync(), "欢迎");
        await Browser.Keep(page, "01-followed");

        await Next(phone, () => Browser.Say(phone, waybill), "后四位");
        await Next(phone, () => Browser.Say(phone, Phone[^4..]), "待揽收");
        await Browser.Keep(page, "02-tracked");

        foreach (var (to, words) in new[] { ("picked_up", "揽收。"), ("out_for_delivery", "派送。"), ("signed", "已签收") })
        {
            await Post(courier, $"/simulator/parcels/{waybill}/advance", new { to });
            await Expect(Pushes(phone, waybill).Filter(new() { HasText = words })).ToHaveCountAsync(1);
        }
        await Browser.Keep(page, "03-pushed");

        await Next(phone, () => Scan(phone, "CODE_128," + waybill), "已签收");
        await Next(phone, () => ChooseFromMenu(page, phone), waybill + "　已签收");
        await Next(phone, () => Browser.Say(phone, "能寄充电宝吗"), "充电宝");
        await Next(phone, () => ShareLocation(page, phone), "公里");
        await Browser.Keep(page, "05-location");
        await Next(phone, () => Browser.Say(phone, "人工"), "编号 C2");
        await Browser.Keep(page, "06-human");

        var rules = await page.GetByTestId("rule").AllInnerTextsAsync();
        rules.ShouldBeEmpty("the product broke a rule of WeChat: " + string.Join(" | ", rules));
    }

    /// <summary>What the account sends by itself, apart from the answers.</summary>
    private static ILocator Pushes(ILocator phone, string waybill) => phone.Locator("[data-testid=bubble-in][data-kind=custom]").Filter(new() { HasText = waybill });

    /// <summary>Does something, and sees that exactly one more answer with these words comes: at once, or as a message of its own when it took too long for that.</summary>
    private static async Task Next(ILocator phone, Func<Task> act, string words)
    {
        var answers = phone.GetByTestId("bubble-in").Filter(new() { HasText = words });
        var before = await answers.CountAsync();
        await act();
        await Expect(answers).ToHaveCountAsync(before + 1);
    }

    private static async Task Scan(ILocator phone, string code)
    {
        await phone.GetByTestId("more").ClickAsync();
        await phone.GetByTestId("scan-barcode").ClickAsync();
        await phone.Page.GetByTestId("dialog-input").FillAsync(code);
        await phone.Page.GetByTestId("dialog-ok").ClickAsync();
    }

    private static async Task ChooseFromMenu(IPage page, ILocator phone)
    {
        await phone.GetByTestId("menu-0").ClickAsync();
        await Browser.Keep(page, "04-menu");
        await phone.GetByTestId("menu-0-1").ClickAsync(); // 我的快递
    }

    private static async Task ShareLocation(IPage page, ILocator phone)
    {
        await phone.GetByTestId("more").ClickAsync();
        await phone.GetByTestId("share-location").ClickAsync();
        await page.GetByText("杭州 西湖文化广场").ClickAsync();
    }

    private static async Task<JsonNode> Post(CourierProcess courier, string path, object body)
    {
        using var answer = await courier.Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
