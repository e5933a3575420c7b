using Microsoft.AspNetCore.Http;

namespace Courier.Http;

/// <summary>
/// The cookie that holds the token of a customer's session in a browser (H5); scripts cannot read it. Other clients send the token in
/// the header <c>Authorization</c>, which goes before the cookie.
/// </summary>
public static class CustomerCookie
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "courier_customer";

    /// <summary>The token in the cookie; null when the request carries none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= 100 } token ? token : null;

    /// <summary>Gives the browser the token until the session ends.</summary>
    public static void Write(HttpContext context, string token, DateTimeOffset expiresAt) => context.Response.Cookies.Append(Name, token, Options(context, expiresAt));

    /// <summary>Takes the cookie away.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    /// <summary>Does the request prove its customer by the cookie, and not by a header that no foreign page can send?</summary>
    internal static bool IsProof(HttpRequest request) => request.Headers.Authorization.Count == 0 && Read(request) is not null;

    // Lax: a link in a chat or a message opens the page signed in; writes from foreign pages come without it.
    private static CookieOptions Options(HttpContext context, DateTimeOffset? expiresAt) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", IsEssential = true, Expires = expiresAt };
}
