using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Client.Crypto;

/// <summary>
/// The signatures of callbacks: SHA-1 in lower hex over the parts, sorted ordinally and joined
/// (接入概述 for the URL check and plain pushes, 消息加解密 for <c>msg_signature</c>).
/// </summary>
public static class CallbackSignature
{
    private const int HexLength = 2 * SHA1.HashSizeInBytes;

    /// <summary>The three-part signature of the URL check and of plain pushes. It does not cover the body.</summary>
    public static string OfQuery(string token, string timestamp, string nonce) => Compute([token, timestamp, nonce]);

    /// <summary>The four-part <c>msg_signature</c>, which covers the encrypted body.</summary>
    public static string OfMessage(string token, string timestamp, string nonce, string encrypt) =>
        Compute([token, timestamp, nonce, encrypt]);

    /// <summary>Whether the three-part signature is right; compared in constant time, a missing part is a wrong one.</summary>
    public static bool IsValidQuery(string token, string? timestamp, string? nonce, string? signature) =>
        timestamp is not null && nonce is not null && Matches(signature, [token, timestamp, nonce]);

    /// <summary>Whether <c>msg_signature</c> is right; compared in constant time, a missing part is a wrong one.</summary>
    public static bool IsValidMessage(string token, string? timestamp, string? nonce, string encrypt, string? signature) =>
        timestamp is not null && nonce is not null && Matches(signature, [token, timestamp, nonce, encrypt]);

    private static string Compute(Span<string> parts)
    {
        Span<byte> hex = stackalloc byte[HexLength];
        Compute(parts, hex);
        return Encoding.ASCII.GetString(hex);
    }

    private static bool Matches(string? given, Span<string> parts)
    {
        if (given is not { Length: HexLength }) return false;
        Span<byte> expected = stackalloc byte[HexLength], actual = stackalloc byte[HexLength];
        Compute(parts, expected);
        return Encoding.UTF8.TryGetBytes(given, actual, out var written)
            && written == HexLength
            && CryptographicOperations.FixedTimeEquals(expected, actual);
    }

    private static void Compute(Span<string> parts, Span<byte> hex)
    {
        parts.Sort(StringComparer.Ordinal);
        var size = 0;
        foreach (var part in parts) size += Encoding.UTF8.GetMaxByteCount(part.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var length = 0;
        foreach (var part in parts) length += Encoding.UTF8.GetBytes(part, buffer.AsSpan(length));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(buffer.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(buffer);
        Convert.TryToHexStringLower(hash, hex, out _);
    }
}
