namespace Courier.Wechat.Client.Calls;

/// <summary>tags/create: a new tag for followers. An account has at most 100 (45056); names are its own (45157).</summary>
/// <param name="Name">At most 30 bytes: ten Chinese characters.</param>
public sealed record CreateTag(string Name) : WechatCall<AccountTag>
{
    /// <summary>At most 30 bytes.</summary>
    public string Name { get; } = Limit.Bytes(Name, AccountTag.LongestName, nameof(Name));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/tags/create");

    internal override HttpContent Content(WechatAccount account) => Json(new TagBody(new TagName(null, Name)), WechatJson.Relaxed.TagBody);

    internal override AccountTag Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.CreatedTag).Tag;
}

/// <summary>Body of tags/create, tags/update and tags/delete.</summary>
internal sealed record TagBody(TagName Tag);

/// <summary>Part of the body of the calls for tags.</summary>
internal sealed record TagName(int? Id, string? Name);

/// <summary>The answer of tags/create.</summary>
internal sealed record CreatedTag(AccountTag Tag);

/// <summary>A tag of an account (用户标签).</summary>
/// <param name="Id">Its number; 0 to 2 are WeChat's own, such as the star.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Followers that have it; null where WeChat does not say.</param>
public sealed record AccountTag(int Id, string Name, int? Count = null)
{
    /// <summary>Longest name, in bytes.</summary>
    internal const int LongestName = 30;

    /// <summary>Tags up to this number are WeChat's own: they can be neither renamed nor deleted (45058).</summary>
    internal const int LastOfWechat = 2;
}
