using System.Globalization;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Signing in and out, and the own password.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/session", Open).ForGuests(perMinute: 30).ChecksCsrf();
        desk.MapGet("/session", Show).ForStaff();
        desk.MapDelete("/session", Close).ForStaff();
        desk.MapPost("/session/password", NewPassword).ForStaff();
    }

    private static async Task<IResult> Open(OpenBody body, HttpContext context, Db db, TimeProvider clock, StaffOptions options, CancellationToken ct)
    {
        await EndEarlier(context, db, clock, ct).ConfigureAwait(false);
        switch (await SignIn.Execute(db, clock, options, body.Name, body.Password, ct).ConfigureAwait(false))
        {
            case SignIn.Outcome.SignedIn done:
                StaffCookie.Write(context, done.Token);
                return TypedResults.Ok(new SessionView(MemberView.Of(done.Member)));
            case SignIn.Outcome.TooManyTries wait:
                context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return Problems.Refusal(StatusCodes.Status429TooManyRequests, "staff.too_many_tries", Texts.TooManyTries(wait.RetryAfter));
            default:
                return Problems.Refusal(StatusCodes.Status401Unauthorized, "staff.sign_in_refused", Texts.SignInRefused);
        }
    }

    // A browser has one session: who signs in again leaves none behind that nobody ends.
    private static async Task EndEarlier(HttpContext context, Db db, TimeProvider clock, CancellationToken ct)
    {
        if (StaffCookie.Read(context.Request) is null) return;
        var earlier = await context.AuthenticateAsync(Schemes.Staff).ConfigureAwait(false);
        if (earlier.Principal is null) return;
        context.User = earlier.Principal;
        if (await CurrentStaff.BindAsync(context).ConfigureAwait(false) is { } me)
            await StaffSessions.Close(db, clock, StaffId.Parse(me.Id), me.Session, ct).ConfigureAwait(false);
    }

    private static async Task<Results<Ok<SessionView>, UnauthorizedHttpResult>> Show(CurrentStaff me, Db db, CancellationToken ct) =>
        await StaffAccounts.Find(db, StaffId.Parse(me.Id), ct).ConfigureAwait(false) is { } member
            ? TypedResults.Ok(new SessionView(MemberView.Of(member)))
            : TypedResults.Unauthorized();

    private static async Task<NoContent> Close(CurrentStaff me, HttpContext context, Db db, TimeProvider clock, CancellationToken ct)
    {
        await StaffSessions.Close(db, clock, StaffId.Parse(me.Id), me.Session, ct).ConfigureAwait(false);
        StaffCookie.Delete(context);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> NewPassword(PasswordBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct)
    {
        await ChangePassword.Execute(db, clock, StaffId.Parse(me.Id), body.Current, body.Next, me.Session, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    internal sealed record OpenBody(string Name, string Password)
    {
        public override string ToString() => "OpenBody";
    }

    internal sealed record PasswordBody(string Current, string Next)
    {
        public override string ToString() => "PasswordBody";
    }

    internal sealed record SessionView(MemberView Staff);
}
