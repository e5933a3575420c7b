using Microsoft.AspNetCore.Http;

namespace Courier.CallCenter;

/// <summary>The cookie that holds the token of a staff session. It goes when the browser closes; the server ends the session anyhow.</summary>
internal static class StaffCookie
{
    public const string Name = "courier_staff";

    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= 100 } token ? token : null;

    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(Name, token, Options(context));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
