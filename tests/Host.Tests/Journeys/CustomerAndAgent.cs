using System.Net.Http.Json;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>A customer asks for a person on the phone page, an agent answers at the desk, an operator looks after it; in real browsers.</summary>
[Collection(nameof(Browser))]
public sealed class CustomerAndAgent(Browser browser, RunningDemo running) : Journey(browser), IClassFixture<RunningDemo>
{
    private const string OpenId = "oJourney0002";

    [Fact]
    public async Task The_customer_gets_what_the_agent_writes_and_the_bot_is_back_afterwards()
    {
        var courier = running.Courier;
        using var made = await courier.Http.PostAsJsonAsync("/sandbox/control/followers", new { appId = "wxdemo0000000001", openid = OpenId, nickname = "旅客丙", phone = "13911115555" });
        made.EnsureSuccessStatusCode();

        var (page, phone) = await Browser.Phone(courier, OpenId);
        var answers = phone.GetByTestId("bubble-in");
        await Browser.Say(phone, "人工");
        await Expect(answers.Last).ToContainTextAsync("编号");
        await Browser.Say(phone, "外包装破了怎么办");

        var desk = await Browser.Desk(courier, "agent1001");
        await desk.GetByTestId("conversations").GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(desk.GetByTestId("messages")).ToContainTextAsync("外包装破了怎么办");
        await desk.GetByTestId("take").ClickAsync();
        await desk.GetByTestId("reply-text").FillAsync("您好，请拍下外箱和破损处的照片发给我。");
        await Browser.Keep(desk, "11-agent");
        await desk.GetByTestId("reply-text").PressAsync("Control+Enter");
        await Expect(answers.Last).ToContainTextAsync("请拍下外箱");
        await Browser.Keep(page, "12-customer");

        await desk.GetByTestId("close").ClickAsync();
        await Expect(desk.GetByTestId("no-conversations")).ToBeVisibleAsync();
        await Expect(answers.Last).ToContainTextAsync("已结束，感谢您的耐心"); // comes by itself, so it may come late
        await Browser.Say(phone, "能寄充电宝吗");
        await Expect(answers.Last).ToContainTextAsync("充电宝");
    }

    [Fact]
    public async Task An_operator_sees_the_pushes_the_keywords_and_the_menu()
    {
        var courier = running.Courier;
        var desk = await Browser.Desk(courier, "operator");
        foreach (var tab in await desk.GetByRole(AriaRole.Tab).AllAsync())
        {
            await tab.ClickAsync();
            await Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
            await Expect(desk.GetByText("正在加载…")).ToHaveCountAsync(0);
            await Expect(desk.GetByTestId("absent")).ToHaveCountAsync(0);
            await Expect(desk.GetByTestId("list-error").Filter(new() { Visible = true })).ToHaveCountAsync(0);
            await Browser.Keep(desk, "2-operator-" + await tab.InnerTextAsync());
        }
    }
}
