using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Courier.Media.Rtp;

/// <summary>What SRTP does with the session keys of one half, data or control: AES-128 in counter mode and HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1).</summary>
internal sealed class SrtpCipher : IDisposable
{
    private const int Block = 16, MostBlocks = 128;

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly IncrementalHash _hmac;
    private readonly byte[] _salt;
    private readonly byte[] _counters = new byte[MostBlocks * Block];
    private readonly byte[] _stream = new byte[MostBlocks * Block];
    private readonly byte[] _digest = new byte[20];

    public SrtpCipher(byte[] key, byte[] authentication, byte[] salt)
    {
        _aes = Ecb(key);
        _encryptor = _aes.CreateEncryptor();
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, authentication);
        _salt = salt;
    }

    /// <summary>With the keys that are derived from a master key.</summary>
    public static SrtpCipher Of(SrtpKey key, byte firstLabel)
    {
        var (cipher, authentication, salt) = Derive(key, firstLabel);
        return new SrtpCipher(cipher, authentication, salt);
    }

    /// <summary>RFC 3711 §4.3.1 with a rate of 0: labels 0 to 2 for data, 3 to 5 for control.</summary>
    public static (byte[] Cipher, byte[] Authentication, byte[] Salt) Derive(SrtpKey key, byte firstLabel)
    {
        using var master = Ecb(key.Key.ToArray());
        return (Derive(master, key.Salt, firstLabel, 16), Derive(master, key.Salt, (byte)(firstLabel + 1), 20), Derive(master, key.Salt, (byte)(firstLabel + 2), 14));
    }

    /// <summary>Encrypts or decrypts in place. IV = salt·2^16 ⊕ ssrc·2^64 ⊕ index·2^16; the low 16 bits count blocks.</summary>
    public void Crypt(Span<byte> bytes, uint ssrc, ulong index)
    {
        var blocks = (bytes.Length + Block - 1) / Block;
        if (blocks == 0 || blocks > MostBlocks) return;
        Span<byte> first = stackalloc byte[Block];
        _salt.CopyTo(first);
        first[14..].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(first[4..], BinaryPrimitives.ReadUInt32BigEndian(first[4..]) ^ ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(first[8..], BinaryPrimitives.ReadUInt64BigEndian(first[8..]) ^ (index << 16));
        for (var i = 0; i < blocks; i++)
        {
            var counter = _counters.AsSpan(i * Block, Block);
            first.CopyTo(counter);
            BinaryPrimitives.WriteUInt16BigEndian(counter[14..], (ushort)i);
        }
        _encryptor.TransformBlock(_counters, 0, blocks * Block, _stream, 0);
        for (var i = 0; i < bytes.Length; i++) bytes[i] ^= _stream[i];
    }

    /// <summary>Writes the tag of bytes, for data with the round of their number.</summary>
    public void Sign(ReadOnlySpan<byte> bytes, uint? rollover, Span<byte> tag)
    {
        Digest(bytes, rollover);
        _digest.AsSpan(0, tag.Length).CopyTo(tag);
    }

    /// <summary>Whether a tag is right.</summary>
    public bool IsSigned(ReadOnlySpan<byte> bytes, uint? rollover, ReadOnlySpan<byte> tag)
    {
        Digest(bytes, rollover);
        return CryptographicOperations.FixedTimeEquals(_digest.AsSpan(0, tag.Length), tag);
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        _hmac.Dispose();
    }

    private void Digest(ReadOnlySpan<byte> bytes, uint? rollover)
    {
        _hmac.AppendData(bytes);
        if (rollover is { } number)
        {
            Span<byte> word = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(word, number);
            _hmac.AppendData(word);
        }
        _hmac.GetHashAndReset(_digest);
    }

    private static Aes Ecb(byte[] key)
    {
        var aes = Aes.Create();
        (aes.Mode, aes.Padding, aes.Key) = (CipherMode.ECB, PaddingMode.None, key);
        return aes;
    }

    // The label is added seven bytes from the right of the salt; two blocks are enough for the longest key.
    private static byte[] Derive(Aes master, ReadOnlySpan<byte> salt, byte label, int length)
    {
        Span<byte> input = stackalloc byte[2 * Block];
        input.Clear();
        salt.CopyTo(input);
        input[7] ^= label;
        input[..Block].CopyTo(input[Block..]);
        input[2 * Block - 1] = 1;
        return master.EncryptEcb(input, PaddingMode.None)[..length];
    }
}
