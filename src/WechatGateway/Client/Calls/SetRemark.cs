using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>user/info/updateremark: what the operators note about a follower.</summary>
/// <param name="OpenId">The follower.</param>
/// <param name="Remark">Fewer than 30 characters; empty takes the note away.</param>
public sealed record SetRemark(string OpenId, string Remark) : WechatCall<Done>
{
    private const int Longest = 29;

    /// <summary>Fewer than 30 characters.</summary>
    public string Remark { get; } = Limit.OptionalCharacters(Remark, Longest, nameof(Remark)) ?? "";

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/user/info/updateremark");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new RemarkBody(OpenId, Remark), WechatJson.Relaxed.RemarkBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of updateremark.</summary>
internal sealed record RemarkBody([property: JsonPropertyName("openid")] string OpenId, string Remark);
