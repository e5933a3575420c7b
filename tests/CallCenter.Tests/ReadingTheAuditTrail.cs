using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Courier.CallCenter.Tests;

public sealed class ReadingTheAuditTrail(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task What_was_done_to_an_account_is_listed_with_who_and_why()
    {
        var (id, _, _) = await desk.AnAccount("agent");
        using var admin = await desk.SignedIn("admin");
        await admin.PostAsJsonAsync($"/api/desk/v1/accounts/{id}/disable", new { reason = "离职" });
        using var supervisor = await desk.SignedIn("supervisor");

        var entries = Items(await Desk.Get(supervisor, $"/audit?subject=staff:{id}"));

        entries.Select(e => e.GetProperty("action").GetString()).ShouldBe(["staff.disabled", "staff.password_changed", "staff.signed_in", "staff.created"]);
        entries[0].GetProperty("whoName").GetString().ShouldBe("admin");
        entries[0].GetProperty("reason").GetString().ShouldBe("离职");
    }

    [Fact]
    public async Task It_is_narrowed_by_time_and_read_page_by_page()
    {
        using var supervisor = await desk.SignedIn("supervisor");
        desk.App.Clock.Advance(TimeSpan.FromMinutes(1));
        var start = desk.App.Clock.GetUtcNow();
        for (var i = 0; i < 3; i++) (await desk.SignedIn("operator")).Dispose();
        desk.App.Clock.Advance(TimeSpan.FromMinutes(1));
        (await desk.SignedIn("outlet")).Dispose();

        var range = $"since={Uri.EscapeDataString(start.ToString("O"))}&until={Uri.EscapeDataString(start.AddSeconds(30).ToString("O"))}";
        var first = await Desk.Get(supervisor, $"/audit?{range}&limit=2");
        var second = await Desk.Get(supervisor, $"/audit?{range}&limit=2&cursor={first.GetProperty("next").GetString()}");

        Items(first).Concat(Items(second)).Select(e => e.GetProperty("whoName").GetString()).ShouldBe(["operator", "operator", "operator"]);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task It_can_be_checked_and_never_written()
    {
        using var admin = await desk.SignedIn("admin");

        (await Desk.Get(admin, "/audit/check")).GetProperty("firstBroken").ValueKind.ShouldBe(JsonValueKind.Null);
        (await admin.PostAsJsonAsync("/api/desk/v1/audit", new { })).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await admin.DeleteAsync("/api/desk/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await admin.GetAsync("/api/desk/v1/audit?cursor=eHk")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.GetAsync("/api/desk/v1/audit?since=yesterday")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];
}
