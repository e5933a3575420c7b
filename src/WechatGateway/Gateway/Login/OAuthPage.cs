using System.Net;
using Microsoft.AspNetCore.Http;

namespace Courier.WechatGateway.Login;

/// <summary>What somebody reads whose sign-in did not end on the page that they wanted.</summary>
internal static class OAuthPage
{
    public static IResult Lost(string appId, string returnUrl) => Page(StatusCodes.Status400BadRequest, Texts.SignInLost, Again(appId, returnUrl));

    public static IResult Busy(string appId, string returnUrl) => Page(StatusCodes.Status503ServiceUnavailable, Texts.LoginBusy, Again(appId, returnUrl));

    public static IResult Refused() => Page(StatusCodes.Status403Forbidden, Texts.LoginRefused, null);

    public static IResult Snapshot(string appId, string returnUrl) => Page(StatusCodes.Status200OK, Texts.SnapshotOnly, Again(appId, returnUrl));

    public static IResult Waiting() => Page(StatusCodes.Status200OK, Texts.SigningIn, null);

    private static string Again(string appId, string returnUrl) => $"/wechat/oauth/{Uri.EscapeDataString(appId)}/start?returnUrl={Uri.EscapeDataString(returnUrl)}";

    private static IResult Page(int status, string message, string? again)
    {
        var link = again is null ? "" : $"""<p><a data-testid="again" href="{WebUtility.HtmlEncode(again)}">{Texts.SignInAgain}</a></p>""";
        return TypedResults.Text(
            $$"""
            <!doctype html>
            <html lang="zh-CN">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{{Texts.SignInTitle}}</title>
              <style>body { font: 16px/1.6 system-ui, "PingFang SC", sans-serif; margin: 0; padding: 48px 24px; text-align: center; color: #1f2329; } a { color: #0b6e4f; }</style>
            </head>
            <body><main data-testid="sign-in"><p>{{WebUtility.HtmlEncode(message)}}</p>{{link}}</main></body>
            </html>
            """, "text/html; charset=utf-8", statusCode: status);
    }
}
