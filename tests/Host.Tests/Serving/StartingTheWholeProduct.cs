using System.Net;
using Courier.Http;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;

namespace Courier.Host.Tests.Serving;

public sealed class StartingTheWholeProduct : IAsyncLifetime
{
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await CourierApp.Start();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task It_describes_its_interface()
    {
        var document = await _app.Http.GetStringAsync("/openapi/v1.json");
        document.ShouldContain("\"openapi\"");
    }

    [Fact]
    public async Task An_unknown_path_is_answered_with_problem_details()
    {
        var answer = await _app.Http.GetAsync("/no/such/path");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"request.not_found\"");
    }

    [Fact]
    public async Task It_makes_each_endpoint_once()
    {
        var made = 0;
        await using var app = await CourierApp.Start(new() { Endpoints = e => e.MapGet("/counted", () => "ok").ForAnyone("a test").Add(_ => made++) });
        (await app.Http.GetStringAsync("/counted")).ShouldBe("ok");
        made.ShouldBe(1);
    }

    [Fact]
    public async Task It_comes_to_rest() => await _app.Settle();
}
