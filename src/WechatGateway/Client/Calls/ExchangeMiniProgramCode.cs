using System.Text;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>sns/jscode2session: who is behind the code of wx.login. A code works once; 40029 and 40163 ask for another, 40226 refuses a risky person.</summary>
/// <param name="Code">The code of wx.login.</param>
public sealed record ExchangeMiniProgramCode(string Code) : WechatCall<MiniProgramSession>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/sns/jscode2session", CallAuth.AccountSecret);

    internal override void AddQuery(QueryText query, WechatAccount account)
    {
        query.Add("appid", account.AppId);
        query.Add("secret", account.Secret);
        query.Add("js_code", Code);
        query.Add("grant_type", "authorization_code");
    }

    internal override MiniProgramSession Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.MiniProgramSession);
}

/// <summary>A session of a mini-program. Its text form does not show the key.</summary>
/// <param name="OpenId">Openid in the mini-program.</param>
/// <param name="SessionKey">Key of the session; it never leaves the server.</param>
/// <param name="UnionId">The same person over all accounts of the company; null unless they are linked.</param>
public sealed record MiniProgramSession(
    [property: JsonPropertyName("openid")] string OpenId,
    string SessionKey,
    [property: JsonPropertyName("unionid")] string? UnionId = null)
{
    private bool PrintMembers(StringBuilder text) => text.Append("OpenId = ").Append(OpenId).Length > 0;
}
