using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>user/tag/get: the followers that have a tag, in pages.</summary>
/// <param name="TagId">Which tag.</param>
/// <param name="NextOpenId">Where the page before ended; null for the first page.</param>
public sealed record GetFollowersOfTag(int TagId, string? NextOpenId = null) : WechatCall<FollowerPage>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/user/tag/get");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new TagPageBody(TagId, NextOpenId ?? ""), WechatJson.Relaxed.TagPageBody);

    internal override FollowerPage Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.FollowerPageAnswer).ToPage();
}

/// <summary>Body of user/tag/get.</summary>
internal sealed record TagPageBody(
    [property: JsonPropertyName("tagid")] int TagId,
    [property: JsonPropertyName("next_openid")] string NextOpenId);
