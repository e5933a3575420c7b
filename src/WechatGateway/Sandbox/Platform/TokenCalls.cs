using System.Text.Json;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Access tokens of both worlds (/cgi-bin/token and /cgi-bin/stable_token, which do not touch each other) and tickets.</summary>
internal static class TokenCalls
{
    public static object Stable(PlatformCall call)
    {
        Authenticate(call, call.Body.Text("grant_type"), call.Body.Text("appid"), call.Body.Text("secret"));
        if (call.Platform.Records.CountMinute(call.Account.AppId) > call.Limits.StablePerMinute)
            throw new PlatformError(45011, "api minute-quota reach limit", $"stable_token 每分钟最多 {call.Limits.StablePerMinute} 次：令牌应缓存起来共用。");
        var current = Current(call, TokenWorld.Stable);
        if (call.Body.Flag("force_refresh") == true) return Force(call, current);

        var token = current is null ? null : call.State.Tokens[current.Value];
        var valid = token is { Killed: false } && token.ExpiresAt - call.Now > call.Limits.TokenOverlap;
        return Answer(call, valid ? token! : Issue(call, TokenWorld.Stable, current));
    }

    public static object Plain(PlatformCall call)
    {
        Authenticate(call, call.Query("grant_type"), call.Query("appid"), call.Query("secret"));
        return Answer(call, Issue(call, TokenWorld.Plain, Current(call, TokenWorld.Plain)));
    }

    public static object Ticket(PlatformCall call)
    {
        var type = call.Query("type") ?? "";
        if (type is not ("jsapi" or "wx_card"))
            throw new PlatformError(40097, "invalid args", "getticket 的 type 只能是 jsapi 或 wx_card。");
        var key = $"{call.Account.AppId}/{type}";
        if (call.State.Tickets[key] is not { } ticket || ticket.ExpiresAt <= call.Now)
            ticket = call.State.Tickets.Put(key, new(SandboxState.RandomText(86), call.Now + TimeSpan.FromSeconds(7200)));
        return new { errcode = 0, errmsg = "ok", ticket = ticket.Value, expires_in = (int)(ticket.ExpiresAt - call.Now).TotalSeconds };
    }

    /// <summary>The account of the call's access token; 41001, 40001 or 42001 when it does not work.</summary>
    public static SandboxAccount AccountOf(PlatformCall call)
    {
        if (call.Query("access_token") is not { Length: > 0 } value)
            throw new PlatformError(41001, "access_token missing", "请求没有带 access_token。");
        var account = call.State.Tokens.TryGet(value, out var token) ? call.Platform.Account(token.AppId) : null;
        if (account is null || token is null || token.Killed)
            throw new PlatformError(40001, "invalid credential, access_token is invalid or not latest",
                "access_token 无效或不是最新：应比对后刷新一次，并只重试一次。");
        call.Account = account;
        if (token.ExpiresAt > call.Now) return account;
        throw token.Replaced
            ? new PlatformError(40001, "invalid credential, access_token is invalid or not latest", "旧的 access_token 在被替换 5 分钟后失效。")
            : new PlatformError(42001, "access_token expired", "access_token 已过有效期（7200 秒），应提前续期。");
    }

    public static string? AppIdInBody(PlatformCall call)
    {
        try
        {
            return call.Request.Method == "POST" && call.RawBody.Contains("appid", StringComparison.Ordinal) ? call.Body.Text("appid") : null;
        }
        catch (PlatformError)
        {
            return null;
        }
    }

    /// <summary>Checks appid and secret as every call does that carries them, names the account and counts the call.</summary>
    public static void Authenticate(PlatformCall call, string? grantType, string? appId, string? secret, string expected = "client_credential")
    {
        if (grantType != expected) throw new PlatformError(40002, "invalid grant_type", $"grant_type 必须是 {expected}。");
        if (string.IsNullOrEmpty(appId)) throw new PlatformError(41002, "appid missing", "缺少 appid。");
        if (string.IsNullOrEmpty(secret)) throw new PlatformError(41004, "appsecret missing", "缺少 secret。");
        call.Account = call.Platform.Account(appId) ?? throw new PlatformError(40013, "invalid appid", "没有这个 appid。");
        if (call.Account.Secret != secret) throw new PlatformError(40125, "invalid appsecret", "secret 不正确：应停用该账号并报警，不要反复重试。");
        PlatformQuotas.Count(call.Platform, call);
    }

    /// <summary>
    /// Forced renewal: the token before the current one dies at once and the current one gets its last minutes, so that
    /// two forced calls end a leaked token.
    /// </summary>
    static object Force(PlatformCall call, CurrentToken? current)
    {
        var day = PlatformRecords.Day(call.Now);
        var today = current?.ForcedDay == day ? current.ForcedToday : 0;
        if (current?.LastForcedAt is { } last && call.Now - last < call.Limits.ForcedInterval)
            throw new PlatformError(45011, "api minute-quota reach limit", "两次强制刷新至少间隔 30 秒。");
        if (today >= call.Limits.ForcedPerDay)
            throw new PlatformError(45009, "reach max api daily quota limit", $"强制刷新每天最多 {call.Limits.ForcedPerDay} 次，只用于令牌泄露。");
        foreach (var old in Living(call, TokenWorld.Stable).Where(token => token.Value != current?.Value))
            call.State.Tokens.Put(old.Value, old with { Killed = true });
        var issued = Issue(call, TokenWorld.Stable, current);
        call.State.CurrentTokens.Put(CurrentKey(call, TokenWorld.Stable), new(issued.Value, call.Now, day, today + 1));
        return Answer(call, issued);
    }

    static AccessToken Issue(PlatformCall call, TokenWorld world, CurrentToken? current)
    {
        var tokens = call.State.Tokens;
        foreach (var dead in tokens.Values.Where(token => token.ExpiresAt < call.Now - TimeSpan.FromDays(1)).ToList()) tokens.Remove(dead.Value);
        if (current is not null && tokens.TryGet(current.Value, out var old) && old.ExpiresAt > call.Now)
            tokens.Put(old.Value, old with { Replaced = true, ExpiresAt = Earlier(old.ExpiresAt, call.Now + call.Limits.TokenOverlap) });
        // Real tokens are 136–512 characters long; a longer one than most shows a column or log that cuts it.
        var token = new AccessToken(SandboxState.RandomText(160), call.Account.AppId, world, call.Now + call.Limits.TokenLifetime);
        call.State.CurrentTokens.Put(CurrentKey(call, world), (current ?? new(token.Value)) with { Value = token.Value });
        return tokens.Put(token.Value, token);
    }

    static IEnumerable<AccessToken> Living(PlatformCall call, TokenWorld world) => call.State.Tokens.Values
        .Where(token => token.AppId == call.Account.AppId && token.World == world && !token.Killed && token.ExpiresAt > call.Now).ToList();

    static CurrentToken? Current(PlatformCall call, TokenWorld world) => call.State.CurrentTokens[CurrentKey(call, world)];
    static string CurrentKey(PlatformCall call, TokenWorld world) => $"{call.Account.AppId}/{world}";
    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    static object Answer(PlatformCall call, AccessToken token) =>
        new { access_token = token.Value, expires_in = (int)(token.ExpiresAt - call.Now).TotalSeconds };
}
