using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Courier.Kernel;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An operator imports prices, mends a cell, looks at the differences and tries them on what was ordered; another person publishes them and takes them back.</summary>
[Collection(nameof(Browser))]
public sealed class OperatorChangesPrices(Browser browser) : Journey(browser)
{
    private const string MiniProgram = "wxdemo0000000002", Card = "双十二调价";

    [Fact]
    public async Task A_price_goes_from_a_file_with_a_fault_to_a_publication_by_a_second_person_and_back()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        await SomebodyOrders(courier);
        var prices = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "sql", "seed", "rates_prices.csv"));

        var desk = await Browser.Desk(courier, "operator", "rates");
        await Expect(desk.GetByTestId("rates-state")).ToHaveTextAsync("正在使用");
        await desk.GetByTestId("rates-import").ClickAsync();
        await desk.GetByTestId("rates-name").FillAsync(Card);
        await Upload(desk, prices.Replace("standard,区内,1000,14,", "standard,区内,1000,十四,", StringComparison.Ordinal));
        await Expect(desk.GetByTestId("rates-faults")).ToContainTextAsync("D4");
        await Expect(desk.GetByTestId("rates-faults")).ToContainTextAsync("first_yuan");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("dialog-error")).ToHaveTextAsync("有1处错误，什么都没有导入");
        await Browser.Keep(desk, "51-rates-fault");

        await Upload(desk, prices.Replace("standard,区内,1000,14,", "standard,区内,1000,15.50,", StringComparison.Ordinal));
        await Expect(desk.GetByTestId("rates-differences")).ToContainTextAsync("first_yuan：14 → 15.50");
        await Expect(desk.GetByTestId("rates-faults")).ToHaveCountAsync(0);
        await Expect(desk.GetByTestId("dialog-error")).ToBeHiddenAsync();
        (await desk.EvaluateAsync<bool>("(box => box.scrollWidth <= box.clientWidth)(document.querySelector('dialog'))")).ShouldBeTrue("nothing is cut off");
        await Browser.Keep(desk, "52-rates-preview");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        var row = Row(desk);
        await Expect(row.GetByTestId("rates-state")).ToHaveTextAsync("草稿");
        await Expect(row.GetByTestId("rates-publish")).ToHaveCountAsync(0);

        await row.GetByTestId("rates-changes").ClickAsync();
        await Expect(desk.GetByTestId("rates-differences")).ToContainTextAsync("first_yuan：14 → 15.50");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(row.GetByTestId("rates-state")).ToHaveTextAsync("已核对");

        await Replay(desk, row);
        await Expect(desk.GetByTestId("rates-report")).ToContainTextAsync("现行 14.00元，新价 15.50元（10.71%）");
        await Expect(desk.GetByTestId("rates-biggest")).ToContainTextAsync("杭州市 → 上海市");
        await Browser.Keep(desk, "53-rates-replay");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(row.GetByTestId("rates-state")).ToHaveTextAsync("已试算");

        await row.GetByTestId("rates-publish").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("dialog-error")).ToContainTextAsync("须由两个人完成");
        await Browser.Keep(desk, "54-rates-same-person");

        await PublishAndWithdraw(await Browser.Desk(courier, "supervisor", "rates"));
    }

    private static async Task PublishAndWithdraw(IPage desk)
    {
        var row = Row(desk);
        await row.GetByTestId("rates-publish").ClickAsync();
        await Expect(desk.GetByTestId("rates-report")).ToContainTextAsync("新价 15.50元");
        await desk.GetByTestId("rates-from").FillAsync(TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd'T'08:00", System.Globalization.CultureInfo.InvariantCulture));
        await Browser.Keep(desk, "55-rates-publish");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(row.GetByTestId("rates-state")).ToHaveTextAsync("已发布");
        await Browser.Keep(desk, "56-rates-published");

        await row.GetByTestId("rates-withdraw").ClickAsync();
        await desk.GetByTestId("rates-reason").FillAsync("活动推迟");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(row.GetByTestId("rates-withdraw")).ToHaveCountAsync(0);
        await Expect(row.GetByTestId("rates-state")).ToHaveTextAsync("已撤回");
        await Expect(row.Locator("s")).ToContainTextAsync("起");
        await Expect(desk.GetByTestId("rates-state").Filter(new() { HasText = "正在使用" })).ToHaveCountAsync(1);
        await Browser.Keep(desk, "57-rates-withdrawn");
    }

    private static ILocator Row(IPage desk) => desk.GetByTestId("rates-" + Card);

    private static Task Upload(IPage desk, string csv) =>
        desk.GetByTestId("rates-upload").SetInputFilesAsync(new FilePayload { Name = "rates_prices.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

    // The order is heard of by an event, a moment after it was placed.
    private static Task Replay(IPage desk, ILocator row) => Wait.Until(async () =>
    {
        await row.GetByTestId("rates-replay").ClickAsync();
        var report = await desk.GetByTestId("rates-report").InnerTextAsync();
        if (report.Contains("的1单", StringComparison.Ordinal)) return true;
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("rates-report")).ToHaveCountAsync(0);
        return false;
    }, "the order is known to prices");

    private static async Task SomebodyOrders(CourierProcess courier)
    {
        var mini = await Post(courier.Http, "/sandbox/control/followers", new { appId = MiniProgram, openid = "mJourney0051", phone = "13911117751", nickname = "旅客寄" });
        var login = await Post(courier.Http, "/sandbox/control/login-code", new { openid = mini.GetProperty("openid").GetString() });
        var session = await Post(courier.Http, "/api/customer/v1/session/wechat", new { appId = MiniProgram, code = login.GetProperty("code").GetString() });
        using var me = new HttpClient { BaseAddress = courier.Address };
        me.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        var from = new { name = "王小明", phone = "13911117751", province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路478号" };
        var to = new { name = "张三丰", phone = "13912345678", province = "上海市", city = "上海市", district = "浦东新区", detail = "世纪大道1号" };
        var goods = new { kind = "clothing", name = "毛衣", weightGrams = 1000 };
        var slot = (await me.GetFromJsonAsync<JsonElement>("/api/customer/v1/slots?province=浙江省&city=杭州市&district=西湖区")).GetProperty("next").GetProperty("from").GetString();
        var quote = await Post(me, "/api/customer/v1/quotes", new { from = new { from.province, from.city, from.district }, to = new { to.province, to.city, to.district }, goods, at = slot });
        await Post(me, "/api/customer/v1/orders", new { kind = "door", sender = from, recipient = to, goods, quoteId = quote.GetProperty("quoteId").GetString(), product = "standard", slot });
    }

    private static async Task<JsonElement> Post(HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Ids.New(TimeProvider.System));
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
