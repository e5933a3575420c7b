using System.Text;

namespace Courier.Wechat.Client;

/// <summary>What kind of account it is; the calls that it may make differ.</summary>
public enum WechatAccountKind
{
    /// <summary>服务号: menus, template messages, web authorisation.</summary>
    ServiceAccount,

    /// <summary>订阅号: messages and few calls.</summary>
    SubscriptionAccount,

    /// <summary>小程序: jscode2session, phone number, subscription messages.</summary>
    MiniProgram,
}

/// <summary>How the console of the account is set to send callbacks (消息加解密方式).</summary>
public enum CallbackMode
{
    /// <summary>明文模式. Encrypted pushes are understood too as soon as a key is set, so that the console can be changed over.</summary>
    Plain,

    /// <summary>兼容模式: plain fields and <c>Encrypt</c> in one body; only what was decrypted is believed.</summary>
    Compatible,

    /// <summary>安全模式: <c>Encrypt</c> only.</summary>
    Secure,
}

/// <summary>One official account or mini-program, as the caller knows it. Its text form names the AppID only.</summary>
/// <param name="AppId">AppID, <c>wx…</c>.</param>
/// <param name="Secret">AppSecret.</param>
/// <param name="OriginalId">原始ID, <c>gh_…</c>: the ToUserName of callbacks.</param>
/// <param name="Kind">Kind of account.</param>
/// <param name="Token">Token of the callback URL, 3 to 32 letters and digits.</param>
/// <param name="EncodingAesKey">43 characters; null when the account never encrypts.</param>
/// <param name="PreviousEncodingAesKey">The key before the last change, still accepted while WeChat changes over; null otherwise.</param>
/// <param name="Mode">How callbacks come.</param>
public sealed record WechatAccount(
    string AppId,
    string Secret,
    string OriginalId,
    WechatAccountKind Kind,
    string Token,
    string? EncodingAesKey = null,
    string? PreviousEncodingAesKey = null,
    CallbackMode Mode = CallbackMode.Plain)
{
    // Secrets and keys never reach a log through the record's own text.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("AppId = ").Append(AppId).Append(", Kind = ").Append(Kind).Append(", Mode = ").Append(Mode);
        return true;
    }
}
