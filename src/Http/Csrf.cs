using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Http;

/// <summary>
/// Protection of cookie sessions against writes from foreign pages: a write carries the header <see cref="Header"/>, which a
/// foreign page cannot send without asking first (CORS preflight), and browsers that say where a request comes from say "same-origin".
/// </summary>
public static class Csrf
{
    /// <summary>The header; its value is <c>1</c>.</summary>
    public const string Header = "X-Courier-Csrf";

    /// <summary>Asks for the header at writes. Endpoints for staff ask anyhow; this is for those before the sign-in.</summary>
    public static T ChecksCsrf<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new Mark());

    /// <summary>Asks for the header at writes of customers who are known by their cookie (<see cref="CustomerCookie"/>); a bearer token needs none.</summary>
    internal static T ChecksCsrfOfCookies<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new CookieMark());

    internal static async Task Check(HttpContext context, RequestDelegate next)
    {
        if (IsRead(context.Request.Method) || !Asks(context) || IsOurs(context.Request))
            await next(context).ConfigureAwait(false);
        else
            await Problems.Refusal(StatusCodes.Status403Forbidden, "csrf.header_missing", Texts.CsrfHeaderMissing).ExecuteAsync(context).ConfigureAwait(false);
    }

    private static bool Asks(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } marks
        && (marks.GetMetadata<Mark>() is not null || marks.GetMetadata<CookieMark>() is not null && CustomerCookie.IsProof(context.Request));

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOurs(HttpRequest request) =>
        request.Headers[Header] == "1" && request.Headers["Sec-Fetch-Site"].ToString() is ("" or "same-origin" or "none");

    internal sealed record Mark;

    internal sealed record CookieMark;
}
