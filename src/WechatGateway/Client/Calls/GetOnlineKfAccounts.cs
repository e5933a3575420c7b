using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>customservice/getonlinekflist: the customer-service accounts that are there, and how many customers each has.</summary>
public sealed record GetOnlineKfAccounts : WechatCall<IReadOnlyList<OnlineKfAgent>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/customservice/getonlinekflist");

    internal override IReadOnlyList<OnlineKfAgent> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.OnlineKfList).Agents;
}

/// <summary>The answer of getonlinekflist.</summary>
internal sealed record OnlineKfList([property: JsonPropertyName("kf_online_list")] IReadOnlyList<OnlineKfAgent> Agents);

/// <summary>A customer-service account that is there.</summary>
/// <param name="KfAccount">Its name.</param>
/// <param name="Status">1 when it is there in a browser.</param>
/// <param name="KfId">Its number.</param>
/// <param name="AcceptedCase">Customers that it has now.</param>
public sealed record OnlineKfAgent(string KfAccount, int Status, [property: JsonConverter(typeof(TextOrNumber))] string KfId, int AcceptedCase);
