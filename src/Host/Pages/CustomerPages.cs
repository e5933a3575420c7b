using System.Globalization;
using Courier.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Courier.Host.Pages;

/// <summary>
/// Serves the customers' pages under <c>/app</c> as npm built them. Files under <c>assets/</c> carry a hash in their names and may be kept
/// for ever; all others are asked for again. The build leaves a <c>.br</c> and a <c>.gz</c> beside what is worth it: nothing is compressed here.
/// </summary>
internal sealed class CustomerPages(PageSources sources, PageBuildState state, SiteFacts facts)
{
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly (string Coding, string Suffix)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    private readonly Lazy<PhysicalFileProvider> _files = new(() => new PhysicalFileProvider(Directory.CreateDirectory(sources.Built).FullName));

    /// <summary>Maps the pages.</summary>
    public static void Map(WebApplication app)
    {
        var pages = app.MapGroup("/app").ForAnyone("the customers' pages hold nothing of anybody; their requests prove who asks").ExcludeFromDescription();
        pages.MapMethods("", ["GET", "HEAD"], (HttpContext http) =>
            http.Request.Path.Value!.EndsWith('/') ? http.RequestServices.GetRequiredService<CustomerPages>().Answer("index.html", http) : TypedResults.Redirect("/app/"));
        pages.MapGet("/site.json", (CustomerPages own) => TypedResults.Json(own.Facts));
        pages.MapMethods("/{**path}", ["GET", "HEAD"], (string path, CustomerPages own, HttpContext http) => own.Answer(path, http));
    }

    private SiteFacts Facts => facts;

    private IResult Answer(string path, HttpContext http)
    {
        var index = path == "index.html";
        var file = _files.Value.GetFileInfo(path);
        if (index && (!file.Exists || state.IsUnderWay)) return Waiting(http);
        if (!file.Exists || file.PhysicalPath is null || !Types.TryGetContentType(path, out var type)) return Problems.NotFound();
        http.Response.Headers.CacheControl = path.StartsWith("assets/", StringComparison.Ordinal) ? Forever : "no-cache";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        return Compressed(path, http) is var (smaller, coding) ? Send(smaller, type, coding, http) : Send(file, type, null, http);
    }

    private (IFileInfo File, string Coding)? Compressed(string path, HttpContext http)
    {
        var accepted = http.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (coding, suffix) in Codings)
        {
            if (!accepted.Any(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0)) continue;
            if (_files.Value.GetFileInfo(path + suffix) is { Exists: true } file) return (file, coding);
        }
        return null;
    }

    private static IResult Send(IFileInfo file, string type, string? coding, HttpContext http)
    {
        if (coding is not null) http.Response.Headers.ContentEncoding = coding;
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.LastModified.UtcTicks:x}-{file.Length:x}\"");
        return TypedResults.PhysicalFile(file.PhysicalPath!, Text(type), lastModified: file.LastModified, entityTag: new EntityTagHeaderValue(tag));
    }

    private static string Text(string type) => type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;

    private IResult Waiting(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "5";
        return TypedResults.Content(WaitingPage.Of(state), "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>What the pages must know about where they are served, and cannot know when they are built.</summary>
/// <param name="OfficialAccount">App id of the account through which people sign in inside WeChat; null when there is none.</param>
/// <param name="Demo">Is this the invented world, where every browser may act as WeChat's?</param>
internal sealed record SiteFacts(string? OfficialAccount, bool Demo)
{
    public static SiteFacts Of(IConfiguration configuration, bool development) => new(
        configuration.GetSection("Wechat:Accounts").GetChildren().FirstOrDefault(a => a["Kind"] is null or "OfficialAccount")?["AppId"], development);
}
