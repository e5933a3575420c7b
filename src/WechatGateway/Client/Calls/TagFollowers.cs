using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>
/// tags/members/batchtagging: gives followers a tag. Doing it twice changes nothing, so it is repeated while WeChat is busy. A follower has at most 20 tags (45059).
/// </summary>
/// <param name="TagId">Which tag.</param>
/// <param name="OpenIds">1 to 50 followers.</param>
public sealed record TagFollowers(int TagId, IReadOnlyList<string> OpenIds) : WechatCall<Done>
{
    /// <summary>Most followers of one call.</summary>
    public const int Most = 50;

    /// <summary>1 to 50 followers.</summary>
    public IReadOnlyList<string> OpenIds { get; } = Limit.Items(OpenIds, 1, Most, nameof(OpenIds));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/tags/members/batchtagging");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new TaggingBody(OpenIds, TagId), WechatJson.Relaxed.TaggingBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of batchtagging and batchuntagging.</summary>
internal sealed record TaggingBody(
    [property: JsonPropertyName("openid_list")] IReadOnlyList<string> OpenIds,
    [property: JsonPropertyName("tagid")] int TagId);
