using System.Net;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.CallCenter.Tests;

/// <summary>Walks over every endpoint of the desk, also over those that other faces map there.</summary>
public sealed class AskingWithoutARight(DeskApp desk) : IClassFixture<DeskApp>
{
    private static readonly string[] AnyStaff = ["GET /api/desk/v1/session", "DELETE /api/desk/v1/session", "POST /api/desk/v1/session/password"];

    private static readonly Dictionary<string, string> Demo = new()
    {
        ["admin"] = "admin", ["supervisor"] = "supervisor", ["agent"] = "agent1001", ["operator"] = "operator", ["outlet"] = "outlet", ["courier"] = "courier",
    };

    [Fact]
    public async Task Without_a_session_every_endpoint_answers_401()
    {
        using var browser = desk.ABrowser();

        foreach (var endpoint in Endpoints().Where(e => e.Name != "POST /api/desk/v1/session"))
        {
            using var answer = await Send(browser, endpoint);
            (endpoint.Name, answer.StatusCode).ShouldBe((endpoint.Name, HttpStatusCode.Unauthorized));
        }
    }

    [Fact]
    public async Task With_a_made_up_cookie_every_endpoint_answers_401()
    {
        using var browser = desk.ABrowser();
        browser.DefaultRequestHeaders.Add("Cookie", "courier_staff=" + new string('A', 43));

        foreach (var endpoint in Endpoints().Where(e => e.Name != "POST /api/desk/v1/session"))
        {
            using var answer = await Send(browser, endpoint);
            (endpoint.Name, answer.StatusCode).ShouldBe((endpoint.Name, HttpStatusCode.Unauthorized));
        }
    }

    [Fact]
    public async Task With_a_role_that_an_endpoint_does_not_name_it_answers_403()
    {
        var refused = 0;
        foreach (var role in Enum.GetValues<StaffRole>().Select(EnumText<StaffRole>.Of))
        {
            using var browser = await desk.SignedIn(Demo[role]);
            foreach (var endpoint in Endpoints().Where(e => e.Roles.Count > 0 && !e.Roles.Contains(role)))
            {
                using var answer = await Send(browser, endpoint);
                (role, endpoint.Name, answer.StatusCode).ShouldBe((role, endpoint.Name, HttpStatusCode.Forbidden));
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(60);
    }

    [Fact]
    public void Every_endpoint_but_the_own_session_names_its_roles() =>
        Endpoints().Where(e => e.Roles.Count == 0 && e.Name != "POST /api/desk/v1/session").Select(e => e.Name).Order().ShouldBe(AnyStaff.Order());

    [Theory]
    [InlineData("/accounts", "admin")]
    [InlineData("/audit", "admin,supervisor")]
    [InlineData("/operations/dead-letters", "admin,operator")]
    [InlineData("/operations/notifications", "admin,operator")]
    [InlineData("/conversations", "agent,supervisor")]
    public void Rights_are_given_as_the_house_wants_them(string path, string roles)
    {
        var endpoints = Endpoints().Where(e => e.Path.StartsWith("/api/desk/v1" + path, StringComparison.Ordinal)).ToList();

        endpoints.ShouldNotBeEmpty();
        endpoints.ShouldAllBe(e => string.Join(',', e.Roles.Order()) == roles);
    }

    [Fact]
    public async Task A_write_without_the_header_of_our_page_is_refused_even_with_a_session()
    {
        using var browser = await desk.SignedIn("admin");
        browser.DefaultRequestHeaders.Remove("X-Courier-Csrf");

        foreach (var endpoint in Endpoints().Where(e => e.Method != "GET"))
        {
            using var answer = await Send(browser, endpoint);
            (endpoint.Name, await Desk.Code(answer, HttpStatusCode.Forbidden)).ShouldBe((endpoint.Name, "csrf.header_missing"));
        }
    }

    [Fact]
    public async Task A_write_that_the_browser_says_comes_from_another_site_is_refused()
    {
        using var browser = await desk.SignedIn("admin");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        (await Desk.Code(await browser.DeleteAsync("/api/desk/v1/session"), HttpStatusCode.Forbidden)).ShouldBe("csrf.header_missing");
        (await browser.GetAsync("/api/desk/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> Send(HttpClient browser, DeskEndpoint endpoint)
    {
        var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), endpoint.Path);
        if (endpoint.Method is "POST" or "PUT") request.Content = new StringContent("{}", null, "application/json");
        return browser.SendAsync(request);
    }

    private IReadOnlyList<DeskEndpoint> Endpoints()
    {
        var endpoints = desk.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/desk", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(m => new DeskEndpoint(m, Path(e), Roles(e))))
            .ToList();
        endpoints.Count.ShouldBeGreaterThan(15);
        return endpoints;
    }

    private static string Path(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s =>
            s.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : new string('0', 32)));

    private static IReadOnlyList<string> Roles(RouteEndpoint endpoint) =>
        [.. endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(p => p.Requirements).OfType<RolesAuthorizationRequirement>().SelectMany(r => r.AllowedRoles)];

    private sealed record DeskEndpoint(string Method, string Path, IReadOnlyList<string> Roles)
    {
        public string Name => $"{Method} {Path}";
    }
}
