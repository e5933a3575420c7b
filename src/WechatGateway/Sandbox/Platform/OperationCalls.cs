using System.Text.RegularExpressions;
using Courier.Wechat.Sandbox.Control;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What an operator asks: quotas and their clearing, and what became of a request (rid).</summary>
internal static partial class OperationCalls
{
    static readonly TimeSpan kept = TimeSpan.FromDays(7);

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$")]
    private static partial Regex RidForm();

    public static object Quota(PlatformCall call)
    {
        var path = call.Required("cgi_path", 76021);
        if (PlatformRoutes.All.All(route => route.Path != path))
            throw new PlatformError(76021, "cgi_path not found, please check", "cgi_path 要写成 /cgi-bin/… 的完整路径，不带参数。");
        var appId = call.Account.AppId;
        var count = call.Platform.Records.Counted(appId, path);
        var limit = PlatformQuotas.Daily(call.Platform, appId, path) ?? PlatformQuotas.Unlimited;
        var used = call.Platform.Faults.IsSpent(appId, path, QuotaFault.Day) ? limit : Math.Min(count.Today, limit);
        return new
        {
            errcode = 0,
            errmsg = "ok",
            quota = new { daily_limit = limit, used, remain = limit - used },
            rate_limit = PlatformQuotas.PerMinute(call.Platform, appId, path) is { } minute ? new { call_count = minute, refresh_second = 60 } : null,
        };
    }

    public static object Clear(PlatformCall call)
    {
        if (call.Required("appid", 41002) != call.Account.AppId) throw new PlatformError(40013, "invalid appid", "appid 与 access_token 所属账号不同。");
        return Cleared(call);
    }

    /// <summary>The form with the secret, for when no token can be had any more.</summary>
    public static object ClearBySecret(PlatformCall call)
    {
        TokenCalls.Authenticate(call, "client_credential", call.Body.Text("appid"), call.Body.Text("appsecret"));
        return Cleared(call);
    }

    public static object Request(PlatformCall call)
    {
        var rid = call.Required("rid", 76002);
        if (!RidForm().IsMatch(rid)) throw new PlatformError(76002, "invalid rid", "rid 的格式不对，应是错误信息末尾 rid: 后面的一段。");
        if (call.State.Requests[rid] is not { } request) throw new PlatformError(76001, "rid not found", "没有这个 rid。");
        if (request.AppId != call.Account.AppId) throw new PlatformError(76003, "no permission to use this rid", "这个 rid 属于别的账号。");
        if (call.Now - request.At > kept) throw new PlatformError(76004, "rid expired", "rid 只保留 7 天。");
        return new
        {
            errcode = 0,
            errmsg = "ok",
            request = new
            {
                invoke_time = request.At.ToUnixTimeSeconds(),
                cost_in_ms = request.CostMs,
                request_url = request.Url,
                request_body = request.RequestBody,
                response_body = request.ResponseBody,
                client_ip = request.ClientIp,
            },
        };
    }

    static object Cleared(PlatformCall call)
    {
        var appId = call.Account.AppId;
        var month = PlatformRecords.Day(call.Now)[..6];
        var times = call.State.ClearedQuotas[appId] is { } before && before.Month == month ? before.Times : 0;
        if (times >= call.Limits.ClearQuotaPerMonth)
            throw new PlatformError(48006, "forbid to clear quota because of reaching the limit", $"每个账号每月只能清零 {call.Limits.ClearQuotaPerMonth} 次。");
        call.State.ClearedQuotas.Put(appId, new(month, times + 1));
        foreach (var count in call.State.Calls.Values.Where(count => count.AppId == appId).ToList())
            call.State.Calls.Put(PlatformRecords.CallKey(appId, count.Path), count with { Today = 0, ThisMinute = 0 });
        call.Platform.Faults.ClearQuotas(appId);
        return PlatformCall.Ok;
    }
}
