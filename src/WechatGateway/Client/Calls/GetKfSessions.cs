using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>kfsession/getsessionlist: the customers that an agent has now.</summary>
/// <param name="KfAccount">The agent, <c>prefix@account</c>.</param>
public sealed record GetKfSessions(string KfAccount) : WechatCall<IReadOnlyList<KfSession>>
{
    /// <summary>The agent.</summary>
    public string KfAccount { get; } = KfNames.Checked(KfAccount, nameof(KfAccount));

    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/customservice/kfsession/getsessionlist");

    internal override void AddQuery(QueryText query, WechatAccount account) => query.Add("kf_account", KfAccount);

    internal override IReadOnlyList<KfSession> Read(CallAnswer answer) =>
        [.. answer.Json(WechatJson.Relaxed.KfSessionList).Sessions.Select(item => new KfSession(item.OpenId, KfAccount, item.CreateTime))];
}

/// <summary>The answer of getsessionlist.</summary>
internal sealed record KfSessionList([property: JsonPropertyName("sessionlist")] IReadOnlyList<KfSessionItem> Sessions);

/// <summary>Part of the answer of getsessionlist.</summary>
internal sealed record KfSessionItem([property: JsonPropertyName("openid")] string OpenId, [property: JsonPropertyName("createtime")] long CreateTime = 0);
