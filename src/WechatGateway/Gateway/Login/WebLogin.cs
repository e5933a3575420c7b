using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Login;

/// <summary>How a sign-in on a page ended.</summary>
internal abstract record WebLoginOutcome
{
    /// <summary>The browser has a session.</summary>
    public sealed record SignedIn(OpenedSession Session) : WebLoginOutcome;

    /// <summary>The code is worth nothing; another one may be.</summary>
    public sealed record CodeWorthless : WebLoginOutcome;

    /// <summary>A made-up person looks at a snapshot of the page: no account is opened for it.</summary>
    public sealed record Snapshot : WebLoginOutcome;

    /// <summary>WeChat does not let this person in.</summary>
    public sealed record Refused : WebLoginOutcome;

    /// <summary>WeChat is busy, or cannot be asked.</summary>
    public sealed record Busy : WebLoginOutcome;
}

/// <summary>Signs somebody in with the code that WeChat gave the browser. Name and picture are not kept: nothing here needs them.</summary>
internal sealed class WebLogin(Db db, TimeProvider clock, WechatClient wechat)
{
    private const int LongestCode = 512;

    public async Task<WebLoginOutcome> Execute(GatewayAccount account, OAuthScope scope, string code, CancellationToken ct)
    {
        if (code.Length > LongestCode) return new WebLoginOutcome.CodeWorthless();
        try
        {
            var token = await wechat.SendAsync(account.Wechat, new ExchangeOAuthCode(code), ct).ConfigureAwait(false);
            if (token.IsSnapshot) return new WebLoginOutcome.Snapshot();
            if (!OpenId.TryParse(token.OpenId, null, out var openId)) return new WebLoginOutcome.Busy();
            var unionId = string.IsNullOrEmpty(token.UnionId) && scope == OAuthScope.Userinfo
                ? (await wechat.SendAsync(account.Wechat, new GetOAuthUser(token.AccessToken, token.OpenId), ct).ConfigureAwait(false)).UnionId
                : token.UnionId;
            var who = new WechatIdentity(account.AppId, openId, string.IsNullOrEmpty(unionId) ? null : unionId);
            var customer = await RecogniseCustomer.Execute(db, clock, who, ct).ConfigureAwait(false);
            return new WebLoginOutcome.SignedIn(await CustomerSessions.Open(db, clock, customer, account.AppId, ct).ConfigureAwait(false));
        }
        catch (WechatException error)
        {
            return error.Reaction switch
            {
                ErrorReaction.LoginAgain => new WebLoginOutcome.CodeWorthless(),
                ErrorReaction.Refuse => new WebLoginOutcome.Refused(),
                _ => new WebLoginOutcome.Busy(),
            };
        }
    }
}
