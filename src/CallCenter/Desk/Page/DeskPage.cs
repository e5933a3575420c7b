using System.Collections.Frozen;
using System.Security.Cryptography;
using Courier.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>
/// The page of the desk: plain ES modules that lie in the program itself, so that it works from any folder and without a build step.
/// The files hold no data; whoever is not signed in sees the sign-in form only.
/// </summary>
internal static class DeskPage
{
    private const string Folder = "desk/";

    private static readonly FrozenDictionary<string, Asset> Assets = Load();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        const string because = "the files of the page hold no data; it asks for a sign-in";
        endpoints.MapGet("/desk", (HttpContext context) => Send(context, "index.html")).ExcludeFromDescription().ForAnyone(because);
        endpoints.MapGet("/desk/{file}", Send).ExcludeFromDescription().ForAnyone(because);
    }

    private static IResult Send(HttpContext context, string file)
    {
        if (!Assets.TryGetValue(file, out var asset)) return Problems.NotFound();
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Bytes, asset.ContentType, entityTag: asset.Tag);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(DeskPage).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[Folder.Length..], n =>
            {
                using var stream = assembly.GetManifestResourceStream(n)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return new Asset(bytes, ContentType(n), new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
            }, StringComparer.Ordinal);
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"the page has a file of an unknown kind: {other}"),
    };

    private sealed record Asset(byte[] Bytes, string ContentType, Microsoft.Net.Http.Headers.EntityTagHeaderValue Tag);
}
