using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Services;

/// <summary>The secret part of a link: 192 random bits, base64url, 32 characters; stored as its SHA-256.</summary>
internal static class ShareToken
{
    private const int Bytes = 24, Characters = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool LooksRight(string? token) => token is { Length: Characters } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
