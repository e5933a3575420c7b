using System.Text.RegularExpressions;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Accounts of human agents: /customservice/kfaccount/* and the two lists. Who is bound and online is set by the control.</summary>
internal static partial class KfAccountCalls
{
    const int MostAccounts = 100;
    const int NicknameLength = 16;

    [GeneratedRegex("^[A-Za-z0-9_]{1,10}@[A-Za-z0-9_-]{1,40}$")]
    private static partial Regex AccountForm();

    public static object Add(PlatformCall call)
    {
        var account = call.Required("kf_account", 65416);
        if (!AccountForm().IsMatch(account)) throw new PlatformError(65404, "invalid kf_acount", "kf_account 的格式是 前缀@公众号微信号，前缀最多 10 个字母、数字、下划线。");
        if (Of(call).Any(known => known.Account == account)) throw new PlatformError(65406, "kf_acount exsited", "这个客服账号已存在。");
        if (Of(call).Count() >= MostAccounts) throw new PlatformError(65405, "kf_account amount is limited", $"客服账号最多 {MostAccounts} 个。");
        var added = new KfAccount(account, call.Account.AppId, Nickname(call), 1000 + call.State.Next());
        call.State.KfAccounts.Put(Key(added), added);
        return PlatformCall.Ok;
    }

    public static object Update(PlatformCall call)
    {
        var known = Find(call, call.Required("kf_account", 65416));
        call.State.KfAccounts.Put(Key(known), known with { Nickname = Nickname(call) });
        return PlatformCall.Ok;
    }

    public static object Delete(PlatformCall call)
    {
        call.State.KfAccounts.Remove(Key(Find(call, call.Query("kf_account"))));
        return PlatformCall.Ok;
    }

    /// <summary>Invites a WeChat user to be this agent; the person agrees by the control (kf/online).</summary>
    public static object Invite(PlatformCall call)
    {
        var known = Find(call, call.Required("kf_account", 65416));
        if (known.Wx is not null) throw new PlatformError(65412, "this account has been bound", "这个客服账号已经绑定了微信号。");
        if (known.InvitedWx is not null) throw new PlatformError(65411, "an invitation is pending", "这个客服账号有一个邀请还没有答复。");
        call.State.KfAccounts.Put(Key(known), known with { InvitedWx = call.Required("invite_wx", 65409) });
        return PlatformCall.Ok;
    }

    public static object List(PlatformCall call) => new
    {
        kf_list = Of(call).Select(known => new
        {
            kf_account = known.Account, kf_nick = known.Nickname, kf_id = known.KfId, kf_headimgurl = "", kf_wx = known.Wx,
            invite_wx = known.InvitedWx, invite_status = known.InvitedWx is null ? null : "waiting",
        }).ToList(),
    };

    public static object Online(PlatformCall call) => new
    {
        kf_online_list = Of(call).Where(known => known.Online).Select(known => new
        {
            kf_account = known.Account, status = 1, kf_id = known.KfId,
            accepted_case = call.State.KfSessions.Values.Count(session => session.AppId == known.AppId && session.Account == known.Account),
        }).ToList(),
    };

    /// <summary>The account's agent of that name; 65401 when there is none.</summary>
    public static KfAccount Find(PlatformCall call, string? account) => Of(call).FirstOrDefault(known => known.Account == account)
        ?? throw new PlatformError(65401, "invalid kf_acount", "没有这个客服账号。");

    public static string Key(KfAccount account) => $"{account.AppId}/{account.Account}";

    static IEnumerable<KfAccount> Of(PlatformCall call) => call.State.KfAccounts.Values.Where(known => known.AppId == call.Account.AppId).OrderBy(known => known.KfId);

    static string Nickname(PlatformCall call) => call.Body.Text("nickname") is { Length: >= 1 and <= NicknameLength } name
        ? name : throw new PlatformError(65403, "invalid nickname", $"客服昵称 1–{NicknameLength} 个字。");
}
