using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Tests;

/// <summary>What customers ask is told to supervisors in words, never as the name of an endpoint, a rule or a page.</summary>
public sealed partial class ReadingTheUsage(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task Each_thing_that_can_be_asked_and_each_page_has_words()
    {
        var asked = desk.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/customer/v1", StringComparison.Ordinal) == true)
            .Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).OfType<string>()
            .Select(name => Capital().Replace(name, m => (m.Index > 0 ? "_" : "") + m.Value.ToLowerInvariant()) + ": '").ToHashSet(StringComparer.Ordinal);
        asked.Count.ShouldBeGreaterThan(60);
        var rules = Rule().Matches(await File.ReadAllTextAsync(Path.Combine(Root(), "src/WechatGateway/Gateway/Replies/ReplyRules.cs"))).Select(m => $"'chat.{m.Groups[1].Value.ToLowerInvariant()}': '").ToList();
        rules.Count.ShouldBeGreaterThan(20);
        using var list = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), "src/Web/customer/src/pages.json")));
        var pages = list.RootElement.GetProperty("pages").EnumerateArray()
            .Select(p => $"'{p.GetProperty("path").GetString()!["pages/".Length..]}': '{p.GetProperty("style").GetProperty("navigationBarTitleText").GetString()}'");
        var words = await desk.App.Http.GetStringAsync("/desk/usage-words.js");
        asked.Concat(rules).Concat(pages.Where(p => !p.StartsWith("'home/", StringComparison.Ordinal))).Where(word => !words.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex(@"typeof\((\w+)\),")]
    private static partial Regex Rule();
}
