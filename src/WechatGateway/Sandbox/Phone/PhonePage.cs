using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Phone;

/// <summary>The phone's pages: plain files inside the assembly, no build step, nothing from other hosts.</summary>
internal static class PhonePage
{
    static readonly Dictionary<string, string> types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static void MapPhone(this IEndpointRouteBuilder group)
    {
        group.MapGet("/", () => File("landing.html"));
        group.MapGet("/phone", () => File("phone.html"));
        group.MapGet("/assets/{name}", (string name) => File(name));
    }

    /// <summary>A page with <c>{{content}}</c> filled in.</summary>
    public static IResult Html(string name, string content, int status)
    {
        using var reader = new StreamReader(Open(name) ?? throw new InvalidOperationException($"{name} is not in the assembly"));
        return Results.Content(reader.ReadToEnd().Replace("{{content}}", content, StringComparison.Ordinal), types[".html"], statusCode: status);
    }

    static IResult File(string name) => types.TryGetValue(Path.GetExtension(name), out var type) && Open(name) is { } content
        ? Results.Stream(content, type) : Results.NotFound();

    static Stream? Open(string name) => typeof(PhonePage).Assembly.GetManifestResourceStream($"phone/{name}");
}
