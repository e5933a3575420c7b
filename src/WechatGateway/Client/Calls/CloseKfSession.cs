namespace Courier.Wechat.Client.Calls;

/// <summary>kfsession/close: takes a customer from an agent; from then on what they write comes here again.</summary>
/// <param name="KfAccount">The agent, <c>prefix@account</c>.</param>
/// <param name="OpenId">The customer.</param>
public sealed record CloseKfSession(string KfAccount, string OpenId) : WechatCall<Done>
{
    /// <summary>The agent.</summary>
    public string KfAccount { get; } = KfNames.Checked(KfAccount, nameof(KfAccount));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/customservice/kfsession/close");

    internal override HttpContent Content(WechatAccount account) => Json(new KfSessionBody(KfAccount, OpenId), WechatJson.Relaxed.KfSessionBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
