using Courier.Http.Limits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Courier.Http;

/// <summary>Marks an endpoint that anyone may call; the reason is part of the mark, and a test lists the endpoints that have neither it nor a right.</summary>
/// <param name="Because">Why no sign-in is asked for.</param>
public sealed record OpenToAnyone(string Because);

/// <summary>
/// Who may call an endpoint or group. What is marked by none of these is refused.
/// </summary>
public static class Rights
{
    /// <summary>Signed-in customers: bearer token, or the cookie of a browser, whose writes carry the header <see cref="Csrf.Header"/>.</summary>
    public static T ForCustomers<T>(this T endpoints) where T : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(Policy(Schemes.Customer).Build()).ChecksCsrfOfCookies();

    /// <summary>Signed-in staff with at least one of the roles; with none named, any signed-in staff.</summary>
    /// <param name="endpoints">Endpoint or group.</param>
    /// <param name="roles">Role names, lower case: <c>admin</c>, <c>supervisor</c>, …</param>
    public static T ForStaff<T>(this T endpoints, params string[] roles) where T : IEndpointConventionBuilder
    {
        var policy = Policy(Schemes.Staff);
        if (roles.Length > 0) policy.RequireRole(roles);
        return endpoints.RequireAuthorization(policy.Build()).ChecksCsrf();
    }

    /// <summary>Anyone, at a limited rate for each network address; use <see cref="CurrentVisitor"/> to know a customer who has a token.</summary>
    /// <param name="endpoints">Endpoint or group.</param>
    /// <param name="perMinute">Requests a minute and address.</param>
    public static T ForGuests<T>(this T endpoints, int perMinute = 60) where T : IEndpointConventionBuilder =>
        endpoints.AllowAnonymous().WithMetadata(new OpenToAnyone("guests, rate-limited"), new GuestLimit(perMinute)).ChecksCsrfOfCookies();

    /// <summary>Anyone; for pages, health, and whatever proves its caller in another way, such as a signature.</summary>
    /// <param name="endpoints">Endpoint or group.</param>
    /// <param name="because">Why no sign-in is asked for.</param>
    public static T ForAnyone<T>(this T endpoints, string because) where T : IEndpointConventionBuilder =>
        endpoints.AllowAnonymous().WithMetadata(new OpenToAnyone(because));

    private static AuthorizationPolicyBuilder Policy(string scheme) => new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser();
}
