using Courier.Http;
using Courier.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Courier.Host.Tests.Architecture;

/// <summary>Each endpoint says who may call it.</summary>
public sealed class EveryEndpoint
{
    [Fact]
    public async Task Asks_for_a_right_or_is_open_on_purpose()
    {
        await using var app = await CourierApp.Start();
        var endpoints = Endpoints(app);
        endpoints.Count.ShouldBeGreaterThan(5);
        endpoints.Where(e => !SaysWho(e)).Select(e => e.DisplayName).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_rule_finds_an_endpoint_that_says_nothing_and_one_that_is_open_without_a_reason()
    {
        await using var app = await CourierApp.Start(new()
        {
            Endpoints = routes =>
            {
                routes.MapGet("/test/says-nothing", () => "").WithDisplayName("nothing");
                routes.MapGet("/test/no-reason", () => "").AllowAnonymous().WithDisplayName("no reason");
            },
        });
        Endpoints(app).Where(e => !SaysWho(e)).Select(e => e.DisplayName).ShouldBe(["nothing", "no reason"], ignoreOrder: true);
    }

    private static List<RouteEndpoint> Endpoints(CourierApp app) => [.. app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private static bool SaysWho(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        ? endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null
        : endpoint.Metadata.GetMetadata<OpenToAnyone>() is not null;
}
