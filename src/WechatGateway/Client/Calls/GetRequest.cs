using System.Text;

namespace Courier.Wechat.Client.Calls;

/// <summary>openapi/rid/get: what WeChat recorded of a request within the last seven days; 76001 to 76004 when there is none or it is another account's.</summary>
/// <param name="Rid">The number that an error carried.</param>
public sealed record GetRequest(string Rid) : WechatCall<RecordedRequest>
{
    /// <summary>The number that an error carried.</summary>
    public string Rid { get; } = Limit.NotBlank(Rid, nameof(Rid));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/openapi/rid/get");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) => Json(new RidBody(Rid), WechatJson.Relaxed.RidBody);

    internal override RecordedRequest Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.RidAnswer).Request;
}

/// <summary>Body of openapi/rid/get.</summary>
internal sealed record RidBody(string Rid);

/// <summary>The answer of openapi/rid/get.</summary>
internal sealed record RidAnswer(RecordedRequest Request);

/// <summary>A request as WeChat recorded it. Its text form shows neither address nor bodies: they hold tokens and openids.</summary>
/// <param name="InvokeTime">When it came, in Unix seconds.</param>
/// <param name="CostInMs">How long WeChat took, in milliseconds.</param>
/// <param name="RequestUrl">Query of the request, with its token.</param>
/// <param name="RequestBody">Body of the request.</param>
/// <param name="ResponseBody">Body of the answer.</param>
/// <param name="ClientIp">Where it came from.</param>
public sealed record RecordedRequest(long InvokeTime, long CostInMs, string RequestUrl, string RequestBody, string ResponseBody, string ClientIp)
{
    private bool PrintMembers(StringBuilder text) => text.Append("InvokeTime = ").Append(InvokeTime).Append(", CostInMs = ").Append(CostInMs).Append(", ClientIp = ").Append(ClientIp).Length > 0;
}
