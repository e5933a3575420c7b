using System.Net;
using Microsoft.AspNetCore.Http;

namespace Courier.Simulator;

/// <summary>Lets in only this machine under a local name, and of browsers only pages of our own origin.</summary>
internal sealed class LoopbackOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsAllowed(context.HttpContext)
            ? await next(context)
            : Results.Problem(Texts.OnlyThisMachine, statusCode: StatusCodes.Status403Forbidden);

    static bool IsAllowed(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && IsLocalName(http.Request.Host.Host) && IsOwnPage(http.Request);

    static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    static bool IsOwnPage(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && request.Headers.Origin.ToString() is var origin
        && (origin.Length == 0 || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
