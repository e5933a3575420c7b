using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Page;

/// <summary>The page at <c>/simulator</c>: one document, one module, one style sheet, all embedded.</summary>
internal static class PageEndpoints
{
    public static void MapPage(this IEndpointRouteBuilder group)
    {
        group.MapGet("", () => File("page.html", "text/html; charset=utf-8"));
        group.MapGet("/page.js", () => File("page.js", "text/javascript; charset=utf-8"));
        group.MapGet("/page.css", () => File("page.css", "text/css; charset=utf-8"));
    }

    static IResult File(string name, string contentType) =>
        Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!, contentType);
}
