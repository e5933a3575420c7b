using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>customservice/getkflist: all customer-service accounts.</summary>
public sealed record GetKfAccounts : WechatCall<IReadOnlyList<KfAgent>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/customservice/getkflist");

    internal override IReadOnlyList<KfAgent> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.KfList).Agents;
}

/// <summary>The answer of getkflist.</summary>
internal sealed record KfList([property: JsonPropertyName("kf_list")] IReadOnlyList<KfAgent> Agents);

/// <summary>A customer-service account.</summary>
public sealed record KfAgent
{
    /// <summary>Its name, <c>prefix@account</c>.</summary>
    public required string KfAccount { get; init; }

    /// <summary>What customers see; null until it is set.</summary>
    public string? KfNick { get; init; }

    /// <summary>Its number.</summary>
    [JsonConverter(typeof(TextOrNumber))]
    public required string KfId { get; init; }

    /// <summary>Its picture; null when it has none.</summary>
    [JsonPropertyName("kf_headimgurl")]
    public string? PictureUrl { get; init; }

    /// <summary>WeChat name of the person bound to it; null until there is one.</summary>
    [JsonPropertyName("kf_wx")]
    public string? BoundWechat { get; init; }

    /// <summary>WeChat name of the person who is invited; null when nobody is.</summary>
    [JsonPropertyName("invite_wx")]
    public string? InvitedWechat { get; init; }

    /// <summary>waiting, rejected or expired; null when nobody is invited.</summary>
    public string? InviteStatus { get; init; }
}
