using System.Net;
using System.Net.Http.Json;

namespace Courier.CallCenter.Tests;

public sealed class ManagingAccounts(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task Disabling_an_account_ends_its_open_session_with_the_next_request()
    {
        var (id, name, password) = await desk.AnAccount("agent");
        using var admin = await desk.SignedIn("admin");
        using var browser = await desk.SignedIn(name, password);

        (await admin.PostAsJsonAsync($"/api/desk/v1/accounts/{id}/disable", new { reason = "设备遗失" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await browser.GetAsync("/api/desk/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Desk.SignIn(browser, name, password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await admin.PostAsJsonAsync($"/api/desk/v1/accounts/{id}/enable", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Desk.SignIn(browser, name, password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task New_roles_count_with_the_next_request()
    {
        var (id, name, password) = await desk.AnAccount("agent");
        using var admin = await desk.SignedIn("admin");
        using var browser = await desk.SignedIn(name, password);
        (await browser.GetAsync("/api/desk/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await admin.PutAsJsonAsync($"/api/desk/v1/accounts/{id}/roles", new { roles = new[] { "supervisor" } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await browser.GetAsync("/api/desk/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_reset_password_ends_the_session()
    {
        var (id, name, password) = await desk.AnAccount("operator");
        using var admin = await desk.SignedIn("admin");
        using var browser = await desk.SignedIn(name, password);

        (await admin.PostAsJsonAsync($"/api/desk/v1/accounts/{id}/password", new { password = "a replaced secret" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await browser.GetAsync("/api/desk/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Desk.SignIn(browser, name, "a replaced secret")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_list_comes_in_pages_and_shows_no_secret()
    {
        using var admin = await desk.SignedIn("admin");

        var names = new List<string?>();
        for (string? cursor = "", text; cursor is not null;)
        {
            text = await admin.GetStringAsync($"/api/desk/v1/accounts?limit=4{(cursor == "" ? "" : $"&cursor={cursor}")}");
            text.ShouldNotContain("$");
            var page = System.Text.Json.JsonDocument.Parse(text).RootElement;
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
            cursor = page.GetProperty("next").GetString();
        }

        names.ShouldBeUnique();
        names.ShouldBe(names.Order(StringComparer.Ordinal));
        foreach (var expected in new[] { "admin", "agent1005", "supervisor" }) names.ShouldContain(expected);
    }

    [Fact]
    public async Task Each_refusal_says_what_is_wrong()
    {
        using var admin = await desk.SignedIn("admin");
        var me = (await Desk.Get(admin, "/session")).GetProperty("staff").GetProperty("id").GetString();

        (await Desk.Code(await Create(admin, "agent1001", "a good long secret", "agent"), HttpStatusCode.Conflict)).ShouldBe("staff.name_taken");
        (await Desk.Code(await Create(admin, "someone", "short", "agent"), HttpStatusCode.Conflict)).ShouldBe("staff.password_weak");
        (await Desk.Code(await Create(admin, "someone", "a good long secret"), HttpStatusCode.Conflict)).ShouldBe("staff.no_roles");
        (await Create(admin, "someone", "a good long secret", "king")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Create(admin, "9lives", "a good long secret", "agent")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Desk.Code(await admin.PostAsJsonAsync($"/api/desk/v1/accounts/{me}/disable", new { }), HttpStatusCode.Conflict)).ShouldBe("staff.not_yourself");
        (await Desk.Code(await admin.PutAsJsonAsync($"/api/desk/v1/accounts/{me}/roles", new { roles = new[] { "agent" } }), HttpStatusCode.Conflict)).ShouldBe("staff.last_admin");
        (await admin.PostAsJsonAsync($"/api/desk/v1/accounts/{new string('a', 32)}/disable", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.PostAsJsonAsync("/api/desk/v1/accounts/not-an-id/disable", new { })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.PostAsJsonAsync($"/api/desk/v1/accounts/{me}/enable", new { reason = new string('x', 201) })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<HttpResponseMessage> Create(HttpClient admin, string name, string password, params string[] roles) =>
        admin.PostAsJsonAsync("/api/desk/v1/accounts", new { name, displayName = "某某", roles, password });
}
