using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>kfsession/create: gives a customer to an agent. 65414: another agent has them; 65415: the agent is not there. Both fall back.</summary>
/// <param name="KfAccount">The agent, <c>prefix@account</c>.</param>
/// <param name="OpenId">The customer.</param>
public sealed record OpenKfSession(string KfAccount, string OpenId) : WechatCall<Done>
{
    /// <summary>The agent.</summary>
    public string KfAccount { get; } = KfNames.Checked(KfAccount, nameof(KfAccount));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/customservice/kfsession/create");

    internal override HttpContent Content(WechatAccount account) => Json(new KfSessionBody(KfAccount, OpenId), WechatJson.Relaxed.KfSessionBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of kfsession/create and kfsession/close.</summary>
internal sealed record KfSessionBody(string KfAccount, [property: JsonPropertyName("openid")] string OpenId);
