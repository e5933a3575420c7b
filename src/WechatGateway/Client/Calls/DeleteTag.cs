namespace Courier.Wechat.Client.Calls;

/// <summary>tags/delete: a tag goes, from its followers too. With more than 100 000 followers it must be taken from them first (45057).</summary>
/// <param name="Id">Which tag; not one of WeChat's own.</param>
public sealed record DeleteTag(int Id) : WechatCall<Done>
{
    /// <summary>Which tag.</summary>
    public int Id { get; } = Limit.Range(Id, AccountTag.LastOfWechat + 1, int.MaxValue, nameof(Id));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/tags/delete");

    internal override HttpContent Content(WechatAccount account) => Json(new TagBody(new TagName(Id, null)), WechatJson.Relaxed.TagBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
