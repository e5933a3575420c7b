using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>kfsession/getwaitcase: the customers that no agent has yet, at most the first 100 of them.</summary>
public sealed record GetWaitingCustomers : WechatCall<WaitingCustomers>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/customservice/kfsession/getwaitcase");

    internal override WaitingCustomers Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.WaitingCustomers);
}

/// <summary>Customers who wait for an agent.</summary>
/// <param name="Count">How many in all.</param>
/// <param name="First">Up to 100 of them, the longest waiting first.</param>
public sealed record WaitingCustomers(int Count, [property: JsonPropertyName("waitcaselist")] IReadOnlyList<WaitingCustomer> First);

/// <summary>A customer who waits.</summary>
/// <param name="OpenId">The customer.</param>
/// <param name="LatestTime">When they wrote last, in Unix seconds.</param>
public sealed record WaitingCustomer([property: JsonPropertyName("openid")] string OpenId, long LatestTime);
