using Courier.Http;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Host.Tests.Http;

public sealed class AskingForARight : IAsyncLifetime
{
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await ApiWithEndpointsOfItsOwn.Start(routes =>
    {
        routes.MapGet("/test/unmarked", () => "secret");
        routes.MapGet("/test/customer", (CurrentCustomer me) => new { me.Id }).ForCustomers();
        routes.MapGet("/test/staff", (CurrentStaff me) => new { me.Id, me.Name, me.Roles, me.Session }).ForStaff();
        routes.MapPost("/test/admin", (CurrentStaff me) => new { me.Id }).ForStaff("admin", "supervisor");
        routes.MapPost("/test/sign-in", () => new { ok = true }).ForAnyone("sign-in").ChecksCsrf();
        routes.MapGet("/test/guest", (CurrentVisitor who) => new { who.CustomerId, who.Key }).ForGuests(perMinute: 3);
    });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_refused()
    {
        var (status, problem) = await _app.Ask(HttpMethod.Get, "/test/unmarked");
        status.ShouldBe(401);
        problem.Code().ShouldBe("request.sign_in_first");
    }

    [Fact]
    public async Task A_customer_is_known_by_the_token_and_a_guest_is_refused()
    {
        (await _app.Ask(HttpMethod.Get, "/test/customer")).Status.ShouldBe(401);
        var (status, body) = await _app.Ask(HttpMethod.Get, "/test/customer", null, ("Authorization", "Bearer anna"));
        status.ShouldBe(200);
        body.GetProperty("id").GetString().ShouldBe("anna");
    }

    [Fact]
    public async Task A_customer_is_no_member_of_staff_and_the_other_way_round()
    {
        (await _app.Ask(HttpMethod.Get, "/test/staff", null, ("Authorization", "Bearer anna"))).Status.ShouldBe(401);
        (await _app.Ask(HttpMethod.Get, "/test/customer", null, ("X-Test-Staff", "admin"))).Status.ShouldBe(401);
        var (_, me) = await _app.Ask(HttpMethod.Get, "/test/staff", null, ("X-Test-Staff", "agent,operator"));
        me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["agent", "operator"]);
        me.GetProperty("session").GetString().ShouldBe("session1");
    }

    [Theory]
    [InlineData("admin", 200)]
    [InlineData("supervisor", 200)]
    [InlineData("agent", 403)]
    public async Task A_member_of_staff_needs_one_of_the_roles(string role, int expected)
    {
        var (status, body) = await _app.Ask(HttpMethod.Post, "/test/admin", null, ("X-Test-Staff", role), (Csrf.Header, "1"));
        status.ShouldBe(expected);
        if (expected == 403) body.Code().ShouldBe("request.not_allowed");
    }

    [Theory]
    [InlineData("/test/admin")]
    [InlineData("/test/sign-in")]
    public async Task A_write_with_a_cookie_needs_the_header_that_foreign_pages_cannot_send(string path)
    {
        var (status, problem) = await _app.Ask(HttpMethod.Post, path, null, ("X-Test-Staff", "admin"));
        status.ShouldBe(403);
        problem.Code().ShouldBe("csrf.header_missing");
        (await _app.Ask(HttpMethod.Post, path, null, ("X-Test-Staff", "admin"), (Csrf.Header, "1"), ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(403);
        (await _app.Ask(HttpMethod.Post, path, null, ("X-Test-Staff", "admin"), (Csrf.Header, "1"), ("Sec-Fetch-Site", "same-origin"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_guest_is_known_by_address_a_customer_by_token()
    {
        (await _app.Ask(HttpMethod.Get, "/test/guest")).Body.GetProperty("key").GetString()!.ShouldStartWith("ip:");
        (await _app.Ask(HttpMethod.Get, "/test/guest", null, ("Authorization", "Bearer anna"))).Body.GetProperty("key").GetString().ShouldBe("customer:anna");
    }

    [Fact]
    public async Task A_guest_who_asks_too_often_waits_for_the_next_minute()
    {
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++) (await _app.Ask(HttpMethod.Get, "/test/guest")).Status.ShouldBe(200);
        using var refused = await _app.Http.GetAsync("/test/guest");
        ((int)refused.StatusCode).ShouldBe(429);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await _app.Ask(HttpMethod.Get, "/test/guest")).Status.ShouldBe(200);
    }
}
