using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Client.Crypto;

/// <summary>
/// Encryption of callbacks: AES-256-CBC with a padding block of 32 bytes over
/// 16 random bytes, the length as big-endian uint32, the message and the AppID (消息加解密说明).
/// Two keys are held while a key is being changed. Every failure to decrypt looks alike, so that nobody can probe the padding.
/// </summary>
public sealed class MessageCipher
{
    private const int RandomLength = 16;
    private const int HeadLength = RandomLength + sizeof(uint);
    private const int PaddingBlock = 32;

    [ThreadStatic] private static Aes? _aes;
    [ThreadStatic] private static EncodingAesKey? _aesKey;

    private readonly byte[] _appId;

    /// <summary>A cipher for one account.</summary>
    /// <param name="appId">The AppID that every message must end with.</param>
    /// <param name="current">The key that is set in the console.</param>
    /// <param name="previous">The key before it, or null.</param>
    public MessageCipher(string appId, EncodingAesKey current, EncodingAesKey? previous = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(appId);
        ArgumentNullException.ThrowIfNull(current);
        _appId = Encoding.UTF8.GetBytes(appId);
        Current = current;
        Previous = previous;
    }

    /// <summary>The key that is set in the console.</summary>
    public EncodingAesKey Current { get; }

    /// <summary>The key before it, or null.</summary>
    public EncodingAesKey? Previous { get; }

    /// <summary>
    /// Decrypts the text of an <c>Encrypt</c> element with the current key, then with the previous one.
    /// False for anything that is not a message for this account: bad base64, padding, length or AppID are not told apart.
    /// </summary>
    /// <param name="encrypt">Base64 as WeChat sends it.</param>
    /// <param name="message">The decrypted message in UTF-8.</param>
    /// <param name="key">The key that worked: the reply is encrypted with the same one.</param>
    public bool TryDecrypt(string encrypt, [NotNullWhen(true)] out byte[]? message, [NotNullWhen(true)] out EncodingAesKey? key)
    {
        ArgumentNullException.ThrowIfNull(encrypt);
        message = null;
        key = null;
        var size = (encrypt.Length / 4 + 1) * 3;
        var cipher = ArrayPool<byte>.Shared.Rent(size);
        var plain = ArrayPool<byte>.Shared.Rent(size);
        if (Convert.TryFromBase64String(encrypt, cipher, out var length) && length > 0 && length % PaddingBlock == 0)
        {
            key = TryDecrypt(cipher.AsSpan(0, length), plain, Current, out message) ? Current
                : Previous is not null && TryDecrypt(cipher.AsSpan(0, length), plain, Previous, out message) ? Previous
                : null;
        }
        ArrayPool<byte>.Shared.Return(cipher);
        ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        return key is not null && message is not null;
    }

    /// <summary>Encrypts a message into the base64 text of an <c>Encrypt</c> element.</summary>
    /// <param name="message">The message in UTF-8.</param>
    /// <param name="key">The key to use: the one that the request came with.</param>
    /// <param name="random">Gives the 16 random bytes at the front.</param>
    public string Encrypt(ReadOnlySpan<byte> message, EncodingAesKey key, FillRandom random)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        var length = HeadLength + message.Length + _appId.Length;
        var padding = PaddingBlock - length % PaddingBlock;
        var total = length + padding;
        var plain = ArrayPool<byte>.Shared.Rent(total);
        random(plain.AsSpan(0, RandomLength));
        BinaryPrimitives.WriteUInt32BigEndian(plain.AsSpan(RandomLength), (uint)message.Length);
        message.CopyTo(plain.AsSpan(HeadLength));
        _appId.CopyTo(plain.AsSpan(HeadLength + message.Length));
        plain.AsSpan(length, padding).Fill((byte)padding);

        var cipher = ArrayPool<byte>.Shared.Rent(total);
        AesFor(key).EncryptCbc(plain.AsSpan(0, total), key.Vector, cipher, PaddingMode.None);
        var text = Convert.ToBase64String(cipher, 0, total);
        ArrayPool<byte>.Shared.Return(cipher);
        ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        return text;
    }

    private bool TryDecrypt(ReadOnlySpan<byte> cipher, Span<byte> plain, EncodingAesKey key, out byte[]? message)
    {
        message = null;
        var length = AesFor(key).DecryptCbc(cipher, key.Vector, plain, PaddingMode.None);
        var padding = plain[length - 1];
        if (padding is < 1 or > PaddingBlock) return false;
        if (plain[(length - padding)..length].ContainsAnyExcept(padding)) return false;

        var content = plain[..(length - padding)];
        if (content.Length < HeadLength + _appId.Length) return false;
        var size = BinaryPrimitives.ReadUInt32BigEndian(content[RandomLength..]);
        if (size != (uint)(content.Length - HeadLength - _appId.Length)) return false;
        if (!CryptographicOperations.FixedTimeEquals(content[^_appId.Length..], _appId)) return false;

        message = content[HeadLength..^_appId.Length].ToArray();
        return true;
    }

    // One Aes a thread: making one costs more than decrypting a message.
    private static Aes AesFor(EncodingAesKey key)
    {
        var aes = _aes ??= Aes.Create();
        if (ReferenceEquals(_aesKey, key)) return aes;
        aes.Key = key.Key;
        _aesKey = key;
        return aes;
    }
}
