using Courier.Wechat.Client;
using Courier.Wechat.Client.Callbacks;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Tests;

/// <summary>The accounts and pushes that the tests play with; none of them exists.</summary>
static class Accounts
{
    public const string Key = "Q0dFZjM5TnJqWnRkb2p3VnVhTm1DQ2p6c1lyT0o3VWT";
    public const string OlderKey = "a2V5LW9mLWxhc3QteWVhci1sYXN0LXllYXItMTIzNDU";
    public const string OpenId = "oCourierTestCustomer0000001";

    public static WechatAccount Plain { get; } =
        new("wxcourier00000001", "secret-of-the-account", "gh_courier00001", WechatAccountKind.ServiceAccount, "courierToken9");

    public static WechatAccount Secure { get; } = Plain with { EncodingAesKey = Key, Mode = CallbackMode.Secure };

    public static WechatAccount ChangingKey { get; } = Secure with { PreviousEncodingAesKey = OlderKey };

    public static CallbackQuery PlainQuery(WechatAccount account, string timestamp = "1767225600", string nonce = "n1") =>
        new(CallbackSignature.OfQuery(account.Token, timestamp, nonce), timestamp, nonce);

    public static CallbackQuery SecureQuery(WechatAccount account, string encrypt, string timestamp = "1767225600", string nonce = "n1") =>
        PlainQuery(account, timestamp, nonce) with
        {
            EncryptType = "aes",
            MsgSignature = CallbackSignature.OfMessage(account.Token, timestamp, nonce, encrypt),
        };

    /// <summary>Random bytes that are always the same.</summary>
    public static void Sevens(Span<byte> bytes) => bytes.Fill(7);
}
