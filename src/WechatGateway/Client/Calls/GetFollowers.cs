using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>user/get: the followers of the account, at most 10 000 a page, the longest-standing first. 500 calls a day.</summary>
/// <param name="NextOpenId">Where the page before ended; null for the first page.</param>
public sealed record GetFollowers(string? NextOpenId = null) : WechatCall<FollowerPage>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/user/get");

    internal override void AddQuery(QueryText query, WechatAccount account)
    {
        if (NextOpenId is not null) query.Add("next_openid", NextOpenId);
    }

    internal override FollowerPage Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.FollowerPageAnswer).ToPage();
}

/// <summary>The answer of user/get and user/tag/get; the last page has no data, or an empty one.</summary>
internal sealed record FollowerPageAnswer(int Count, int? Total = null, FollowerIds? Data = null, [property: JsonPropertyName("next_openid")] string? NextOpenId = null)
{
    public FollowerPage ToPage()
    {
        var openIds = Data?.OpenIds ?? [];
        return new FollowerPage(openIds, openIds.Count == 0 || string.IsNullOrEmpty(NextOpenId) ? null : NextOpenId, Total);
    }
}

/// <summary>Part of the answer of user/get.</summary>
internal sealed record FollowerIds([property: JsonPropertyName("openid")] IReadOnlyList<string>? OpenIds = null);

/// <summary>A page of followers.</summary>
/// <param name="OpenIds">The followers; empty after the last.</param>
/// <param name="NextOpenId">Asks for the next page, which may be empty; null when this was the last one.</param>
/// <param name="Total">Followers in all; null where WeChat does not say.</param>
public sealed record FollowerPage(IReadOnlyList<string> OpenIds, string? NextOpenId, int? Total = null);
