using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>clear_quota: all counts of the day begin anew. Ten times a month, and then 48006; a person decides about it, never a program.</summary>
public sealed record ClearQuota : WechatCall<Done>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/clear_quota");

    internal override HttpContent Content(WechatAccount account) => Json(new ClearQuotaBody(account.AppId), WechatJson.Relaxed.ClearQuotaBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of clear_quota and clear_quota/v2.</summary>
internal sealed record ClearQuotaBody(
    [property: JsonPropertyName("appid")] string AppId,
    [property: JsonPropertyName("appsecret")] string? Secret = null);
