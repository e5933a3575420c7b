using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What an account may know of its followers. Nicknames and pictures are no longer among it (since 2021).</summary>
internal static class UserCalls
{
    const int PageSize = 10_000;
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
        var all = call.State.Followers.Values.Where(follower => follower.AppId == call.Account.AppId && follower.Following)
            .Select(follower => follower.OpenId).Order(StringComparer.Ordinal).ToList();
        var after = call.Query("next_openid") ?? "";
        var page = all.Where(openId => string.CompareOrdinal(openId, after) > 0).Take(PageSize).ToList();
        return page.Count == 0
            ? new { total = all.Count, count = 0, next_openid = "" }
            : new { total = all.Count, count = page.Count, data = new { openid = page }, next_openid = page[^1] };
    }

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
            remark = "",
            groupid = 0,
            tagid_list = Array.Empty<int>(),
            subscribe_scene = follower.FollowScene,
            qr_scene = int.TryParse(follower.Scene, out var number) ? number : 0,
            qr_scene_str = int.TryParse(follower.Scene, out _) ? "" : follower.Scene,
        }
        : new { subscribe = 0, openid = follower.OpenId, unionid = follower.UnionId };
}
