using System.Net;
using System.Net.Http.Json;

namespace Courier.CallCenter.Tests;

public sealed class PublishingNotices(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task An_operator_writes_changes_publishes_and_ends_a_notice_and_the_public_page_follows()
    {
        using var browser = await desk.SignedIn("operator");
        var id = await Create(browser, "台风预警", "福建省部分快件延误。", "35");
        (await Titles("福建省")).ShouldNotContain("台风预警");

        (await Change(browser, id, 1, "台风红色预警")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Desk.Code(await Change(browser, id, 1, "又改"), HttpStatusCode.Conflict)).ShouldBe("incident.changed");
        (await Post(browser, $"{id}/publish", new { tell = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Titles("福建省")).ShouldContain("台风红色预警");
        (await Titles("广东省")).ShouldNotContain("台风红色预警");
        (await Desk.Code(await Post(browser, $"{id}/publish", new { tell = false }), HttpStatusCode.Conflict)).ShouldBe("incident.already_active");
        (await Desk.Code(await Post(browser, $"{id}/tell", new { }), HttpStatusCode.Conflict)).ShouldBe("incident.already_told");

        await desk.App.Settle();
        var seen = (await Desk.Get(browser, "/incidents?state=active")).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetString() == id);
        seen.GetProperty("line").GetString().ShouldBe("⚠【台风红色预警】福建省部分快件延误。");
        seen.GetProperty("shown").GetBoolean().ShouldBeTrue();
        seen.GetProperty("telling").GetString().ShouldBe("done");
        seen.GetProperty("regions")[0].GetProperty("name").GetString().ShouldBe("福建省");

        (await Post(browser, $"{id}/end", new { reason = "台风已过" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Titles("福建省")).ShouldNotContain("台风红色预警");
        (await Desk.Code(await Post(browser, $"{id}/end", new { }), HttpStatusCode.Conflict)).ShouldBe("incident.ended");
        var history = (await Desk.Get(browser, $"/incidents/{id}/history")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString());
        history.ShouldBe(["incident.ended", "incident.published", "incident.changed", "incident.created"]);
    }

    [Fact]
    public async Task A_draft_cannot_be_sent_to_customers()
    {
        using var browser = await desk.SignedIn("operator");
        var id = await Create(browser, "草稿", "还没有写好。", "35");
        (await Desk.Code(await Post(browser, $"{id}/tell", new { }), HttpStatusCode.Conflict)).ShouldBe("incident.not_active");
    }

    [Theory]
    [InlineData("", "内容", "35", "weather", "title")]
    [InlineData("标题", "", "35", "weather", "text")]
    [InlineData("标题", "内容", "00", "weather", "regions")]
    [InlineData("标题", "内容", "35", "meteor", "kind")]
    public async Task A_wrong_field_is_named(string title, string text, string region, string kind, string field)
    {
        using var browser = await desk.SignedIn("operator");
        var answer = await Post(browser, "", new { title, text, kind, severity = "info", regions = new[] { region } });
        (await Desk.Json(answer, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        using var browser = await desk.SignedIn("operator");
        (await Post(browser, $"{new string('0', 32)}/publish", new { tell = false })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_agent_reads_notices_and_writes_none()
    {
        using var browser = await desk.SignedIn("agent1001");
        (await browser.GetAsync("/api/desk/v1/incidents")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post(browser, "", new { title = "标题", text = "内容", kind = "weather", severity = "info", regions = new[] { "35" } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_place_is_found_while_its_name_is_typed()
    {
        using var browser = await desk.SignedIn("operator");
        var places = (await Desk.Get(browser, "/divisions?q=" + Uri.EscapeDataString("鼓楼"))).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString());
        places.ShouldContain("江苏省南京市鼓楼区");
        places.ShouldContain("福建省福州市鼓楼区");
        (await Desk.Get(browser, "/divisions?q=" + Uri.EscapeDataString("全国"))).GetProperty("items")[0].GetProperty("code").GetString().ShouldBe("cn");
        (await Desk.Get(browser, "/divisions?q=")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static async Task<string> Create(HttpClient browser, string title, string text, string region) =>
        (await Desk.Json(await Post(browser, "", new { title, text, kind = "weather", severity = "warning", regions = new[] { region } }), HttpStatusCode.Created)).GetProperty("id").GetString()!;

    private static Task<HttpResponseMessage> Change(HttpClient browser, string id, int version, string title) => browser.PutAsJsonAsync(
        "/api/desk/v1/incidents/" + id, new { title, text = "福建省部分快件延误。", kind = "weather", severity = "severe", regions = new[] { "35" }, version });

    private static Task<HttpResponseMessage> Post(HttpClient browser, string path, object body) =>
        browser.PostAsJsonAsync("/api/desk/v1/incidents" + (path.Length > 0 ? "/" + path : ""), body);

    private async Task<IEnumerable<string?>> Titles(string province)
    {
        using var guest = desk.App.NewClient();
        var answer = await Desk.Json(await guest.GetAsync("/api/customer/v1/notices?province=" + Uri.EscapeDataString(province)));
        return [.. answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString())];
    }
}
