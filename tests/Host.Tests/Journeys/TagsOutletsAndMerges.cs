using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An operator looks after tags and outlets, a supervisor undoes a merge of customers; in real browsers.</summary>
[Collection(nameof(Browser))]
public sealed partial class TagsOutletsAndMerges(Browser browser, RunningDemo running) : Journey(browser), IClassFixture<RunningDemo>
{
    private const string MiniProgram = "wxdemo0000000002", Official = "wxdemo0000000001", Phone = "13911117777", OpenId = "oJourney0007";

    [Fact]
    public async Task Tags_are_made_renamed_deleted_and_read_from_WeChat_and_an_outlet_is_closed()
    {
        var courier = running.Courier;
        var desk = await Browser.Desk(courier, "operator", "tags");
        await desk.GetByTestId("tag-create").ClickAsync();
        await desk.GetByTestId("tag-name").FillAsync("大客户");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        var row = desk.GetByTestId("tags").GetByRole(AriaRole.Row).Filter(new() { HasText = "大客户" });
        await Expect(row).ToContainTextAsync("0 人");
        await desk.GetByTestId("tag-create").ClickAsync();
        await desk.GetByTestId("tag-name").FillAsync("大客户");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("dialog-error")).ToContainTextAsync("微信没有接受");
        await desk.GetByTestId("dialog-cancel").ClickAsync();
        await row.GetByTestId("tag-rename").ClickAsync();
        await desk.GetByTestId("tag-name").FillAsync("企业客户");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        var renamed = desk.GetByTestId("tags").GetByRole(AriaRole.Row).Filter(new() { HasText = "企业客户" });
        await Expect(renamed).ToBeVisibleAsync();
        await desk.Answered("/refresh", () => desk.GetByTestId("tags-refresh").ClickAsync());
        await Expect(renamed).ToBeVisibleAsync();
        await Browser.Keep(desk, "41-tags");
        await renamed.GetByTestId("tag-delete").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(renamed).ToHaveCountAsync(0);

        await desk.GetByTestId("tab-outlets").ClickAsync();
        await desk.GetByTestId("outlet-search").FillAsync("没有这个网点");
        await desk.GetByTestId("outlet-search").PressAsync("Enter");
        await Expect(desk.GetByTestId("outlets-empty")).ToBeVisibleAsync();
        await desk.GetByTestId("outlet-search").FillAsync("HZ002");
        await desk.GetByTestId("outlet-search").PressAsync("Enter");
        var outlet = desk.GetByTestId("outlet-HZ002");
        await outlet.GetByTestId("outlet-edit").ClickAsync();
        await desk.GetByTestId("outlet-hours").FillAsync("早上");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("dialog-error")).ToContainTextAsync("08:30-20:00");
        await desk.GetByTestId("outlet-hours").FillAsync("10:00-18:00");
        await desk.GetByTestId("outlet-closed").CheckAsync();
        await desk.GetByTestId("outlet-reason").FillAsync("装修");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(outlet).ToContainTextAsync("10:00-18:00");
        await Expect(outlet.GetByTestId("outlet-state")).ToHaveTextAsync("暂停营业");
        await Browser.Keep(desk, "42-outlets");
    }

    [Fact]
    public async Task A_merge_is_undone_with_a_reason()
    {
        var courier = running.Courier;
        var desk = await Browser.Desk(courier, "supervisor", "merges");
        await Expect(desk.GetByTestId("merges-empty")).ToBeVisibleAsync();
        await TwoCustomersBecomeOne(courier);
        var undo = desk.GetByTestId("merge-undo");
        await Expect(undo).ToHaveCountAsync(1); // the list looks again by itself
        await Browser.Keep(desk, "43-merges");
        await undo.ClickAsync();
        await desk.GetByTestId("merge-reason").FillAsync("客户来电说不是他的");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("merge-state")).ToHaveTextAsync("已撤销");
        await Expect(undo).ToHaveCountAsync(0);
        await desk.GetByTestId("tab-audit").ClickAsync();
        await Expect(desk.GetByTestId("audit")).ToContainTextAsync("撤销客户合并");
        await Expect(desk.GetByTestId("audit")).ToContainTextAsync("客户来电说不是他的");
    }

    [Theory]
    [InlineData(1500, 950)]
    [InlineData(1280, 640)]
    [InlineData(390, 844)]
    public async Task The_sign_in_fits_without_a_scroll_bar(int width, int height)
    {
        var courier = running.Courier;
        var desk = await Browser.Open(new Uri(courier.Address, "/desk"));
        await desk.SetViewportSizeAsync(width, height);
        await Expect(desk.GetByTestId("sign-in")).ToBeVisibleAsync();
        (await desk.EvaluateAsync<int>("document.documentElement.scrollHeight - document.documentElement.clientHeight")).ShouldBe(0);
        (await desk.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
    }

    // In the mini-program and in the chat somebody proves the same number, and says that both are theirs.
    private static async Task TwoCustomersBecomeOne(CourierProcess courier)
    {
        var mini = await Control(courier, "followers", new { appId = MiniProgram, openid = "mJourney0007", phone = Phone, nickname = "某人" });
        var openid = mini.GetProperty("openid").GetString();
        var login = (await Control(courier, "login-code", new { openid })).GetProperty("code").GetString();
        var session = await Post(courier, "/api/customer/v1/session/wechat", new { appId = MiniProgram, code = login });
        courier.Http.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("token").GetString());
        var proof = (await Control(courier, "phone-code", new { openid })).GetProperty("code").GetString();
        await Post(courier, "/api/customer/v1/session/phone", new { code = proof });
        courier.Http.DefaultRequestHeaders.Authorization = null;

        await Control(courier, "followers", new { appId = Official, openid = OpenId, nickname = "旅客己", phone = Phone });
        await Say(courier, "绑定手机 " + Phone, "验证码");
        var sms = await courier.Http.GetFromJsonAsync<JsonElement>("/simulator/sms/" + Phone);
        await Say(courier, Code().Match(sms.GetProperty("messages").EnumerateArray().Last().GetProperty("text").GetString()!).Value, "合并");
        await Say(courier, "合并", "合并好了");
    }

    // The answer comes at once, or as a message of its own when it took too long for that.
    private static async Task Say(CourierProcess courier, string text, string answer)
    {
        await Control(courier, "say", new { openid = OpenId, message = text });
        await Wait.Until(async () => (await courier.Http.GetStringAsync($"/sandbox/control/inbox/{OpenId}")).Contains(answer, StringComparison.Ordinal), "the customer reads " + answer);
    }

    private static Task<JsonElement> Control(CourierProcess courier, string call, object body) => Post(courier, "/sandbox/control/" + call, body);

    private static async Task<JsonElement> Post(CourierProcess courier, string path, object body)
    {
        using var answer = await courier.Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex Code();
}
