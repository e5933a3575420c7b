using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Client.Crypto;

/// <summary>What a mini-program sends signed or encrypted with its session key (开放数据校验与解密).</summary>
public static class MiniProgramData
{
    private const int KeyLength = 16;

    /// <summary>Whether <paramref name="signature"/> is SHA-1 of the raw data and the session key; compared in constant time.</summary>
    public static bool IsValidRawData(string rawData, string sessionKey, string? signature)
    {
        if (signature is null) return false;
        var expected = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(rawData + sessionKey)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>HMAC-SHA256 in lower hex, with which a server shows that it knows a session key (checksession signs the empty text).</summary>
    public static string Sign(string text, string sessionKey) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionKey), Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Decrypts <c>encryptedData</c>: AES-128-CBC, all parts in base64. False when anything is wrong.
    /// The caller still checks the watermark's AppID and age.
    /// </summary>
    public static bool TryDecrypt(string encryptedData, string iv, string sessionKey, [NotNullWhen(true)] out string? json)
    {
        json = null;
        if (!TryDecode(encryptedData, out var cipher) || !TryDecode(iv, out var vector) || !TryDecode(sessionKey, out var key)) return false;
        if (key.Length != KeyLength || vector.Length != KeyLength || cipher.Length == 0 || cipher.Length % KeyLength != 0) return false;
        using var aes = Aes.Create();
        aes.Key = key;
        var plain = new byte[cipher.Length];
        if (!TryDecrypt(aes, cipher, vector, plain, out var length)) return false;
        if (!System.Text.Unicode.Utf8.IsValid(plain.AsSpan(0, length))) return false;
        json = Encoding.UTF8.GetString(plain, 0, length);
        return true;
    }

    private static bool TryDecrypt(Aes aes, byte[] cipher, byte[] vector, byte[] plain, out int length)
    {
        try
        {
            return aes.TryDecryptCbc(cipher, vector, plain, out length);
        }
        catch (CryptographicException)   // wrong padding: the only way this call has to say so
        {
            length = 0;
            return false;
        }
    }

    private static bool TryDecode(string base64, out byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(base64);
        bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length)) return false;
        Array.Resize(ref bytes, length);
        return true;
    }
}
