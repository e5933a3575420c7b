using System.Security.Cryptography;
using System.Text;

namespace Courier.Sip.Auth;

/// <summary>The hashes of digest authentication (RFC 7616 §3.3, RFC 8760 §2.1). Any other is unknown here.</summary>
public enum DigestAlgorithm
{
    /// <summary>MD5, which every phone knows.</summary>
    Md5,
    /// <summary>SHA-256.</summary>
    Sha256,
}

/// <summary>Names and values of the algorithms.</summary>
internal static class DigestAlgorithms
{
    public static string Token(this DigestAlgorithm algorithm) => algorithm switch { DigestAlgorithm.Md5 => "MD5", DigestAlgorithm.Sha256 => "SHA-256" };

    /// <summary>The algorithm of a name, and whether it is the variant that hashes the nonces into the secret; false for an unknown one.</summary>
    public static bool TryParse(string? token, out DigestAlgorithm algorithm, out bool isSession)
    {
        isSession = token?.EndsWith("-sess", StringComparison.OrdinalIgnoreCase) == true;
        var name = isSession ? token![..^5] : token ?? "MD5";
        algorithm = name.Equals("SHA-256", StringComparison.OrdinalIgnoreCase) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        return algorithm == DigestAlgorithm.Sha256 || name.Equals("MD5", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The hash of a text in small hexadecimal digits.</summary>
    public static string Hash(this DigestAlgorithm algorithm, string text)
    {
        Span<byte> hash = stackalloc byte[32];
        var bytes = Encoding.UTF8.GetBytes(text);
        // MD5 is what RFC 3261 prescribes and most phones have; SHA-256 is offered first.
        var length = algorithm switch
        {
            DigestAlgorithm.Md5 => MD5.HashData(bytes, hash),
            DigestAlgorithm.Sha256 => SHA256.HashData(bytes, hash),
        };
        return Convert.ToHexStringLower(hash[..length]);
    }
}
