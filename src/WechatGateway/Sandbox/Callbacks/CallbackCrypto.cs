using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>The platform's side of callback signatures and encryption: AES-256-CBC, padded to 32 bytes by hand.</summary>
internal static class CallbackCrypto
{
    const int Block = 32;
    const int RandomBytes = 16;

    public static string Sign(params string[] parts) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Order(StringComparer.Ordinal)))));

    /// <summary>random(16) | length (big endian) | text | appid, padded and encrypted; the random part makes each attempt differ.</summary>
    public static string Encrypt(string encodingAesKey, string appId, string text)
    {
        var message = Encoding.UTF8.GetBytes(text);
        var owner = Encoding.UTF8.GetBytes(appId);
        var length = RandomBytes + 4 + message.Length + owner.Length;
        var pad = Block - length % Block;
        var plain = new byte[length + pad];
        RandomNumberGenerator.Fill(plain.AsSpan(0, RandomBytes));
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(RandomBytes), message.Length);
        message.CopyTo(plain, RandomBytes + 4);
        owner.CopyTo(plain, RandomBytes + 4 + message.Length);
        plain.AsSpan(length).Fill((byte)pad);
        using var aes = Cipher(encodingAesKey);
        return Convert.ToBase64String(aes.EncryptCbc(plain, aes.IV, PaddingMode.None));
    }

    /// <summary>The text inside, or null when anything about it is wrong: base64, padding, length, account.</summary>
    public static string? Decrypt(string encodingAesKey, string appId, string encrypted)
    {
        try
        {
            using var aes = Cipher(encodingAesKey);
            return Open(aes.DecryptCbc(Convert.FromBase64String(encrypted), aes.IV, PaddingMode.None), appId);
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException or DecoderFallbackException)
        {
            return null;
        }
    }

    static string? Open(byte[] plain, string appId)
    {
        if (plain.Length == 0 || plain[^1] is 0 or > Block) return null;
        var length = plain.Length - plain[^1];
        if (length < RandomBytes + 4) return null;
        var text = BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(RandomBytes));
        var start = RandomBytes + 4;
        if (text < 0 || text > length - start) return null;
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        return strict.GetString(plain, start + text, length - start - text) == appId ? strict.GetString(plain, start, text) : null;
    }

    static Aes Cipher(string encodingAesKey)
    {
        var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(encodingAesKey + "=");
        aes.IV = aes.Key[..16];
        return aes;
    }
}
