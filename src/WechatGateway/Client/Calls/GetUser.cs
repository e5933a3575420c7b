using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>user/info: what WeChat tells about a follower. Names, pictures and places are not among it any more.</summary>
/// <param name="OpenId">The follower.</param>
/// <param name="Language">Language of the answer.</param>
public sealed record GetUser(string OpenId, string Language = "zh_CN") : WechatCall<WechatUser>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/user/info");

    internal override void AddQuery(QueryText query, WechatAccount account)
    {
        query.Add("openid", OpenId);
        query.Add("lang", Language);
    }

    internal override WechatUser Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.WechatUser);
}

/// <summary>A person as an account sees them.</summary>
public sealed record WechatUser
{
    /// <summary>1 for a follower; 0 leaves everything but openid and unionid empty.</summary>
    public int Subscribe { get; init; }

    /// <summary>Openid in this account.</summary>
    [JsonPropertyName("openid")]
    public required string OpenId { get; init; }

    /// <summary>The same person over all accounts of the company; null unless they are linked.</summary>
    [JsonPropertyName("unionid")]
    public string? UnionId { get; init; }

    /// <summary>Language such as zh_CN.</summary>
    public string? Language { get; init; }

    /// <summary>When they last followed, in Unix seconds; null for others.</summary>
    public long? SubscribeTime { get; init; }

    /// <summary>How they came, such as ADD_SCENE_QR_CODE.</summary>
    public string? SubscribeScene { get; init; }

    /// <summary>Number of the QR code they came by; 0 or null for none.</summary>
    public long? QrScene { get; init; }

    /// <summary>Text of the QR code they came by; empty or null for none.</summary>
    public string? QrSceneStr { get; init; }

    /// <summary>What the operators noted.</summary>
    public string? Remark { get; init; }

    /// <summary>Tags of the account.</summary>
    public IReadOnlyList<int>? TagidList { get; init; }

    /// <summary>Whether messages can be sent to this person.</summary>
    [JsonIgnore]
    public bool IsFollower => Subscribe == 1;
}
