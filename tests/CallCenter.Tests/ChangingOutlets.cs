using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Courier.CallCenter.Tests;

public sealed class ChangingOutlets(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task They_are_found_by_code_name_or_address_page_by_page()
    {
        using var agent = await desk.SignedIn("agent1001");
        var one = (await Found(agent, "text=HZ002")).ShouldHaveSingleItem();
        (await Found(agent, "text=" + Uri.EscapeDataString(one.GetProperty("name").GetString()!))).Select(Code).ShouldContain("HZ002");
        (await Found(agent, "text=" + Uri.EscapeDataString(one.GetProperty("address").GetString()![^4..]))).Select(Code).ShouldContain("HZ002");
        (await Found(agent, "text=nowhere")).ShouldBeEmpty();

        var first = await Desk.Get(agent, "/outlets?limit=5");
        var second = await Desk.Get(agent, $"/outlets?limit=5&cursor={first.GetProperty("next").GetString()}");
        second.GetProperty("items").EnumerateArray().Select(Code).First().ShouldBeGreaterThan(first.GetProperty("items").EnumerateArray().Select(Code).Last());
    }

    [Fact]
    public async Task New_hours_and_a_closure_hold_for_customers_within_seconds_and_stand_in_the_audit_trail()
    {
        using var someone = await desk.SignedIn("operator");
        var closed = await Desk.Json(await Change(someone, "HZ003", new { hours = "10:00-16:00", closed = true, reason = "台风" }));
        (closed.GetProperty("hours").GetString(), closed.GetProperty("closed").GetBoolean(), closed.GetProperty("openNow").GetBoolean()).ShouldBe(("10:00-16:00", true, false));
        (await Found(someone, "closed=true")).Select(Code).ShouldBe(["HZ003"]);
        desk.App.Clock.Advance(TimeSpan.FromSeconds(6));
        (await AtCustomers("HZ003")).ShouldBe(("10:00-16:00", false));

        await Desk.Json(await Change(someone, "HZ003", new { hours = "00:00-24:00", closed = false, reason = "" }));
        await Desk.Json(await Change(someone, "HZ003", new { hours = "00:00-24:00", closed = false, reason = "again" }));
        desk.App.Clock.Advance(TimeSpan.FromSeconds(6));
        (await AtCustomers("HZ003")).ShouldBe(("00:00-24:00", true));

        using var admin = await desk.SignedIn("admin");
        var steps = (await Desk.Get(admin, "/audit?subject=outlet:HZ003")).GetProperty("items").EnumerateArray().ToList();
        steps.Select(s => s.GetProperty("action").GetString()).ShouldBe(["outlet.opened", "outlet.closed"]);
        steps[1].GetProperty("reason").GetString()!.ShouldEndWith("→ 10:00-16:00：台风");
    }

    [Fact]
    public async Task Hours_that_cannot_be_read_an_unknown_outlet_and_an_agent_are_refused()
    {
        using var someone = await desk.SignedIn("operator");
        using var wrong = await Change(someone, "HZ004", new { hours = "早上八点", closed = false });
        (await Desk.Json(wrong, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("hours");
        using var none = await Change(someone, "HZ004", new { hours = "", closed = false });
        (await Desk.Code(none, HttpStatusCode.Conflict)).ShouldBe("outlet.hours_missing");
        using var unknown = await Change(someone, "HZ999999", new { hours = "08:00-20:00", closed = false });
        (await Desk.Code(unknown, HttpStatusCode.NotFound)).ShouldBe("request.not_found");
        using var agent = await desk.SignedIn("agent1001");
        using var refused = await Change(agent, "HZ004", new { hours = "08:00-20:00", closed = false });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Times_come_with_the_offset_of_China()
    {
        using var admin = await desk.SignedIn("admin");
        (await Desk.Get(admin, "/audit?limit=1")).GetProperty("items")[0].GetProperty("at").GetString()!.ShouldEndWith("+08:00");
        (await Desk.Get(admin, "/accounts?limit=1")).GetProperty("items")[0].GetProperty("createdAt").GetString()!.ShouldEndWith("+08:00");
    }

    private async Task<(string Hours, bool OpenNow)> AtCustomers(string code)
    {
        using var someone = await desk.SignedIn("operator");
        var name = (await Found(someone, "text=" + code)).Single().GetProperty("name").GetString()!;
        using var answer = await desk.App.Http.GetAsync("/api/customer/v1/network/outlets?q=" + Uri.EscapeDataString(name));
        var outlet = (await Desk.Json(answer)).GetProperty("items").EnumerateArray().Single(o => o.GetProperty("code").GetString() == code);
        return (outlet.GetProperty("hours").GetString()!, outlet.GetProperty("openNow").GetBoolean());
    }

    private static async Task<IReadOnlyList<JsonElement>> Found(HttpClient browser, string query) =>
        [.. (await Desk.Get(browser, "/outlets?" + query)).GetProperty("items").EnumerateArray()];

    private static string Code(JsonElement outlet) => outlet.GetProperty("code").GetString()!;

    private static Task<HttpResponseMessage> Change(HttpClient browser, string code, object body) => browser.PutAsJsonAsync("/api/desk/v1/outlets/" + code, body);
}
