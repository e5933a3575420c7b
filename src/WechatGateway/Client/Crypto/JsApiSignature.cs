using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Client.Crypto;

/// <summary>What a page hands to <c>wx.config</c>.</summary>
/// <param name="AppId">AppID of the account whose ticket signed.</param>
/// <param name="Timestamp">Unix seconds.</param>
/// <param name="NonceStr">Random text.</param>
/// <param name="Signature">SHA-1 in lower hex.</param>
public sealed record JsApiConfig(string AppId, long Timestamp, string NonceStr, string Signature);

/// <summary>The signature of <c>wx.config</c> (JS-SDK 使用权限签名算法): SHA-1 over four raw values in a fixed order.</summary>
public static class JsApiSignature
{
    /// <summary>Signs a page address. What follows <c>#</c> does not count; the rest must be exactly what the browser shows.</summary>
    public static string Compute(string ticket, string nonce, string timestamp, string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var page = hash < 0 ? url : url[..hash];
        var text = $"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}";
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
