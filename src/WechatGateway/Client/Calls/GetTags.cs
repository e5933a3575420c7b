namespace Courier.Wechat.Client.Calls;

/// <summary>tags/get: all tags of the account.</summary>
public sealed record GetTags : WechatCall<IReadOnlyList<AccountTag>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/tags/get");

    internal override IReadOnlyList<AccountTag> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.TagList).Tags;
}

/// <summary>The answer of tags/get.</summary>
internal sealed record TagList(IReadOnlyList<AccountTag> Tags);
