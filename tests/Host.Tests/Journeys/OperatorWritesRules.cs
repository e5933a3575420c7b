using System.Net.Http.Json;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An operator writes who belongs to a group, sees how many that are before saving, and takes an older version back; in a real browser.</summary>
[Collection(nameof(Browser))]
public sealed class OperatorWritesRules(Browser browser) : Journey(browser)
{
    private const string Official = "wxdemo0000000001";

    [Fact]
    public async Task A_rule_is_built_counted_saved_joined_and_restored()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        await SomebodyWrites(courier, "oRules0001");
        var desk = await Browser.Desk(courier, "operator", "groups");
        await Expect(desk.GetByTestId("segment-silver")).ToContainTextAsync("近90天寄件不小于 3");
        await Expect(desk.GetByTestId("segment-busy_and_upset")).ToContainTextAsync("近30天寄件大于 5，并且未结投诉不小于 1");

        await desk.GetByTestId("new-group").ClickAsync();
        await desk.GetByTestId("segment-name").FillAsync("新朋友");
        await desk.GetByTestId("segment-code").FillAsync("newcomers");
        await desk.GetByTestId("rule-fact").SelectOptionAsync("registered_days");
        await desk.GetByTestId("rule-op").SelectOptionAsync("<=");
        await desk.GetByTestId("rule-value").FillAsync("30");
        await Expect(desk.GetByTestId("preview")).ToContainTextAsync("符合 1 人（共 1 位客户）");
        await Expect(desk.GetByTestId("rule-words")).ToHaveTextAsync("注册天数不大于 30");

        // By the keyboard alone: another condition, which nobody fulfils.
        await desk.GetByTestId("add-condition").FocusAsync();
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.GetByTestId("condition")).ToHaveCountAsync(2);
        await Expect(desk.GetByTestId("rule-fact").Nth(1)).ToBeFocusedAsync();
        await Expect(desk.GetByTestId("preview")).ToContainTextAsync("符合 0 人");
        await desk.GetByTestId("rule-value").Nth(1).FillAsync("");
        await Expect(desk.GetByTestId("preview")).ToContainTextAsync("rule.all[1].value");
        await Browser.Keep(desk, "51-rule");
        await desk.GetByTestId("remove-condition").Nth(1).ClickAsync();
        await Expect(desk.GetByTestId("preview")).ToContainTextAsync("符合 1 人");
        await desk.GetByTestId("segment-reason").FillAsync("迎新活动");
        await desk.GetByTestId("save-segment").ClickAsync();

        var row = desk.GetByTestId("segment-newcomers");
        await Expect(row.GetByTestId("segment-size")).ToHaveTextAsync("1 人"); // the customers are looked at every few seconds
        await row.GetByTestId("segment-members").ClickAsync();
        await Expect(desk.GetByTestId("members")).ToContainTextAsync("注册天数 0（不多于 30）");
        await Browser.Keep(desk, "52-members");
        await desk.GetByTestId("dialog-ok").ClickAsync();

        // An expert writes the JSON; the form follows.
        await row.GetByTestId("segment-edit").ClickAsync();
        await desk.GetByText("JSON（专家）").ClickAsync();
        await desk.GetByTestId("rule-json").FillAsync("""{"all":[{"fact":"registered_days","op":">","value":900},{"not":{"fact":"city","op":"in","value":["杭州市","上海市"]}}]}""");
        await desk.GetByTestId("rule-json").BlurAsync();
        await Expect(desk.GetByTestId("condition")).ToHaveCountAsync(2);
        await Expect(desk.GetByTestId("rule-words")).ToHaveTextAsync("注册天数大于 900，并且不满足（寄件城市是其中之一 杭州市、上海市）");
        await desk.GetByTestId("segment-reason").FillAsync("试错");
        await desk.GetByTestId("save-segment").ClickAsync();
        await Expect(row.GetByTestId("segment-size")).ToHaveTextAsync("0 人");

        await row.GetByTestId("segment-history").ClickAsync();
        await Expect(desk.GetByTestId("versions")).ToContainTextAsync("迎新活动");
        await desk.GetByTestId("restore-1").ClickAsync();
        await desk.GetByTestId("restore-reason").FillAsync("改回来");
        await desk.GetByTestId("dialog-ok").Last.ClickAsync();
        await Expect(row).ToContainTextAsync("第 3 版");
        await Expect(row.GetByTestId("segment-size")).ToHaveTextAsync("1 人");
        await Browser.Keep(desk, "53-groups");
    }

    private static async Task SomebodyWrites(CourierProcess courier, string openId)
    {
        using var follows = await courier.Http.PostAsJsonAsync("/sandbox/control/followers", new { appId = Official, openid = openId, nickname = "旅客庚" });
        follows.EnsureSuccessStatusCode();
        using var says = await courier.Http.PostAsJsonAsync("/sandbox/control/say", new { openid = openId, message = "帮助" });
        says.EnsureSuccessStatusCode();
    }
}
