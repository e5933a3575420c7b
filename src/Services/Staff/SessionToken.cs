using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Services.Staff;

/// <summary>What the browser holds: 256 random bits. Only their hash is stored, so that a stolen table opens no session.</summary>
internal static class SessionToken
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
