using System.Security.Cryptography;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.WechatGateway.Login;

/// <summary>
/// Signing in on a page inside WeChat (网页授权). The browser is sent to WeChat with a state that only it can bring back, and
/// ends on the page that it wanted, with the session in a cookie; no address ever carries a token, and none keeps the code.
/// </summary>
internal static class OAuthEndpoints
{
    private const string BrowserCookie = "courier_oauth", Folder = "/wechat/oauth";
    private const int LongestReturnUrl = 512;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var oauth = endpoints.MapGroup(Folder + "/{appId}").WithTags("WeChat sign-in");
        oauth.MapGet("/start", Start).ForGuests(perMinute: 60).WithName("StartWebSignIn").WithSummary("Sends a browser inside WeChat to sign in")
            .WithDescription("Guests. `returnUrl`: a path of this site; `scope`: `base` (silent, default) or `userinfo`. 400 request.field_invalid, 404 request.not_found.");
        oauth.MapGet("/return", Return).ForGuests(perMinute: 60).WithName("FinishWebSignIn").WithSummary("Where WeChat sends the browser back")
            .WithDescription("Sets the session's cookie and redirects to `returnUrl`; a page tells what went wrong.");
    }

    private static async Task<IResult> Start(
        string appId, string? returnUrl, string? scope, HttpContext context, WechatAccounts accounts, OAuthStates states, OAuthAddresses addresses, CancellationToken ct)
    {
        if (!accounts.TryFind(appId, out var account) || account.Kind != AccountKind.OfficialAccount) return Problems.NotFound();
        var wanted = string.IsNullOrEmpty(scope) ? OAuthScope.Base
            : EnumText<OAuthScope>.TryParse(scope, out var parsed) ? parsed : throw new BadInput("scope", Texts.ScopeWrong);
        if (!IsOurs(returnUrl ?? "/")) throw new BadInput("returnUrl", Texts.ReturnUrlWrong);
        return await Leave(context, new OAuthJourney(appId, wanted, returnUrl ?? "/", IsRetry: false), states, addresses, ct).ConfigureAwait(false);
    }

    private static async Task<IResult> Return(
        string appId, string? code, string? state, HttpContext context, WechatAccounts accounts, OAuthStates states, OAuthAddresses addresses, WebLogin login, TimeProvider clock, CancellationToken ct)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer"; // the address holds a code
        if (!accounts.TryFind(appId, out var account) || account.Kind != AccountKind.OfficialAccount) return Problems.NotFound();
        var browser = context.Request.Cookies[BrowserCookie];
        if (string.IsNullOrEmpty(state) || state.Length > 128 || string.IsNullOrEmpty(browser)) return OAuthPage.Lost(appId, "/");
        var found = await states.Return(appId, state, browser, code ?? "", ct).ConfigureAwait(false);
        switch (found)
        {
            case OAuthReturn.Ours ours when string.IsNullOrEmpty(code):
                await states.Fail(state, ct).ConfigureAwait(false);
                return TypedResults.LocalRedirect(WithLogin(ours.Journey.ReturnUrl, "refused"));
            case OAuthReturn.Ours ours:
                return await SignIn(context, account, ours.Journey, state, code, states, addresses, login, ct).ConfigureAwait(false);
            case OAuthReturn.Done done:
                CustomerCookie.Write(context, done.Token, clock.GetUtcNow() + CustomerSessions.Lifetime);
                return TypedResults.LocalRedirect(done.Journey.ReturnUrl);
            case OAuthReturn.UnderWay:
                context.Response.Headers["Refresh"] = "1";
                return OAuthPage.Waiting();
            case OAuthReturn.Failed failed:
                return OAuthPage.Lost(appId, failed.Journey.ReturnUrl);
            default:
                return OAuthPage.Lost(appId, "/");
        }
    }

    private static async Task<IResult> SignIn(
        HttpContext context, GatewayAccount account, OAuthJourney journey, string state, string code,
        OAuthStates states, OAuthAddresses addresses, WebLogin login, CancellationToken ct)
    {
        var outcome = await login.Execute(account, journey.Scope, code, ct).ConfigureAwait(false);
        if (outcome is WebLoginOutcome.SignedIn { Session: var session })
        {
            await states.Succeed(state, session.Token, ct).ConfigureAwait(false);
            CustomerCookie.Write(context, session.Token, session.ExpiresAt);
            return TypedResults.LocalRedirect(journey.ReturnUrl);
        }
        await states.Fail(state, ct).ConfigureAwait(false);
        return outcome switch
        {
            // Once more, without a word to anybody; a second code that is worth nothing is no accident.
            WebLoginOutcome.CodeWorthless when !journey.IsRetry => await Leave(context, journey with { IsRetry = true }, states, addresses, ct).ConfigureAwait(false),
            WebLoginOutcome.Snapshot => OAuthPage.Snapshot(account.AppId, journey.ReturnUrl),
            WebLoginOutcome.Refused => OAuthPage.Refused(),
            WebLoginOutcome.Busy => OAuthPage.Busy(account.AppId, journey.ReturnUrl),
            _ => OAuthPage.Lost(account.AppId, journey.ReturnUrl),
        };
    }

    private static async Task<IResult> Leave(HttpContext context, OAuthJourney journey, OAuthStates states, OAuthAddresses addresses, CancellationToken ct)
    {
        var state = await states.Leave(journey, BrowserOf(context), ct).ConfigureAwait(false);
        return TypedResults.Redirect(addresses.Authorize(journey, state, context.Request));
    }

    /// <summary>The browser's own secret; several tabs that sign in at once share it.</summary>
    private static string BrowserOf(HttpContext context)
    {
        var browser = context.Request.Cookies[BrowserCookie] is { Length: 32 } known ? known : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(BrowserCookie, browser, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = Folder, IsEssential = true, MaxAge = TimeSpan.FromMinutes(15),
        });
        return browser;
    }

    /// <summary>A path of this site; nothing that a browser takes for another host (<c>//x</c>, <c>/\x</c>) and no way round to here.</summary>
    internal static bool IsOurs(string url) =>
        url.Length is >= 1 and <= LongestReturnUrl && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\'))
        && !url.Any(c => c is '\\' || char.IsControl(c) || char.IsWhiteSpace(c)) && !url.StartsWith(Folder, StringComparison.OrdinalIgnoreCase);

    private static string WithLogin(string url, string how)
    {
        var (address, fragment) = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? (url[..at], url[at..]) : (url, "");
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}login={how}{fragment}";
    }
}

