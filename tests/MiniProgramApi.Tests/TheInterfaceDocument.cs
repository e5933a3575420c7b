using System.Net;
using System.Text.RegularExpressions;
using Courier.Host.Tests;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Tests;

/// <summary>The document says what the running host does, and the host does what the document says.</summary>
public sealed partial class TheInterfaceDocument(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task Names_each_operation_that_the_host_has_and_no_other()
    {
        var document = await InterfaceText.Of(app.App.Http);
        var endpoints = app.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/customer/v1", StringComparison.Ordinal)).ToList();
        document.Operations.Select(o => $"{o.Method} {o.Path}").Order().ShouldBe(endpoints
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {Constraint().Replace(e.RoutePattern.RawText!.TrimEnd('/'), "}")}").Order());
        document.Operations.Select(o => o.Name).ShouldAllBe(name => name.Length > 0);
        document.Operations.Select(o => o.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task Each_operation_answers_at_its_address()
    {
        foreach (var operation in (await InterfaceText.Of(app.App.Http)).Operations)
        {
            using var request = new HttpRequestMessage(operation.Method, Placeholder().Replace(operation.Path, "x"));
            using var answer = await app.App.Http.SendAsync(request);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.MethodNotAllowed, operation.Name);
            if (operation.IsForCustomers) answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, operation.Name);
        }
    }

    [Fact]
    public async Task Each_operation_tells_what_it_does_and_shows_what_is_sent_and_answered()
    {
        foreach (var operation in (await InterfaceText.Of(app.App.Http)).Operations)
        {
            operation.Says["summary"]?.GetValue<string>().ShouldNotBeNullOrWhiteSpace(operation.Name);
            if (operation.Body is { } body) body["example"].ShouldNotBeNull($"{operation.Name} has no example of its body");
            foreach (var (status, response) in operation.Says["responses"]!.AsObject().Where(r => r.Key is "200" or "201"))
                if (response!["content"]?["application/json"] is { } json) json["example"].ShouldNotBeNull($"{operation.Name} has no example of its answer {status}");
        }
    }

    [Fact]
    public async Task Each_code_in_the_source_of_this_face_is_documented()
    {
        var known = (await InterfaceText.Of(app.App.Http)).Operations
            .SelectMany(o => o.Says["responses"]!.AsObject().SelectMany(r => o.Codes(int.TryParse(r.Key, out var status) ? status : 0))).ToHashSet();
        var used = Repository.Sources().Where(s => IsOfCustomers(s.Path)).SelectMany(s => Refusal().Matches(s.Text)).Select(m => m.Groups["code"].Value).Distinct().ToList();
        used.Count.ShouldBeGreaterThan(20);
        used.Except(known).ShouldBeEmpty();
    }

    private static bool IsOfCustomers(string path) =>
        path.StartsWith("src/MiniProgramApi/", StringComparison.Ordinal) && !((string[])["/Carrier/", "/Outlets/", "/Devices/"]).Any(machines => path.Contains(machines, StringComparison.Ordinal));

    [GeneratedRegex(":[^}]*}")]
    private static partial Regex Constraint();

    [GeneratedRegex("{[^}]*}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""(?:Problems\.(?:Refusal|Conflict|NotFound)\(|BadInput\("[^"]*", )[^;"]*"(?<code>[a-z_]+\.[a-z_]+)["]""")]
    private static partial Regex Refusal();
}
