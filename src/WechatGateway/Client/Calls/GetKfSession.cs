using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>kfsession/getsession: which agent has a customer.</summary>
/// <param name="OpenId">The customer.</param>
public sealed record GetKfSession(string OpenId) : WechatCall<KfSession>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/customservice/kfsession/getsession");

    internal override void AddQuery(QueryText query, WechatAccount account) => query.Add("openid", OpenId);

    internal override KfSession Read(CallAnswer answer)
    {
        var read = answer.Json(WechatJson.Relaxed.KfSessionAnswer);
        return new KfSession(OpenId, string.IsNullOrEmpty(read.KfAccount) ? null : read.KfAccount, read.CreateTime);
    }
}

/// <summary>The answer of getsession.</summary>
internal sealed record KfSessionAnswer(string? KfAccount = null, [property: JsonPropertyName("createtime")] long CreateTime = 0);

/// <summary>A customer and their agent.</summary>
/// <param name="OpenId">The customer.</param>
/// <param name="KfAccount">The agent; null when nobody has them.</param>
/// <param name="CreateTime">Since when, in Unix seconds; 0 when nobody has them.</param>
public sealed record KfSession(string OpenId, string? KfAccount, long CreateTime);