/// <summary>The addresses of a sign-in.</summary>
internal sealed class OAuthAddresses(WechatOptions options, SiteOptions site, SiteLinks links)
{
    private const string Wechats = "https://open.weixin.qq.com/connect/oauth2/authorize";

    /// <summary>WeChat's page. It looks at the order of the parameters; the last one keeps it from sending the browser back twice.</summary>
    public string Authorize(OAuthJourney journey, string state, HttpRequest request) =>
        $"{Page}?appid={journey.AppId}&redirect_uri={Uri.EscapeDataString(ReturnTo(journey.AppId, request))}&response_type=code"
        + $"&scope=snsapi_{EnumText<OAuthScope>.Of(journey.Scope)}&state={state}&connect_redirect=1#wechat_redirect";

    /// <summary>Is it the address of a page of ours?</summary>
    public bool IsOurs(Uri page) => site.PublicBaseUrl.Length > 0
        ? string.Equals(page.Authority, links.To("/").Authority, StringComparison.OrdinalIgnoreCase)
        : page.IsLoopback;

    private string Page => options.AuthorizeUrl.Length > 0 ? options.AuthorizeUrl
        : options.ApiBaseUrl.StartsWith('/') ? options.ApiBaseUrl + "/connect/oauth2/authorize" : Wechats;

    // Without a configured address people reach this machine by any of its own names, and the cookie belongs to the one they used.
    private string ReturnTo(string appId, HttpRequest request)
    {
        var path = $"/wechat/oauth/{appId}/return";
        return site.PublicBaseUrl.Length == 0 && Uri.TryCreate($"{request.Scheme}://{request.Host}{path}", UriKind.Absolute, out var own) && own.IsLoopback
            ? own.AbsoluteUri : links.To(path).AbsoluteUri;
    }
}
