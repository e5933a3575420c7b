namespace Courier.Wechat.Client.Calls;

/// <summary>tags/members/batchuntagging: takes a tag from followers. Doing it twice changes nothing, so it is repeated while WeChat is busy.</summary>
/// <param name="TagId">Which tag.</param>
/// <param name="OpenIds">1 to 50 followers.</param>
public sealed record UntagFollowers(int TagId, IReadOnlyList<string> OpenIds) : WechatCall<Done>
{
    /// <summary>1 to 50 followers.</summary>
    public IReadOnlyList<string> OpenIds { get; } = Limit.Items(OpenIds, 1, TagFollowers.Most, nameof(OpenIds));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/tags/members/batchuntagging");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new TaggingBody(OpenIds, TagId), WechatJson.Relaxed.TaggingBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
