using System.Security.Cryptography;
using System.Text;

namespace Courier.Kernel.Data;

/// <summary>
/// Protects personal data at rest (section <c>Data:Keys</c>): the last key encrypts, all keys decrypt, the first one makes the
/// keyed hashes by which rows are found, so it must be kept when keys are added. AES-256-GCM, a random nonce a value.
/// </summary>
public sealed class DataKeys
{
    private const int NonceSize = 12, TagSize = 16;

    private readonly byte[][] _keys;
    private readonly byte[] _hashKey, _sealKey;

    // Setting a key up costs more than using it, and a cipher serves one thread at a time.
    [ThreadStatic]
    private static Ciphers? _mine;

    /// <summary>Takes the configured secrets, each any text of at least 16 characters.</summary>
    /// <exception cref="WrongConfiguration">There is none, or one is too short.</exception>
    public DataKeys(IReadOnlyList<string> secrets)
    {
        if (secrets.Count == 0 || secrets.Any(s => s.Length < 16))
            throw new WrongConfiguration("Data:Keys needs at least one secret of 16 characters or more");
        _keys = [.. secrets.Select(s => Derive(s, "encrypt"))];
        _hashKey = Derive(secrets[0], "hash");
        _sealKey = Derive(secrets[0], "seal");
    }

    /// <summary>Encrypts a text; the same text gives another ciphertext each time.</summary>
    public string Encrypt(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[1 + NonceSize + plain.Length + TagSize];
        sealedText[0] = (byte)(_keys.Length - 1);
        var nonce = sealedText.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        Cipher(_keys.Length - 1).Encrypt(nonce, plain, sealedText.AsSpan(1 + NonceSize, plain.Length), sealedText.AsSpan(1 + NonceSize + plain.Length));
        return Convert.ToBase64String(sealedText);
    }

    /// <summary>Gives the text back.</summary>
    /// <exception cref="CryptographicException">It was changed, or its key is not configured any more.</exception>
    public string Decrypt(string ciphertext)
    {
        var bytes = Convert.FromBase64String(ciphertext);
        if (bytes.Length < 1 + NonceSize + TagSize || bytes[0] >= _keys.Length)
            throw new CryptographicException("the ciphertext's key is not configured");
        var plain = new byte[bytes.Length - 1 - NonceSize - TagSize];
        Cipher(bytes[0]).Decrypt(bytes.AsSpan(1, NonceSize), bytes.AsSpan(1 + NonceSize, plain.Length), bytes.AsSpan(1 + NonceSize + plain.Length), plain);
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The keyed hash (HMAC-SHA-256, 64 hex characters) by which an encrypted value is found.</summary>
    public string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_hashKey, Encoding.UTF8.GetBytes(text)));

    /// <summary>The keyed hash of a telephone number.</summary>
    public string Hash(Phone phone) => Hash(phone.Text);

    /// <summary>
    /// A seal (HMAC-SHA-256, 64 hex characters) that whoever can write the database but has no key cannot make. Its key is another than that of the hashes, so
    /// that no stored hash is a seal.
    /// </summary>
    /// <param name="purpose">What is sealed; a seal holds for no other purpose.</param>
    /// <param name="text">What it says.</param>
    public string Seal(string purpose, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_sealKey, Encoding.UTF8.GetBytes($"{purpose}\n{text}")));

    private AesGcm Cipher(int key)
    {
        if (_mine is null || _mine.Of != this) _mine = new Ciphers(this, [.. _keys.Select(k => new AesGcm(k, TagSize))]);
        return _mine.ByKey[key];
    }

    private sealed record Ciphers(DataKeys Of, AesGcm[] ByKey);

    private static byte[] Derive(string secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: Encoding.UTF8.GetBytes("courier/" + purpose));
}
