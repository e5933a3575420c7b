using System.Text;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>
/// stable_token: the access token of the account, the same one as long as it lives. The client asks for it by itself;
/// forced mode is only for a token that leaked (20 times a day).
/// </summary>
/// <param name="ForceRefresh">Voids the token and makes another.</param>
public sealed record GetStableToken(bool ForceRefresh = false) : WechatCall<IssuedToken>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/stable_token", CallAuth.AccountSecret);

    // In normal mode WeChat answers with the same token again.
    internal override bool IsRepeatable => !ForceRefresh;

    internal override HttpContent Content(WechatAccount account) =>
        Json(new StableTokenBody("client_credential", account.AppId, account.Secret, ForceRefresh), WechatJson.Relaxed.StableTokenBody);

    internal override IssuedToken Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.IssuedToken);
}

/// <summary>Body of stable_token.</summary>
internal sealed record StableTokenBody(string GrantType, [property: JsonPropertyName("appid")] string AppId, string Secret, bool ForceRefresh);

/// <summary>An access token. Its text form does not show it.</summary>
/// <param name="AccessToken">The token, at least 512 characters must fit.</param>
/// <param name="ExpiresIn">Seconds that it is still good for, 7200 when new.</param>
public sealed record IssuedToken(string AccessToken, int ExpiresIn)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("ExpiresIn = ").Append(ExpiresIn);
        return true;
    }
}
