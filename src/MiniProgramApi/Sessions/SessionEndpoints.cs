using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Sessions;

/// <summary>
/// Signing in and proving phones. The codes of WeChat and SMS are good for one use, so an <c>Idempotency-Key</c> is what gets a caller
/// the answer that was lost on its way; stored answers lie encrypted, and a repetition must bring the same code.
/// </summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder session)
    {
        session.MapPost("/wechat", SignInByWechat).ForGuests(perMinute: 60).TakesIdempotencyKey().Refuses(409, "session.code_invalid", "session.wechat_busy").WithName("SignInByWechat")
            .WithSummary("Signs in with the code of wx.login").WithDescription("session.code_invalid: WeChat refuses the code.");
        session.MapPost("/phone", BindByWechat).ForCustomers().TakesIdempotencyKey().Refuses(409, "session.code_invalid", "session.wechat_busy", "session.no_wechat_account").WithName("BindPhoneByWechat")
            .WithSummary("Binds the phone that WeChat names (getPhoneNumber)");
        session.MapPost("/sms", SendCode).ForGuests(perMinute: 20).TakesIdempotencyKey().Refuses(429, "phone.too_often").Refuses(503, "phone.sms_down").WithName("SendPhoneCode")
            .WithSummary("Sends a code of six digits, valid for five minutes")
            .WithDescription("Guests and customers. phone.too_often: one a minute and ten a day for a number.");
        session.MapPost("/sms/verify", CheckCode).ForGuests(perMinute: 30).TakesIdempotencyKey().Refuses(409, "phone.code_wrong", "phone.code_expired", "phone.too_many_tries").WithName("VerifyPhoneCode")
            .WithSummary("Checks the code")
            .WithDescription("For a customer: binds the number. For a guest: signs in and answers with a token; with `cookie` (browsers) the session's cookie is set and the token is null. "
                + "`otherAccount` asks whether somebody else's record with this number is this person's, too: see /session/merge and /session/merge/refuse.");
        session.MapPost("/merge", Merge).ForCustomers().TakesIdempotencyKey().Refuses(409, "session.merge_over").WithName("MergeAccounts")
            .WithSummary("The customer says that the other account with the number that was just proven is theirs: the two become one")
            .WithDescription("Only after an answer with `otherAccount`, and for ten minutes; the session goes on for the record that stays. An equal number alone merges nobody. Again: the same answer. "
                + "session.merge_over: nothing was asked, it is too long ago, or it does not hold any more.");
        session.MapPost("/merge/refuse", RefuseMerge).ForCustomers().TakesIdempotencyKey().WithName("RefuseMerge")
            .WithSummary("The customer says that the other account with the number that was just proven is somebody else's")
            .WithDescription("After an answer with `otherAccount`: neither of the two is asked about the other again.");
        session.MapGet("", Show).ForCustomers().WithName("ShowSession").WithSummary("Who is signed in");
        session.MapDelete("", SignOut).ForCustomers().TakesIdempotencyKey().WithName("SignOut").WithSummary("Ends the session at once")
            .WithDescription("With `all=true` every session of the customer, on all devices: what helps when a phone is lost.");
    }

    private static async Task<Ok<SessionAnswer>> SignInByWechat(WechatBody body, [FromServices] IWechatLogin wechat, Db db, TimeProvider clock, CancellationToken ct)
    {
        var appId = Required(body.AppId, "appId", Texts.AppIdMissing);
        var who = await wechat.Login(appId, Required(body.Code, "code", Texts.CodeMissing), ct).ConfigureAwait(false);
        var customer = await RecogniseCustomer.Execute(db, clock, who, ct).ConfigureAwait(false);
        return TypedResults.Ok(await Opened(db, clock, customer, appId, ct).ConfigureAwait(false));
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> BindByWechat(
        WechatPhoneBody body, CurrentCustomer me, HttpRequest request, [FromServices] IWechatLogin wechat, Db db, DataKeys keys, TimeProvider clock, CustomersOptions options, CancellationToken ct)
    {
        var code = Required(body.Code, "code", Texts.CodeMissing);
        if (await CustomerSessions.AppOf(db, clock, CustomerBearer.TokenOf(request) ?? "", ct).ConfigureAwait(false) is not { Length: > 0 } appId)
            return Problems.Conflict("session.no_wechat_account", Texts.NoWechatAccount);
        var customer = CustomerId.Parse(me.Id);
        await BindPhone.Execute(db, keys, clock, customer, await wechat.PhoneNumber(appId, code, ct).ConfigureAwait(false), PhoneSource.Wechat, ct).ConfigureAwait(false);
        return TypedResults.Ok(new SessionAnswer(null, null, await Describe(db, customer, ct).ConfigureAwait(false), await Other(db, clock, options, customer, ct).ConfigureAwait(false)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SendCode(
        PhoneBody body, CurrentVisitor who, Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, CancellationToken ct) =>
        await StartPhoneCheck.Execute(db, keys, clock, sms, CustomerOf(who), Mobile(body.Phone), ct).ConfigureAwait(false) switch
        {
            StartPhoneCheck.Outcome.Sent => TypedResults.NoContent(),
            StartPhoneCheck.Outcome.TooOften => Problems.Refusal(StatusCodes.Status429TooManyRequests, "phone.too_often", Texts.SmsTooOften),
            StartPhoneCheck.Outcome.SmsDown => Problems.Refusal(StatusCodes.Status503ServiceUnavailable, "phone.sms_down", Texts.SmsDown),
        };

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> CheckCode(
        CodeBody body, CurrentVisitor who, HttpContext context, Db db, DataKeys keys, TimeProvider clock, CustomersOptions options, CancellationToken ct)
    {
        var phone = Mobile(body.Phone);
        if (body.Code is not { Length: 6 } code || !code.All(char.IsAsciiDigit)) throw new BadInput("code", Texts.SmsCodeWrong);
        if (CustomerOf(who) is { } customer)
        {
            if (Refused(await FinishPhoneCheck.Execute(db, keys, clock, customer, phone, code, ct).ConfigureAwait(false)) is { } wrong) return wrong;
            return TypedResults.Ok(new SessionAnswer(null, null, await Describe(db, customer, ct).ConfigureAwait(false), await Other(db, clock, options, customer, ct).ConfigureAwait(false)));
        }
        var (guestOutcome, guest) = await SignInByPhone.Execute(db, keys, clock, phone, code, ct).ConfigureAwait(false);
        if (Refused(guestOutcome) is { } refusal) return refusal;
        var opened = await Opened(db, clock, guest!.Value, "", ct).ConfigureAwait(false) with { OtherAccount = await Other(db, clock, options, guest.Value, ct).ConfigureAwait(false) };
        if (body.Cookie != true) return TypedResults.Ok(opened);
        CustomerCookie.Write(context, opened.Token!, opened.ExpiresAt!.Value);
        return TypedResults.Ok(opened with { Token = null });
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> Merge(CurrentCustomer me, Db db, TimeProvider clock, CustomersOptions options, CancellationToken ct)
    {
        var customer = CustomerId.Parse(me.Id);
        if (await OfferMerge.Confirm(db, clock, options, customer, ct).ConfigureAwait(false) is { } one)
            return TypedResults.Ok(new SessionAnswer(null, null, await Describe(db, one, ct).ConfigureAwait(false)));
        return await OfferMerge.IsJustConfirmed(db, clock, options, customer, ct).ConfigureAwait(false)
            ? TypedResults.Ok(new SessionAnswer(null, null, await Describe(db, customer, ct).ConfigureAwait(false)))
            : Problems.Conflict("session.merge_over", Texts.MergeOver);
    }

    private static async Task<NoContent> RefuseMerge(CurrentCustomer me, Db db, TimeProvider clock, CancellationToken ct)
    {
        await OfferMerge.Refuse(db, clock, CustomerId.Parse(me.Id), ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SessionAnswer>> Show(CurrentCustomer me, Db db, CancellationToken ct) =>
        TypedResults.Ok(new SessionAnswer(null, null, await Describe(db, CustomerId.Parse(me.Id), ct).ConfigureAwait(false)));

    private static async Task<NoContent> SignOut(HttpContext context, CurrentCustomer me, bool? all, Db db, CancellationToken ct)
    {
        if (all == true) await CustomerSessions.CloseAll(db, CustomerId.Parse(me.Id), ct).ConfigureAwait(false);
        else await CustomerSessions.Close(db, CustomerBearer.TokenOf(context.Request) ?? "", ct).ConfigureAwait(false);
        if (CustomerCookie.Read(context.Request) is not null) CustomerCookie.Delete(context);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult? Refused(FinishPhoneCheck.Outcome outcome) => outcome switch
    {
        FinishPhoneCheck.Outcome.Verified => null,
        FinishPhoneCheck.Outcome.WrongCode => Problems.Conflict("phone.code_wrong", Texts.CodeMismatch),
        FinishPhoneCheck.Outcome.Expired => Problems.Conflict("phone.code_expired", Texts.CodeExpired),
        FinishPhoneCheck.Outcome.TooManyTries => Problems.Conflict("phone.too_many_tries", Texts.CodeTooManyTries),
    };

    private static async Task<SessionAnswer> Opened(Db db, TimeProvider clock, CustomerId customer, string appId, CancellationToken ct)
    {
        var opened = await CustomerSessions.Open(db, clock, customer, appId, ct).ConfigureAwait(false);
        return new SessionAnswer(opened.Token, opened.ExpiresAt, await Describe(db, customer, ct).ConfigureAwait(false));
    }

    private static async Task<CustomerAnswer> Describe(Db db, CustomerId customer, CancellationToken ct) =>
        new(customer, [.. (await VerifiedPhones.Of(db, customer, ct).ConfigureAwait(false)).Select(p => p.Tail)]);

    private static async Task<OtherAccount?> Other(Db db, TimeProvider clock, CustomersOptions options, CustomerId customer, CancellationToken ct) =>
        await OfferMerge.Execute(db, clock, options, customer, ct).ConfigureAwait(false) is { } offered ? offered.ByPhoneOnly ? OtherAccount.Browser : OtherAccount.Wechat : null;

    private static CustomerId? CustomerOf(CurrentVisitor who) => who.CustomerId is { } id ? CustomerId.Parse(id) : null;

    private static string Required(string? text, string field, string message) =>
        text is { Length: >= 1 and <= 512 } ? text : throw new BadInput(field, message);

    private static Phone Mobile(string? text) => Phone.TryParse(text, out var phone) && phone.IsMobile ? phone : throw new BadInput("phone", Texts.PhoneWrong);
}

/// <summary>Body of a sign-in by WeChat.</summary>
/// <param name="AppId">The account.</param>
/// <param name="Code">The code of wx.login.</param>
internal sealed record WechatBody(string? AppId, string? Code);

/// <summary>Body of binding a phone by WeChat.</summary>
/// <param name="Code">The code of getPhoneNumber.</param>
internal sealed record WechatPhoneBody(string? Code);

/// <summary>Body of asking for a code.</summary>
/// <param name="Phone">A mobile number.</param>
internal sealed record PhoneBody(string? Phone);

/// <summary>Body of checking a code.</summary>
/// <param name="Phone">The number that it was sent to.</param>
/// <param name="Code">Six digits.</param>
/// <param name="Cookie">For browsers: keep the session in a cookie that scripts cannot read, instead of answering with its token.</param>
internal sealed record CodeBody(string? Phone, string? Code, bool? Cookie = null);

/// <summary>Who is signed in now.</summary>
/// <param name="Token">The session's token; null when the session goes on, or lies in the browser's cookie.</param>
/// <param name="ExpiresAt">When the token ends; null when the session goes on.</param>
/// <param name="Customer">The customer.</param>
/// <param name="OtherAccount">Another account has the number that was just proven: the customer is asked whether it is theirs, too (POST /session/merge). Null when there is nothing to ask.</param>
internal sealed record SessionAnswer(string? Token, DateTimeOffset? ExpiresAt, CustomerAnswer Customer, OtherAccount? OtherAccount = null);

/// <summary>How the other account with the same number is used.</summary>
internal enum OtherAccount
{
    /// <summary>Through WeChat: the account or the mini-program.</summary>
    Wechat,

    /// <summary>In a browser, by the number alone.</summary>
    Browser,
}

/// <summary>A customer, as the customer sees it.</summary>
/// <param name="Id">Id.</param>
/// <param name="PhoneTails">Last four digits of the proven numbers, the latest proven first.</param>
internal sealed record CustomerAnswer(CustomerId Id, IReadOnlyList<string> PhoneTails);
