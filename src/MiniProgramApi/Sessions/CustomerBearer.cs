using System.Text.Encodings.Web;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.MiniProgramApi.Sessions;

/// <summary>Knows customers by the token of their session: <c>Authorization: Bearer</c>, or the cookie of a browser (H5).</summary>
internal sealed class CustomerBearer(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, Db db, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    private const string Prefix = "Bearer ";

    /// <summary>The token of a request; null when it carries none.</summary>
    public static string? TokenOf(HttpRequest request) => request.Headers.Authorization.ToString() switch
    {
        "" => CustomerCookie.Read(request),
        var header when header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) => header[Prefix.Length..].Trim(),
        _ => null,
    };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token) return AuthenticateResult.NoResult();
        return await CustomerSessions.Find(db, clock, token, Context.RequestAborted).ConfigureAwait(false) is { } customer
            ? AuthenticateResult.Success(new AuthenticationTicket(Principals.Customer(customer.Text), Scheme.Name))
            : AuthenticateResult.Fail("unknown or expired token");
    }
}
