using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.CallCenter.Tests;

public sealed class WritingRules(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task An_operator_previews_saves_and_changes_a_group_and_members_come_without_a_restart()
    {
        using var browser = await desk.SignedIn("operator");
        var rule = new { fact = "registered_days", op = ">=", value = 0 };
        var preview = await Desk.Json(await browser.PostAsJsonAsync("/api/desk/v1/segments/preview", new { kind = "group", rule }));
        preview.GetProperty("matched").GetInt64().ShouldBe(preview.GetProperty("examined").GetInt64());
        var saved = await Desk.Json(await Put(browser, "everybody", new { kind = "group", name = "所有人", isActive = true, rule, version = 0, reason = "试一试" }));
        saved.GetProperty("version").GetInt64().ShouldBe(1);
        var customer = await RecogniseCustomer.Execute(desk.App.Get<Db>(), desk.App.Clock, new WechatIdentity("wx-desk", OpenId.Parse("desk-person"), null), default);
        await desk.App.RunJob("customers.judge");
        var listed = (await Desk.Get(browser, "/segments")).GetProperty("items").EnumerateArray().Single(s => s.GetProperty("code").GetString() == "everybody");
        listed.GetProperty("customers").GetInt64().ShouldBeGreaterThan(0);
        var member = (await Desk.Get(browser, "/segments/everybody/members?limit=100")).GetProperty("items").EnumerateArray().Single(m => m.GetProperty("customer").GetString() == customer.Text);
        member.GetProperty("reason").GetString().ShouldBe("注册天数 0（不少于 0）");
        (await Desk.Get(browser, "/segments/everybody/members?limit=1")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await CustomerAccesses.Of(desk.App.Get<Db>(), customer, default)).ShouldHaveSingleItem().What.ShouldBe(LookedAtWhat.Group);
        using var agent = await desk.SignedIn("agent1001");
        var profile = await Desk.Get(agent, $"/customers/{customer}/profile");
        profile.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("code").GetString()).ShouldContain("everybody");
        (await CustomerAccesses.Of(desk.App.Get<Db>(), customer, default)).ShouldContain(a => a.Role == "agent" && a.What == LookedAtWhat.Profile);
        (await Desk.Code(await Put(browser, "everybody", new { kind = "group", name = "x", isActive = true, rule, version = 0, reason = "x" }), HttpStatusCode.Conflict)).ShouldBe("segment.changed_meanwhile");
        (await Desk.Json(await Put(browser, "everybody", new { kind = "group", name = "所有人", isActive = false, rule, version = 1, reason = "够了" }))).GetProperty("version").GetInt64().ShouldBe(2);
        (await Desk.Get(browser, "/segments/everybody/history")).GetProperty("items").EnumerateArray().Select(v => v.GetProperty("changedBy").GetString()).ShouldBe(["运营", "运营"]);
        (await Desk.Get(browser, "/segments/tags")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Desk.Get(browser, "/segments/facts")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("""{"kind":"group","name":"x","isActive":true,"reason":"r","rule":{"fact":"nothing","op":"=","value":1}}""", "rule.fact")]
    [InlineData("""{"kind":"group","name":"","isActive":true,"reason":"r","rule":{"fact":"city","op":"=","value":"x"}}""", "name")]
    [InlineData("""{"kind":"tier","name":"x","isActive":true,"reason":"r","rule":{"fact":"city","op":"=","value":"x"}}""", "rank")]
    [InlineData("""{"kind":"group","name":"x","isActive":true,"reason":"r","tagId":5,"rule":{"fact":"city","op":"=","value":"x"}}""", "tag")]
    [InlineData("""{"kind":"club","name":"x","isActive":true,"reason":"r","rule":{}}""", "kind")]
    [InlineData("""{"kind":"group","name":"x","reason":"r","rule":{"fact":"city","op":"=","value":"x"}}""", "isActive")]
    [InlineData("""{"kind":"group","name":"x","isActive":true,"rule":{"fact":"city","op":"=","value":"x"}}""", "reason")]
    public async Task A_wrong_one_names_its_field(string body, string field)
    {
        using var browser = await desk.SignedIn("operator");
        var answer = await Desk.Json(await browser.PutAsync("/api/desk/v1/segments/some", new StringContent(body, null, "application/json")), HttpStatusCode.BadRequest);
        answer.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Corrections_are_answered_with_a_reason_once()
    {
        var app = desk.App;
        var customer = await RecogniseCustomer.Execute(app.Get<Db>(), app.Clock, new WechatIdentity("wx-desk", OpenId.Parse("wrong-name"), null), default);
        var asked = await PrivacyRequests.AskCorrection(app.Get<Db>(), app.Get<DataKeys>(), app.Clock, customer, "name", "王小明", default);
        using var browser = await desk.SignedIn("supervisor");
        (await Desk.Get(browser, "/corrections")).GetProperty("items").EnumerateArray().ShouldContain(c => c.GetProperty("value").GetString() == "王小明");
        (await Desk.Code(await browser.PostAsJsonAsync($"/api/desk/v1/corrections/{asked.Receipt}", new { done = true }), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        (await browser.PostAsJsonAsync($"/api/desk/v1/corrections/{asked.Receipt}", new { done = true, answer = "已更正" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.PostAsJsonAsync($"/api/desk/v1/corrections/{asked.Receipt}", new { done = true, answer = "已更正" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PrivacyRequests.Of(app.Get<Db>(), customer, default)).ShouldHaveSingleItem().Answer.ShouldBe("已更正");
    }

    [Fact]
    public async Task Uses_are_shown_by_day_and_a_span_that_is_too_long_is_refused()
    {
        using var browser = await desk.SignedIn("operator");
        desk.App.Get<Courier.Services.Insight.UsageEvents>().Count("look_up_parcels", Courier.Services.Insight.UsageChannel.H5, "qr", "track/track", TimeSpan.FromMilliseconds(40));
        await desk.App.Get<Courier.Services.Insight.UsageEvents>().Flush(default);
        var line = (await Desk.Get(browser, "/usage?action=look_up_parcels")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (line.GetProperty("source").GetString(), line.GetProperty("page").GetString(), line.GetProperty("done").GetInt64(), line.GetProperty("meanMs").GetInt64()).ShouldBe(("qr", "track/track", 1, 40));
        (await Desk.Code(await browser.GetAsync("/api/desk/v1/usage?from=2025-01-01&to=2026-01-01"), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        (await Desk.Code(await browser.GetAsync("/api/desk/v1/usage?from=yesterday"), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        using var supervisor = await desk.SignedIn("supervisor");
        (await Desk.Get(supervisor, "/deposits/blocked")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await desk.App.RunJob("customers.verify_consents");
        var evidence = await Desk.Get(supervisor, "/consents/check");
        (evidence.GetProperty("items").GetArrayLength(), evidence.GetProperty("brokenAnchors").GetArrayLength()).ShouldBe((0, 0));
        evidence.GetProperty("anchors")[0].GetProperty("seal").GetString()!.Length.ShouldBe(64, "an auditor writes it down");
    }

    private static Task<HttpResponseMessage> Put(HttpClient browser, string code, object body) => browser.PutAsJsonAsync("/api/desk/v1/segments/" + code, body);
}
