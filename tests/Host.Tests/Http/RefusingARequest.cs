using System.Net;
using System.Text.Json;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Host.Tests.Http;

/// <summary>Every refusal is a problem document with a code and a Chinese sentence, alike in Development and Production.</summary>
public abstract class RefusingARequest(RefusingARequest.Api api)
{
    private readonly CourierApp _app = api.App;

    public sealed class InDevelopment(InDevelopment.Host host) : RefusingARequest(host), IClassFixture<InDevelopment.Host>
    {
        public sealed class Host() : Api(new());
    }

    public sealed class InProduction(InProduction.Host host) : RefusingARequest(host), IClassFixture<InProduction.Host>
    {
        public sealed class Host() : Api(ApiWithEndpointsOfItsOwn.Production);
    }

    /// <summary>One app for all tests of a class: they change nothing.</summary>
    public abstract class Api(CourierAppOptions options) : IAsyncLifetime
    {
        public CourierApp App { get; private set; } = null!;

        public async Task InitializeAsync() => App = await ApiWithEndpointsOfItsOwn.Start(Map, options);

        public async Task DisposeAsync() => await App.DisposeAsync();
    }

    [Fact]
    public Task A_broken_rule_is_409_with_its_code() => Expect(HttpMethod.Post, "/test/rule", 409, "test.refused", "不能这样做");

    [Fact]
    public Task Bad_input_is_400_with_the_field() => Expect(HttpMethod.Get, "/test/input", 400, "request.field_invalid", "看不懂", "phone");

    [Fact]
    public Task A_missing_parameter_is_400_with_the_field() => Expect(HttpMethod.Get, "/test/query", 400, "request.field_invalid", null, "count");

    [Fact]
    public Task A_parameter_of_a_wrong_form_is_400_with_the_field() => Expect(HttpMethod.Get, "/test/query?count=many", 400, "request.field_invalid", null, "count");

    [Fact]
    public Task A_wrong_field_in_json_is_400_with_the_field() => Expect(HttpMethod.Post, "/test/body", 400, "request.field_invalid", null, "phone", """{"phone":"12"}""");

    [Fact]
    public Task Broken_json_is_400() => Expect(HttpMethod.Post, "/test/body", 400, "request.json_invalid", null, null, "{");

    [Fact]
    public Task An_unknown_path_is_404() => Expect(HttpMethod.Get, "/test/nowhere", 404, "request.not_found");

    [Fact]
    public Task A_use_case_that_finds_nothing_is_404_with_a_body() => Expect(HttpMethod.Get, "/test/nothing", 404, "request.not_found");

    [Fact]
    public Task A_wrong_method_is_405() => Expect(HttpMethod.Delete, "/test/rule", 405, "request.method_not_allowed");

    [Fact]
    public async Task A_wrong_media_type_is_415()
    {
        using var answer = await _app.Http.PostAsync("/test/body", new StringContent("phone=1", System.Text.Encoding.UTF8, "text/plain"));
        await Expect(answer, 415, "request.media_type_unsupported");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/test/body") { Content = new StringContent("\"" + new string('a', 9_000_000) + "\"", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.ExpectContinue = true; // ask before sending so much
        using var answer = await _app.Http.SendAsync(request);
        await Expect(answer, 413, "request.too_large");
    }

    [Fact]
    public async Task A_fault_of_ours_is_500_and_tells_nothing_of_our_insides()
    {
        using var answer = await _app.Http.GetAsync("/test/fault");
        var body = await Expect(answer, 500, "server.fault");
        body.ShouldNotContain("the inside");
        body.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task A_database_that_is_away_is_503_with_a_time_to_come_again()
    {
        using var answer = await _app.Http.GetAsync("/test/database");
        await Expect(answer, 503, "server.database_away");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_database_that_is_away_is_one_line_of_the_log_a_minute()
    {
        for (var i = 0; i < 20; i++) (await _app.Http.GetAsync("/test/database")).Dispose();
        using var log = new StreamReader(new FileStream(Directory.EnumerateFiles(Path.Combine(_app.DataDirectory, "logs")).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        (await log.ReadToEndAsync()).Split(nameof(DatabaseTimeout)).Length.ShouldBe(2); // the clock stands still
    }

    [Fact]
    public async Task Nobody_is_told_which_server_it_is_and_browsers_are_told_to_be_strict()
    {
        using var answer = await _app.Http.GetAsync("/test/nothing");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private async Task Expect(HttpMethod method, string path, int status, string code, string? title = null, string? field = null, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _app.Http.SendAsync(request);
        await Expect(answer, status, code, title, field);
    }

    private static async Task<string> Expect(HttpResponseMessage answer, int status, string code, string? title = null, string? field = null)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe((HttpStatusCode)status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.Code().ShouldBe(code);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString()!.Any(c => c is >= '一' and <= '鿿').ShouldBeTrue(text);
        if (title is not null) problem.GetProperty("title").GetString().ShouldBe(title);
        (problem.TryGetProperty("field", out var named) ? named.GetString() : null).ShouldBe(field);
        return text;
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        var test = routes.MapGroup("/test").ForAnyone("a test");
        test.MapPost("/rule", IResult () => throw new RuleBroken("test.refused", "不能这样做"));
        test.MapGet("/input", IResult () => throw new BadInput("phone", "看不懂"));
        test.MapGet("/query", (int count) => count);
        test.MapPost("/body", (Body body) => body.Phone.ToString());
        test.MapGet("/nothing", () => TypedResults.NotFound());
        test.MapGet("/fault", IResult () => throw new InvalidDataException("the inside"));
        test.MapGet("/database", IResult () => throw new DatabaseTimeout());
    }

    private sealed record Body(Phone Phone);
}
