using System.Text.Encodings.Web;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.CallCenter;

/// <summary>Signs staff in by the cookie of their session. The session and the roles are read at each request, so that both can be taken away at once.</summary>
internal sealed class StaffCookieHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Db db, TimeProvider clock, StaffOptions staff)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (StaffCookie.Read(Request) is not { } token) return AuthenticateResult.NoResult();
        if (await StaffSessions.Find(db, clock, staff, token, Context.RequestAborted).ConfigureAwait(false) is not { } session)
            return AuthenticateResult.Fail("the session has ended");
        var member = session.Member;
        // Whoever still has a password that somebody else chose may change it, and nothing more.
        var roles = member.MustChangePassword ? [] : member.Roles.Select(EnumText<StaffRole>.Of);
        var principal = Principals.Staff(member.Id.Text, member.Name.Text, roles, session.Id);
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Schemes.Staff));
    }
}
