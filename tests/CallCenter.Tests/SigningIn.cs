using System.Net;
using System.Net.Http.Json;

namespace Courier.CallCenter.Tests;

public sealed class SigningIn(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task A_demo_agent_signs_in_with_demo_and_the_name()
    {
        using var browser = await desk.SignedIn("agent1001");

        var staff = (await Desk.Get(browser, "/session")).GetProperty("staff");

        staff.GetProperty("name").GetString().ShouldBe("agent1001");
        staff.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["agent"]);
        staff.TryGetProperty("passwordHash", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var browser = desk.ABrowser();

        using var answer = await Desk.SignIn(browser, "agent1002", "demoagent1002");

        var cookie = answer.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        cookie.ShouldStartWith("courier_staff=");
        cookie.ShouldContain("; httponly");
        cookie.ShouldContain("; samesite=strict");
        cookie.ShouldContain("; path=/");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain(cookie.Split('=', ';')[1], Case.Insensitive);
    }

    [Fact]
    public async Task Wrong_password_and_unknown_name_get_the_same_answer()
    {
        using var browser = desk.ABrowser();

        using var wrong = await Desk.SignIn(browser, "agent1003", "demoagent1004");
        using var unknown = await Desk.SignIn(browser, "nobody", "demoagent1004");

        (await Desk.Code(wrong, HttpStatusCode.Unauthorized)).ShouldBe("staff.sign_in_refused");
        (await Seen(unknown)).ShouldBe(await Seen(wrong));
        wrong.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task After_five_wrong_tries_the_name_rests_for_15_minutes()
    {
        var (_, name, password) = await desk.AnAccount("agent");
        using var browser = desk.ABrowser();
        for (var i = 0; i < 5; i++) (await Desk.SignIn(browser, name, "not the password")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var resting = await Desk.SignIn(browser, name, password);
        (await Desk.Code(resting, HttpStatusCode.TooManyRequests)).ShouldBe("staff.too_many_tries");
        resting.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(15));

        desk.App.Clock.Advance(TimeSpan.FromMinutes(15));
        (await Desk.SignIn(browser, name, password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_by_itself_when_it_is_not_used()
    {
        using var browser = await desk.SignedIn("agent1004");
        desk.App.Clock.Advance(TimeSpan.FromMinutes(29));
        (await browser.GetAsync("/api/desk/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);

        desk.App.Clock.Advance(TimeSpan.FromMinutes(30));

        (await browser.GetAsync("/api/desk/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server_too()
    {
        using var browser = desk.ABrowser();
        using var signIn = await Desk.SignIn(browser, "agent1005", "demoagent1005");
        var cookie = signIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var signOut = await browser.DeleteAsync("/api/desk/v1/session");

        signOut.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var thief = desk.App.NewClient();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        (await thief.GetAsync("/api/desk/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_ends_the_earlier_session()
    {
        using var browser = desk.ABrowser();
        using var first = await Desk.SignIn(browser, "outlet", "demooutlet");
        var cookie = first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        await Desk.SignIn(browser, "courier", "democourier");

        using var other = desk.App.NewClient();
        other.DefaultRequestHeaders.Add("Cookie", cookie);
        (await other.GetAsync("/api/desk/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Desk.Get(browser, "/session")).GetProperty("staff").GetProperty("name").GetString().ShouldBe("courier");
    }

    [Fact]
    public async Task A_password_that_somebody_else_chose_gives_no_right_but_to_change_it()
    {
        using var admin = await desk.SignedIn("admin");
        await Desk.Json(await admin.PostAsJsonAsync("/api/desk/v1/accounts",
            new { name = "fresh.start", displayName = "新来的", roles = new[] { "admin" }, password = "given by the admin" }), HttpStatusCode.Created);
        using var browser = await desk.SignedIn("fresh.start", "given by the admin");

        (await Desk.Get(browser, "/session")).GetProperty("staff").GetProperty("mustChangePassword").GetBoolean().ShouldBeTrue();
        (await browser.GetAsync("/api/desk/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsJsonAsync("/api/desk/v1/session/password", new { current = "given by the admin", next = "chosen by myself" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetAsync("/api/desk/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // The trace id, the only thing that differs, belongs to the request.
    private static async Task<string> Seen(HttpResponseMessage answer) =>
        string.Join('\n', (await Desk.Json(answer, HttpStatusCode.Unauthorized)).EnumerateObject().Where(p => p.Name != "traceId").Select(p => p.ToString()));
}
