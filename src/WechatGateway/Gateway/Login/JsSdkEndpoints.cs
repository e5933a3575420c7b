using Courier.Http;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.WechatGateway.Login;

/// <summary>What <c>wx.config</c> needs on our own pages: scanning and location in H5.</summary>
internal static class JsSdkEndpoints
{
    private const int LongestUrl = 2000;

    private static readonly string[] Wanted = ["scanQRCode", "getLocation", "openLocation", "chooseWXPay", "hideMenuItems"];

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/wechat/jssdk/{appId}/config", Config).ForGuests(perMinute: 60).WithTags("WeChat sign-in").WithName("ConfigureJsSdk")
            .WithSummary("Signs a page of ours for the JS-SDK")
            .WithDescription("Guests. `url`: the page's address as the browser has it; what follows `#` is left out. 400 request.field_invalid, page.not_ours; 404; 503 wechat.busy.");

    private static async Task<Results<Ok<JsSdkConfig>, ProblemHttpResult>> Config(
        string appId, string? url, WechatAccounts accounts, OAuthAddresses addresses, WechatClient wechat, CancellationToken ct)
    {
        if (!accounts.TryFind(appId, out var account) || account.Kind != AccountKind.OfficialAccount) return Problems.NotFound();
        var page = url?.Split('#', 2)[0] ?? "";
        if (page.Length is 0 or > LongestUrl || !Uri.TryCreate(page, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new BadInput("url", Texts.PageUrlWrong);
        if (!addresses.IsOurs(address) || address.UserInfo.Length > 0) throw new BadInput("url", Texts.PageNotOurs, "page.not_ours");
        try
        {
            var signed = await wechat.SignPageAsync(account.Wechat, page, ct).ConfigureAwait(false);
            return TypedResults.Ok(new JsSdkConfig(signed.AppId, signed.Timestamp, signed.NonceStr, signed.Signature, Wanted));
        }
        catch (WechatException)
        {
            return Problems.Refusal(StatusCodes.Status503ServiceUnavailable, "wechat.busy", Texts.LoginBusy);
        }
    }
}

/// <summary>Arguments of <c>wx.config</c>.</summary>
/// <param name="AppId">The account.</param>
/// <param name="Timestamp">Unix seconds that were signed.</param>
/// <param name="NonceStr">The nonce that was signed.</param>
/// <param name="Signature">SHA-1 over ticket, nonce, timestamp and address.</param>
/// <param name="JsApiList">Which interfaces the page may use.</param>
internal sealed record JsSdkConfig(string AppId, long Timestamp, string NonceStr, string Signature, IReadOnlyList<string> JsApiList);
