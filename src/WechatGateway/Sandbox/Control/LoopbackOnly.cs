using System.Net;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>
/// Lets only this machine and pages of this very origin in: the caller's address is loopback, the Host header names a local
/// host (so that no foreign name can be pointed at us), and a browser's Origin, when there is one, is our own.
/// </summary>
internal sealed class LoopbackOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsAllowed(context.HttpContext)
            ? await next(context)
            : Results.Json(new { error = "the sandbox's controls are for this machine and its own pages only" }, statusCode: StatusCodes.Status403Forbidden);

    static bool IsAllowed(HttpContext http) => IsLoopback(http.Connection.RemoteIpAddress) && IsLocalName(http.Request.Host.Host)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && IsOwnOrigin(http.Request);

    static bool IsLoopback(IPAddress? caller) => caller is not null && IPAddress.IsLoopback(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller);

    static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    static bool IsOwnOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none")) return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
