using System.Net.Http.Json;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An operator writes a menu and a keyword, a second person reviews them, customers get them, an older version comes back; in real browsers.</summary>
[Collection(nameof(Browser))]
public sealed class OperatorAndReviewer(Browser browser, RunningDemo running) : Journey(browser), IClassFixture<RunningDemo>
{
    [Fact]
    public async Task A_menu_is_written_looked_at_reviewed_published_and_rolled_back()
    {
        var courier = running.Courier;
        await Follows(courier, "oJourney0003", "13911116666");
        var desk = await Browser.Desk(courier, "operator", "menus");
        await desk.GetByTestId("begin").ClickAsync();
        var first = desk.GetByTestId("default/0");
        await first.GetByTestId("name").First.FillAsync("查询我所有的快递");
        await Expect(first.GetByTestId("fault").First).ToContainTextAsync("最多 16 字节");
        await Expect(desk.GetByTestId("submit")).ToBeDisabledAsync();
        await Browser.Keep(desk, "31-menu-fault");

        await first.GetByTestId("name").First.FillAsync("查包裹");
        await desk.GetByTestId("default/2").GetByTestId("add-sub").ClickAsync();
        var added = desk.GetByTestId("default/2/children/3");
        await added.GetByTestId("name").FillAsync("官网");
        await added.GetByTestId("type").SelectOptionAsync("view");
        await added.GetByTestId("url").FillAsync("https://courier.example.com/");
        await Expect(desk.GetByTestId("compared")).ToContainTextAsync("＋ 　官网｜打开网页｜https://courier.example.com/");
        await Expect(desk.GetByTestId("preview-menu")).ToContainTextAsync("查包裹");
        await desk.GetByTestId("preview-menu").GetByText("≡ 我的").ClickAsync();
        await desk.GetByTestId("preview-menu").GetByText("帮助").ClickAsync();
        await Expect(desk.GetByTestId("preview-talk")).ToContainTextAsync("显示引导");
        await Browser.Keep(desk, "32-menu-draft");

        await Submit(desk, "名字短一点，加官网");
        await Expect(desk.GetByTestId("waits-for-review")).ToBeVisibleAsync();
        await Review(courier, "menus");
        await desk.ReloadAsync();
        await desk.GetByTestId("edition-2").GetByTestId("open").ClickAsync();
        await desk.GetByTestId("publish").ClickAsync();
        await Browser.Keep(desk, "34-menu-publish");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("state")).ToHaveTextAsync("线上");

        var (_, phone) = await Browser.Phone(courier, "oJourney0003");
        await Expect(phone.GetByTestId("menu-0")).ToContainTextAsync("查包裹");
        await desk.GetByTestId("back").ClickAsync();
        await desk.GetByTestId("edition-1").GetByTestId("rollback").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(phone.GetByTestId("menu-0")).ToContainTextAsync("查快递");
        await desk.GetByTestId("back").ClickAsync();
        await Expect(desk.GetByTestId("edition-3")).ToContainTextAsync("回滚");
        await Browser.Keep(desk, "35-menu-versions");
    }

    [Fact]
    public async Task A_keyword_is_written_reviewed_and_answers_in_the_chat()
    {
        var courier = running.Courier;
        await Follows(courier, "oJourney0013", "13911116667");
        var desk = await Browser.Desk(courier, "operator", "keywords");
        await desk.GetByTestId("begin").ClickAsync();
        await desk.GetByTestId("add-row").ClickAsync();
        await desk.GetByTestId("word").FillAsync("双十二");
        await Expect(desk.GetByTestId("fault").Filter(new() { Visible = true, HasText = "请填写回复内容" })).ToBeVisibleAsync();
        await desk.GetByTestId("reply").FillAsync("双十二期间寄件高峰，时效可能延长一到两天。");
        await desk.GetByTestId("guide").FillAsync("回复 双十二　看活动期间的安排");
        await Expect(desk.GetByTestId("compared")).ToContainTextAsync("双十二");
        await Expect(desk.GetByTestId("faults")).ToHaveCountAsync(0);
        await desk.GetByTestId("preview-text").FillAsync("双十二");
        await desk.GetByTestId("preview-say").ClickAsync();
        await Expect(desk.GetByTestId("preview-talk")).ToContainTextAsync("寄件高峰");
        await Browser.Keep(desk, "36-keyword-draft");

        var (page, phone) = await Browser.Phone(courier, "oJourney0013");
        await Browser.Say(phone, "双十二");
        await Expect(phone.GetByTestId("bubble-in").Last).ToContainTextAsync("不太明白");

        await Submit(desk, "双十二的安排");
        await Review(courier, "keywords");
        await desk.ReloadAsync();
        await desk.GetByTestId("edition-2").GetByTestId("open").ClickAsync();
        await desk.GetByTestId("publish").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("state")).ToHaveTextAsync("线上");
        await Browser.Say(phone, "双十二");
        await Expect(phone.GetByTestId("bubble-in").Last).ToContainTextAsync("寄件高峰");
        await Browser.Keep(page, "37-keyword-answered");
    }

    private static async Task Submit(IPage desk, string remark)
    {
        await desk.GetByTestId("submit").ClickAsync();
        await desk.GetByTestId("remark").FillAsync(remark);
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("state")).ToHaveTextAsync("审核中");
    }

    private async Task Review(CourierProcess courier, string tab)
    {
        var desk = await Browser.Desk(courier, "supervisor", tab);
        await Expect(desk.GetByTestId("begin")).ToBeHiddenAsync();
        await desk.GetByTestId("edition-2").GetByTestId("open").ClickAsync();
        await Browser.Keep(desk, "33-review-" + tab);
        await desk.GetByTestId("approve").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("state")).ToHaveTextAsync("已通过，待发布");
    }

    // Somebody who follows the account.
    private static async Task Follows(CourierProcess courier, string openId, string phone)
    {
        using var made = await courier.Http.PostAsJsonAsync("/sandbox/control/followers", new { appId = "wxdemo0000000001", openid = openId, nickname = "旅客丁", phone });
        made.EnsureSuccessStatusCode();
    }
}
