using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Client.Pay;

/// <summary>What of WeChat Pay v2 merchants still meet: signatures over sorted parameters and encrypted refund notices.</summary>
public static class PayV2
{
    /// <summary>MD5 in upper hex over the parameters that are not empty, sorted, and the key.</summary>
    public static string SignMd5(IEnumerable<KeyValuePair<string, string>> parameters, string key) =>
        Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(Text(parameters, key))));

    /// <summary>HMAC-SHA256 in upper hex over the same text.</summary>
    public static string SignHmac(IEnumerable<KeyValuePair<string, string>> parameters, string key) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(Text(parameters, key))));

    /// <summary>
    /// Opens req_info of a refund notice: AES-256-ECB with the lower hex MD5 of the key;
    /// <see cref="CryptographicException"/> or <see cref="FormatException"/> otherwise.
    /// </summary>
    public static string OpenRefund(string reqInfo, string key)
    {
        using var aes = Aes.Create();
        aes.Key = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(key))));
        return Encoding.UTF8.GetString(aes.DecryptEcb(Convert.FromBase64String(reqInfo), PaddingMode.PKCS7));
    }

    private static string Text(IEnumerable<KeyValuePair<string, string>> parameters, string key)
    {
        var pairs = parameters
            .Where(parameter => parameter.Value.Length > 0 && parameter.Key != "sign")
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Key}={parameter.Value}");
        return $"{string.Join('&', pairs)}&key={key}";
    }
}
