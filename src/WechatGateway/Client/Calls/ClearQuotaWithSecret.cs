namespace Courier.Wechat.Client.Calls;

/// <summary>clear_quota/v2: the same as <see cref="ClearQuota"/> without an access token, for when the quota of tokens is the one that is used up.</summary>
public sealed record ClearQuotaWithSecret : WechatCall<Done>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/clear_quota/v2", CallAuth.AccountSecret);

    internal override HttpContent Content(WechatAccount account) => Json(new ClearQuotaBody(account.AppId, account.Secret), WechatJson.Relaxed.ClearQuotaBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
