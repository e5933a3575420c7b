namespace Courier.Wechat.Client.Calls;

/// <summary>tags/update: another name for a tag.</summary>
/// <param name="Id">Which tag; not one of WeChat's own.</param>
/// <param name="Name">At most 30 bytes.</param>
public sealed record RenameTag(int Id, string Name) : WechatCall<Done>
{
    /// <summary>Which tag.</summary>
    public int Id { get; } = Limit.Range(Id, AccountTag.LastOfWechat + 1, int.MaxValue, nameof(Id));

    /// <summary>At most 30 bytes.</summary>
    public string Name { get; } = Limit.Bytes(Name, AccountTag.LongestName, nameof(Name));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/tags/update");

    internal override HttpContent Content(WechatAccount account) => Json(new TagBody(new TagName(Id, Name)), WechatJson.Relaxed.TagBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
