using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Courier.Wechat.Client.Pay;

/// <summary>
/// Signatures of WeChat Pay v3 (RSA-SHA256, base64): of requests, of the payment sheet, and of what WeChat Pay sends.
/// Each text to sign is its parts, every one followed by a line feed.
/// </summary>
public static class PaySignature
{
    /// <summary>The text of a request; the body exactly as it is sent, empty where there is none.</summary>
    public static string OfRequest(string method, string pathAndQuery, string timestamp, string nonce, string body) =>
        $"{method}\n{pathAndQuery}\n{timestamp}\n{nonce}\n{body}\n";

    /// <summary>The text of the payment sheet that a page or a mini-program opens.</summary>
    public static string OfPaymentSheet(string appId, string timestamp, string nonce, string package) =>
        $"{appId}\n{timestamp}\n{nonce}\n{package}\n";

    /// <summary>The text of an answer or notification: <c>Wechatpay-Timestamp</c>, <c>Wechatpay-Nonce</c> and the raw body.</summary>
    public static byte[] OfNotification(string timestamp, string nonce, ReadOnlySpan<byte> rawBody) =>
        [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. rawBody, (byte)'\n'];

    /// <summary>Signs with the merchant's key.</summary>
    public static string Sign(RSA merchantKey, string text)
    {
        ArgumentNullException.ThrowIfNull(merchantKey);
        var signature = merchantKey.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Convert.ToBase64String(signature);
    }

    /// <summary>Whether a signature is WeChat Pay's; false for anything that is not base64 too.</summary>
    public static bool IsValid(RSA platformKey, ReadOnlySpan<byte> text, string? signature)
    {
        ArgumentNullException.ThrowIfNull(platformKey);
        var bytes = new byte[signature?.Length ?? 0];
        return signature is not null
            && Convert.TryFromBase64String(signature, bytes, out var length)
            && platformKey.VerifyData(text, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>The Authorization header of a signed request.</summary>
    public static string Authorization(string merchantId, string serialNo, string timestamp, string nonce, string signature) =>
        $"WECHATPAY2-SHA256-RSA2048 mchid=\"{merchantId}\",nonce_str=\"{nonce}\",timestamp=\"{timestamp}\",serial_no=\"{serialNo}\",signature=\"{signature}\"";

    /// <summary>Reads a private key (PKCS#8 or PKCS#1), a public key or the public key of a certificate from PEM; <see cref="CryptographicException"/> or <see cref="ArgumentException"/> otherwise.</summary>
    public static RSA ReadKey(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return certificate.GetRSAPublicKey() ?? throw new CryptographicException("The certificate has no RSA key.");
        }
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }
}
