using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Courier.Wechat.Client;

/// <summary>Fills a span with random bytes. The product hands in <see cref="Randomness.Secure"/>; a test hands in a known sequence.</summary>
/// <param name="bytes">The bytes to overwrite, all of them.</param>
public delegate void FillRandom(Span<byte> bytes);

/// <summary>Where random bytes come from, and what is derived from them.</summary>
public static class Randomness
{
    private const string NonceLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>The operating system's cryptographic random numbers.</summary>
    public static FillRandom Secure { get; } = RandomNumberGenerator.Fill;

    /// <summary>A random text of letters and digits, as WeChat's nonces are.</summary>
    /// <param name="random">Where the bytes come from.</param>
    /// <param name="length">Characters wanted, 1 to 64.</param>
    public static string Nonce(FillRandom random, int length = 16)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNotEqual(length is >= 1 and <= 64, true);
        Span<byte> bytes = stackalloc byte[length];
        random(bytes);
        Span<char> text = stackalloc char[length];
        for (var i = 0; i < length; i++) text[i] = NonceLetters[bytes[i] % NonceLetters.Length];
        return new string(text);
    }

    /// <summary>A number in [0, 1), for jitter.</summary>
    internal static double Fraction(FillRandom random)
    {
        Span<byte> bytes = stackalloc byte[4];
        random(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) / (uint.MaxValue + 1.0);
    }
}
