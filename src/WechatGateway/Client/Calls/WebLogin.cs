using System.Text;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>sns/oauth2/access_token: who is behind the code of a web sign-in. A code works once and for five minutes; 40029 and 40163 ask for another sign-in.</summary>
/// <param name="Code">The code of the redirect.</param>
public sealed record ExchangeOAuthCode(string Code) : WechatCall<OAuthToken>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/sns/oauth2/access_token", CallAuth.AccountSecret);

    internal override void AddQuery(QueryText query, WechatAccount account)
    {
        query.Add("appid", account.AppId);
        query.Add("secret", account.Secret);
        query.Add("code", Code);
        query.Add("grant_type", "authorization_code");
    }

    internal override OAuthToken Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.OAuthToken);
}

/// <summary>sns/oauth2/refresh_token: another token for a customer who signed in within 30 days.</summary>
/// <param name="RefreshToken">From the sign-in.</param>
public sealed record RefreshOAuthToken(string RefreshToken) : WechatCall<OAuthToken>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/sns/oauth2/refresh_token", CallAuth.CustomerToken);

    internal override void AddQuery(QueryText query, WechatAccount account)
    {
        query.Add("appid", account.AppId);
        query.Add("grant_type", "refresh_token");
        query.Add("refresh_token", RefreshToken);
    }

    internal override OAuthToken Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.OAuthToken);
}

/// <summary>A customer who signed in on a page. Its text form does not show the tokens.</summary>
public sealed record OAuthToken
{
    /// <summary>The customer's own token, for <see cref="GetOAuthUser"/>; not the access token of the account.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Seconds that it is good for.</summary>
    public int ExpiresIn { get; init; }

    /// <summary>Gets another one for 30 days.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Openid in the account that signed in.</summary>
    [JsonPropertyName("openid")]
    public required string OpenId { get; init; }

    /// <summary>What the customer agreed to: snsapi_base or snsapi_userinfo.</summary>
    public string? Scope { get; init; }

    /// <summary>The same person over all accounts of the company; null unless they are linked.</summary>
    [JsonPropertyName("unionid")]
    public string? UnionId { get; init; }

    /// <summary>1 for the made-up person of a snapshot page: no account may be opened for it.</summary>
    [JsonPropertyName("is_snapshotuser")]
    public int? SnapshotUser { get; init; }

    /// <summary>Whether it is the made-up person of a snapshot page.</summary>
    [JsonIgnore]
    public bool IsSnapshot => SnapshotUser == 1;

    private bool PrintMembers(StringBuilder text) => text.Append("OpenId = ").Append(OpenId).Append(", Scope = ").Append(Scope).Length > 0;
}

/// <summary>sns/userinfo: name and picture of a customer who agreed to it.</summary>
/// <param name="CustomerToken">The customer's own token from the sign-in.</param>
/// <param name="OpenId">The customer.</param>
public sealed record GetOAuthUser(string CustomerToken, string OpenId) : WechatCall<OAuthUser>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/sns/userinfo", CallAuth.CustomerToken);

    internal override void AddQuery(QueryText query, WechatAccount account)
    {
        query.Add("access_token", CustomerToken);
        query.Add("openid", OpenId);
        query.Add("lang", "zh_CN");
    }

    internal override OAuthUser Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.OAuthUser);
}

/// <summary>Name and picture of a customer.</summary>
public sealed record OAuthUser
{
    /// <summary>Openid in the account that signed in.</summary>
    [JsonPropertyName("openid")]
    public required string OpenId { get; init; }

    /// <summary>Name; may be empty.</summary>
    public string? Nickname { get; init; }

    /// <summary>Address of the picture; may be empty.</summary>
    [JsonPropertyName("headimgurl")]
    public string? PictureUrl { get; init; }

    /// <summary>The same person over all accounts of the company; null unless they are linked.</summary>
    [JsonPropertyName("unionid")]
    public string? UnionId { get; init; }

    /// <summary>Privileges of the customer.</summary>
    public IReadOnlyList<string>? Privilege { get; init; }
}
