using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An operator publishes a banner for a region on the desk; it stands above the answer on the customer's phone at once, and is gone when it is ended.</summary>
[Collection(nameof(Browser))]
public sealed class OperatorWarnsOfATyphoon(Browser browser) : Journey(browser)
{
    private const string OpenId = "oJourney0004", Phone = "13911116666", Line = "⚠【台风红色预警】深圳市快件延误1至2天，请谅解。";

    [Fact]
    public async Task The_customer_sees_the_banner_while_it_is_published_and_is_told_of_it()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false", "Notifications:QuietHours=");
        using var made = await courier.Http.PostAsJsonAsync("/sandbox/control/followers", new { appId = "wxdemo0000000001", openid = OpenId, nickname = "旅客丁", phone = Phone });
        made.EnsureSuccessStatusCode();
        var waybill = await AParcelToShenzhen(courier);

        var (page, phone) = await Browser.Phone(courier, OpenId);
        var answers = phone.GetByTestId("bubble-in");
        await Browser.Say(phone, $"{waybill} {Phone[^4..]}");
        await Expect(answers.Last).ToContainTextAsync("深圳市");
        await Expect(answers.Last).Not.ToContainTextAsync("台风");

        var desk = await Browser.Desk(courier, "operator");
        await Publish(desk);
        await Expect(answers.Last).ToContainTextAsync("您有在途的快件");
        await Browser.Say(phone, waybill);
        await Expect(answers.Last).ToContainTextAsync(Line);
        await Expect(answers.Last).ToContainTextAsync(waybill);
        await Browser.Keep(page, "42-customer");
        await Expect(desk.GetByTestId("told")).ToContainTextAsync("1位客户");
        await Browser.Keep(desk, "41-operator");

        await desk.GetByTestId("end-incident").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("incidents").GetByText("已结束")).ToBeVisibleAsync();
        await Browser.Say(phone, waybill);
        await Expect(answers.Last).ToContainTextAsync(waybill);
        await Expect(answers.Last).Not.ToContainTextAsync("台风");
        await desk.GetByTestId("incident-history").ClickAsync();
        await Expect(desk.GetByTestId("history")).ToContainTextAsync("发布公告");
    }

    private static async Task Publish(IPage desk)
    {
        await desk.GetByTestId("tab-incidents").ClickAsync();
        await desk.GetByTestId("create-incident").ClickAsync();
        await desk.Locator("dialog [name=title]").FillAsync("台风红色预警");
        await desk.Locator("dialog [name=text]").FillAsync("深圳市快件延误1至2天，请谅解。");
        await desk.GetByTestId("region-search").FillAsync("深圳");
        await desk.GetByTestId("region-4403").ClickAsync();
        await Expect(desk.GetByTestId("regions")).ToContainTextAsync("广东省深圳市");
        await Expect(desk.GetByTestId("incident-preview")).ToHaveTextAsync(Line);
        await desk.GetByTestId("tell").CheckAsync();
        await Browser.Keep(desk, "40-editor");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByText("生效中")).ToBeVisibleAsync();
    }

    private static async Task<string> AParcelToShenzhen(CourierProcess courier)
    {
        const string waybill = "TYPHOON00001";
        var sender = new { name = "张三", phone = "13911111111", province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路1号" };
        var recipient = new { name = "李四", phone = Phone, province = "广东省", city = "深圳市", district = "南山区", detail = "科技中二路19号" };
        await PostAsTheCore(courier, "/api/carrier/waybills", new { waybills = new[] { new { waybill, product = "standard", sender, recipient, weightGrams = 1000 } } });
        return waybill;
    }

    private static async Task PostAsTheCore(CourierProcess courier, string path, object body)
    {
        var raw = JsonSerializer.Serialize(body);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(raw, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Courier-Key", "demo-core");
        request.Headers.Add("X-Courier-Timestamp", timestamp);
        request.Headers.Add("X-Courier-Signature",
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("demo-core-secret-for-development"), Encoding.UTF8.GetBytes(timestamp + "\n" + raw))));
        using var answer = await courier.Http.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
