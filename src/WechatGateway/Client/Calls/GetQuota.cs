namespace Courier.Wechat.Client.Calls;

/// <summary>openapi/quota/get: how often a call may still be made today (00:00 to 24:00 in China).</summary>
/// <param name="Path">Path of the call, such as <c>/cgi-bin/message/custom/send</c>.</param>
public sealed record GetQuota(string Path) : WechatCall<CallQuota>
{
    /// <summary>Path of the call.</summary>
    public string Path { get; } = Limit.NotBlank(Path, nameof(Path))[0] == '/' ? Path : throw new ArgumentException("A path begins with a slash (76021).", nameof(Path));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/openapi/quota/get");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new QuotaBody(Path), WechatJson.Relaxed.QuotaBody);

    internal override CallQuota Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.QuotaAnswer).Quota;
}

/// <summary>Body of openapi/quota/get.</summary>
internal sealed record QuotaBody(string CgiPath);

/// <summary>The answer of openapi/quota/get.</summary>
internal sealed record QuotaAnswer(CallQuota Quota);

/// <summary>The quota of a call for one day.</summary>
/// <param name="DailyLimit">How often in all.</param>
/// <param name="Used">How often it was made.</param>
/// <param name="Remain">How often it may still be made.</param>
public sealed record CallQuota(long DailyLimit, long Used, long Remain);
