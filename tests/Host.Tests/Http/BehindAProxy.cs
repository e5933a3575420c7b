using Courier.Http;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Courier.Host.Tests.Http;

public sealed class BehindAProxy
{
    [Theory]
    [InlineData("127.0.0.0/8", "ip:203.0.113.7")]
    [InlineData("10.0.0.1", "ip:127.0.0.1")]
    [InlineData(null, "ip:127.0.0.1")]
    public async Task Only_a_known_proxy_is_believed_about_where_a_guest_comes_from(string? known, string expected)
    {
        var settings = known is null ? new Dictionary<string, string>() : new() { ["ForwardedHeaders:KnownProxies:0"] = known };
        await using var app = await ApiWithEndpointsOfItsOwn.Start(Map, new() { Settings = settings });
        var (_, body) = await app.Ask(HttpMethod.Get, "/test/who", null, ("X-Forwarded-For", "203.0.113.7"));
        body.GetProperty("key").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task The_interface_document_names_the_headers_and_who_may_call()
    {
        await using var app = await ApiWithEndpointsOfItsOwn.Start(routes =>
        {
            routes.MapPost("/test/order", () => "x").ForCustomers().TakesIdempotencyKey();
            routes.MapPost("/test/admin", () => "x").ForStaff("admin");
        });
        var (_, document) = await app.Ask(HttpMethod.Get, "/openapi/v1.json");
        var order = document.GetProperty("paths").GetProperty("/test/order").GetProperty("post");
        order.GetProperty("parameters")[0].GetProperty("name").GetString().ShouldBe("Idempotency-Key");
        order.GetProperty("description").GetString().ShouldBe("For customers, bearer token.");
        var admin = document.GetProperty("paths").GetProperty("/test/admin").GetProperty("post");
        admin.GetProperty("parameters")[0].GetProperty("name").GetString().ShouldBe("X-Courier-Csrf");
        admin.GetProperty("description").GetString().ShouldBe("For staff (admin), cookie session.");
    }

    private static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/test/who", (CurrentVisitor who) => new { who.Key }).ForGuests();
}
