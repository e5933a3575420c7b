using System.Net.Http.Json;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An operator registers a company and invites its first person, and sees what customers ask; in a real browser.</summary>
[Collection(nameof(Browser))]
public sealed class OperatorKeepsCompanies(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task A_company_is_registered_somebody_invited_and_the_invitation_taken_back()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        var desk = await Browser.Desk(courier, "operator", "organisations");
        await desk.GetByTestId("organisation-create").ClickAsync();
        await desk.GetByTestId("organisation-name").FillAsync("杭州某某有限公司");
        await desk.GetByTestId("organisation-code").FillAsync("91350100M000100Y44");
        await desk.GetByTestId("organisation-reason").FillAsync("签约");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("dialog-error")).ToContainTextAsync("统一社会信用代码");
        await desk.GetByTestId("organisation-code").FillAsync("91350100M000100Y43");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        var row = desk.GetByTestId("organisation-91350100M000100Y43");
        await Expect(row).ToContainTextAsync("没有管理员");

        await row.GetByTestId("organisation-persons").ClickAsync();
        await desk.GetByTestId("organisation-invite").ClickAsync();
        await desk.GetByTestId("organisation-phone").FillAsync("13900002468");
        await desk.GetByTestId("organisation-role-choice").SelectOptionAsync("owner");
        await desk.GetByTestId("organisation-reason").FillAsync("签约");
        await desk.GetByTestId("dialog-ok").Last.ClickAsync();
        await Expect(desk.GetByTestId("organisation-invites")).ToContainTextAsync("…2468");
        await Browser.Keep(desk, "54-company");
        (await courier.Http.GetStringAsync("/simulator/sms/13900002468")).ShouldContain("邀请您加入企业寄件");
        await desk.GetByTestId("organisation-withdraw").ClickAsync();
        await desk.GetByTestId("organisation-reason").FillAsync("号码错了");
        await desk.GetByTestId("dialog-ok").Last.ClickAsync();
        await Expect(desk.GetByTestId("organisation-invites")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_customers_ask_is_shown_with_place_and_trend()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        await Asks(courier, new { appId = "wxdemo0000000001", openid = "oUsage0001", nickname = "旅客辛" }, "followers");
        await Asks(courier, new { openid = "oUsage0001", message = "运费 深圳 北京 3kg" }, "say");
        using var question = new HttpRequestMessage(HttpMethod.Get, "/api/customer/v1/goods/check?q=充电宝");
        question.Headers.Add("X-Courier-Page", "goods/goods");
        question.Headers.Add("X-Courier-From", "poster");
        using var answer = await courier.Http.SendAsync(question);
        answer.EnsureSuccessStatusCode();

        var desk = await Browser.Desk(courier, "operator", "usage");
        await Expect(desk.GetByTestId("usage")).ToContainTextAsync("查能不能寄");
        await Expect(desk.GetByTestId("usage").GetByRole(AriaRole.Cell, new() { Name = "能不能寄", Exact = true })).ToHaveCountAsync(1);
        await Expect(desk.GetByTestId("usage")).ToContainTextAsync("poster");
        await Expect(desk.GetByTestId("usage")).ToContainTextAsync("聊天：问价格");
        await Expect(desk.GetByTestId("usage")).ToContainTextAsync("打字");
        await Expect(desk.GetByTestId("usage-trend").Locator("li")).ToHaveCountAsync(1);
        await Browser.Keep(desk, "55-usage");
    }

    private static async Task Asks(CourierProcess courier, object body, string control)
    {
        using var answer = await courier.Http.PostAsJsonAsync("/sandbox/control/" + control, body);
        answer.EnsureSuccessStatusCode();
    }
}
