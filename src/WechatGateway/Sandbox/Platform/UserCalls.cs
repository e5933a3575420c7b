using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What an account may know of its followers. Nicknames and pictures are no longer among it (since 2021).</summary>
internal static class UserCalls
{
    const int BatchSize = 100;

    public static object Info(PlatformCall call) => Profile(call.Follower(call.Query("openid")));

    public static object Batch(PlatformCall call)
    {
        var users = call.Body.Items("user_list");
        if (users.Count is 0 or > BatchSize) throw new PlatformError(40032, "invalid openid list size", "user_list 每次 1–100 个。");
        return new { user_info_list = users.Select(user => Profile(call.Follower(user.Text("openid")))).ToList() };
    }

    public static object List(PlatformCall call)
    {
        var all = OpenIds(call, _ => true);
        var page = Page(call, all, call.Query("next_openid"));
        return page.Count == 0
            ? new { total = all.Count, count = 0, next_openid = "" }
            : new { total = all.Count, count = page.Count, data = new { openid = page }, next_openid = page[^1] };
    }

    public static object Remark(PlatformCall call)
    {
        var follower = call.Follower(call.Required("openid", 40003));
        var remark = call.Body.Text("remark") ?? "";
        if (remark.Length >= 30) throw new PlatformError(40097, "invalid args", "备注名要少于 30 个字。");
        call.State.Followers.Put(follower.OpenId, follower with { Remark = remark });
        return PlatformCall.Ok;
    }

    /// <summary>The account's followers in the platform's order.</summary>
    public static IReadOnlyList<string> OpenIds(PlatformCall call, Func<Follower, bool> chosen) =>
        [.. call.State.Followers.Values.Where(follower => follower.AppId == call.Account.AppId && follower.Following && chosen(follower))
            .Select(follower => follower.OpenId).Order(StringComparer.Ordinal)];

    /// <summary>Those after an openid, one page of them; an empty one begins at the front.</summary>
    public static IReadOnlyList<string> Page(PlatformCall call, IReadOnlyList<string> all, string? after) =>
        [.. all.Where(openId => string.CompareOrdinal(openId, after ?? "") > 0).Take(call.Limits.UserPage)];

    static object Profile(Follower follower) => follower.Following
        ? new
        {
            subscribe = 1,
            openid = follower.OpenId,
            nickname = "",
            sex = 0,
            language = "zh_CN",
            city = "",
            province = "",
            country = "",
            headimgurl = "",
            subscribe_time = follower.FollowedAt?.ToUnixTimeSeconds() ?? 0,
            unionid = follower.UnionId,
            remark = follower.Remark,
            groupid = follower.Tags.FirstOrDefault(),
            tagid_list = follower.Tags,
            subscribe_scene = follower.FollowScene,
            qr_scene = int.TryParse(follower.Scene, out var number) ? number : 0,
            qr_scene_str = int.TryParse(follower.Scene, out _) ? "" : follower.Scene,
        }
        : new { subscribe = 0, openid = follower.OpenId, unionid = follower.UnionId };
}
