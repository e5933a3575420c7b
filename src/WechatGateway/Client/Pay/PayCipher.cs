using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Client.Pay;

/// <summary>Encryption of WeChat Pay v3: AES-GCM of notifications and certificates, RSA-OAEP of sensitive fields.</summary>
public static class PayCipher
{
    private const int TagLength = 16;
    private const int NonceLength = 12;

    /// <summary>Opens an AEAD_AES_256_GCM resource; false when key, nonce, associated data or text do not belong together.</summary>
    /// <param name="key">The APIv3 key, 32 bytes.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="associatedData">May be empty.</param>
    /// <param name="ciphertext">The cipher followed by its tag of 16 bytes.</param>
    /// <param name="plain">What was encrypted.</param>
    public static bool TryOpen(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext,
        [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (key.Length is not (16 or 24 or 32) || nonce.Length != NonceLength || ciphertext.Length < TagLength) return false;
        using var aes = new AesGcm(key, TagLength);
        var opened = new byte[ciphertext.Length - TagLength];
        try
        {
            aes.Decrypt(nonce, ciphertext[..^TagLength], ciphertext[^TagLength..], opened, associatedData);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        plain = opened;
        return true;
    }

    /// <summary>Opens a sensitive field (RSA-OAEP with SHA-1, base64) with the merchant's key; <see cref="CryptographicException"/> or <see cref="FormatException"/> otherwise.</summary>
    public static string OpenField(RSA merchantKey, string ciphertext)
    {
        ArgumentNullException.ThrowIfNull(merchantKey);
        return Encoding.UTF8.GetString(merchantKey.Decrypt(Convert.FromBase64String(ciphertext), RSAEncryptionPadding.OaepSHA1));
    }

    /// <summary>Seals a sensitive field for WeChat Pay with its public key.</summary>
    public static string SealField(RSA platformKey, string plain)
    {
        ArgumentNullException.ThrowIfNull(platformKey);
        return Convert.ToBase64String(platformKey.Encrypt(Encoding.UTF8.GetBytes(plain), RSAEncryptionPadding.OaepSHA1));
    }
}
