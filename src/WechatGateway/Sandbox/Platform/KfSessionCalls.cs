using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Conversations of customers with agents: /customservice/kfsession/*. While one is open the customer's messages are not pushed.</summary>
internal static class KfSessionCalls
{
    const int MostWaiting = 100;

    public static object Create(PlatformCall call)
    {
        var person = call.Follower(call.Required("openid", 40003));
        var agent = KfAccountCalls.Find(call, call.Required("kf_account", 65416));
        if (agent.Wx is null) throw new PlatformError(65402, "kf_account has no WeChat user bound", "这个客服账号还没有绑定微信号。");
        if (!agent.Online) throw new PlatformError(65415, "kf is offline", "这位客服不在线。");
        if (KfSessions.Of(call.State, person) is { Account.Length: > 0 } open)
            return open.Account == agent.Account ? PlatformCall.Ok : throw new PlatformError(65414, "the session belongs to another kf", "这位用户正由另一位客服接待。");
        KfSessions.Open(call.Platform, person, agent.Account);
        return PlatformCall.Ok;
    }

    public static object Close(PlatformCall call)
    {
        var person = call.Follower(call.Required("openid", 40003));
        var agent = KfAccountCalls.Find(call, call.Required("kf_account", 65416));
        if (KfSessions.Of(call.State, person) is not { Account.Length: > 0 } open) throw new PlatformError(65413, "no session with this customer", "这位用户没有进行中的会话。");
        if (open.Account != agent.Account) throw new PlatformError(65414, "the session belongs to another kf", "这位用户正由另一位客服接待。");
        KfSessions.Close(call.Platform, person);
        return PlatformCall.Ok;
    }

    public static object Get(PlatformCall call)
    {
        var session = KfSessions.Of(call.State, call.Follower(call.Query("openid")));
        return session is { Account.Length: > 0 }
            ? new { errcode = 0, errmsg = "ok", createtime = session.At.ToUnixTimeSeconds(), kf_account = session.Account }
            : new { errcode = 0, errmsg = "ok", createtime = 0L, kf_account = "" };
    }

    public static object List(PlatformCall call)
    {
        var agent = KfAccountCalls.Find(call, call.Query("kf_account"));
        return new
        {
            sessionlist = Of(call).Where(session => session.Account == agent.Account)
                .Select(session => new { createtime = session.At.ToUnixTimeSeconds(), openid = session.OpenId }).ToList(),
        };
    }

    public static object Waiting(PlatformCall call)
    {
        var waiting = Of(call).Where(session => session.Account.Length == 0).ToList();
        return new
        {
            count = waiting.Count,
            waitcaselist = waiting.Take(MostWaiting).Select(session => new { latest_time = session.At.ToUnixTimeSeconds(), openid = session.OpenId }).ToList(),
        };
    }

    static IEnumerable<KfSession> Of(PlatformCall call) => call.State.KfSessions.Values.Where(session => session.AppId == call.Account.AppId).OrderBy(session => session.At);
}
