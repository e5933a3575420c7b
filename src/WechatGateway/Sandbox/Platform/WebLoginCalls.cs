using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Web authorisation, the server's side: /sns/oauth2/* and /sns/userinfo.</summary>
internal static class WebLoginCalls
{
    static readonly TimeSpan accessLife = TimeSpan.FromHours(2);
    static readonly TimeSpan refreshLife = TimeSpan.FromDays(30);

    public static object AccessToken(PlatformCall call)
    {
        TokenCalls.Authenticate(call, call.Query("grant_type"), call.Query("appid"), call.Query("secret"), "authorization_code");
        var code = LoginCodes.Use(call, call.Query("code"), CodePurpose.WebLogin);
        return Tokens(call, code.OpenId, code.Scope);
    }

    public static object Refresh(PlatformCall call)
    {
        if (call.Query("grant_type") != "refresh_token") throw new PlatformError(40002, "invalid grant_type", "grant_type 必须是 refresh_token。");
        call.Account = call.Platform.Account(call.Query("appid")) ?? throw new PlatformError(40013, "invalid appid", "没有这个 appid。");
        var token = Find(call, call.Query("refresh_token"), refresh: true)
            ?? throw new PlatformError(40030, "invalid refresh_token", "refresh_token 无效或已过 30 天，需要用户重新授权。");
        return Tokens(call, token.OpenId, token.Scope);
    }

    public static object UserInfo(PlatformCall call)
    {
        var token = Require(call);
        if (token.Scope != "snsapi_userinfo")
            throw new PlatformError(48001, "api unauthorized", "授权作用域是 snsapi_base，不能读取用户资料。");
        var person = call.State.Followers[token.OpenId];
        return new
        {
            openid = token.OpenId,
            nickname = person?.Nickname ?? "",
            sex = 0,
            province = "",
            city = "",
            country = "",
            headimgurl = "",
            privilege = Array.Empty<string>(),
            unionid = person?.UnionId,
        };
    }

    public static object Check(PlatformCall call)
    {
        Require(call);
        return new { errcode = 0, errmsg = "ok" };
    }

    static WebToken Require(PlatformCall call)
    {
        if (Find(call, call.Query("access_token"), refresh: false) is not { } token)
            throw new PlatformError(40001, "invalid credential", "网页授权的 access_token 无效（它不是接口调用的 access_token）。");
        if (token.OpenId != call.Query("openid")) throw new PlatformError(40003, "invalid openid", "openid 与网页授权的令牌不匹配。");
        return token;
    }

    static object Tokens(PlatformCall call, string openId, string scope)
    {
        if (call.State.Followers[openId] is { SeesSnapshots: true }) return MadeUp(scope);
        var access = Put(call, openId, scope, accessLife, refresh: false);
        var refresh = Put(call, openId, scope, refreshLife, refresh: true);
        return new
        {
            access_token = access.Value,
            expires_in = (int)accessLife.TotalSeconds,
            refresh_token = refresh.Value,
            openid = openId,
            scope,
            unionid = call.State.Followers[openId]?.UnionId,
        };
    }

    /// <summary>The person of a snapshot page: an openid that stands for nobody, another one each time.</summary>
    static object MadeUp(string scope) => new
    {
        access_token = SandboxState.RandomText(120),
        expires_in = (int)accessLife.TotalSeconds,
        refresh_token = SandboxState.RandomText(120),
        openid = "oSnapshot" + SandboxState.RandomText(19),
        scope,
        is_snapshotuser = 1,
    };

    static WebToken Put(PlatformCall call, string openId, string scope, TimeSpan life, bool refresh)
    {
        var token = new WebToken(SandboxState.RandomText(120), call.Account.AppId, openId, scope, call.Now + life, refresh);
        return call.State.WebTokens.Put(token.Value, token);
    }

    static WebToken? Find(PlatformCall call, string? value, bool refresh) =>
        value is not null && call.State.WebTokens.TryGet(value, out var token) && token.IsRefresh == refresh && token.ExpiresAt > call.Now ? token : null;
}
