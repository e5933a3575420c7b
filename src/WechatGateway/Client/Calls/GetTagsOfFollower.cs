using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>tags/getidlist: the tags of one follower.</summary>
/// <param name="OpenId">The follower.</param>
public sealed record GetTagsOfFollower(string OpenId) : WechatCall<IReadOnlyList<int>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/tags/getidlist");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new OpenIdBody(OpenId), WechatJson.Relaxed.OpenIdBody);

    internal override IReadOnlyList<int> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.TagIds).TagidList;
}

/// <summary>A body with nothing but an openid.</summary>
internal sealed record OpenIdBody([property: JsonPropertyName("openid")] string OpenId);

/// <summary>The answer of tags/getidlist.</summary>
internal sealed record TagIds(IReadOnlyList<int> TagidList);
