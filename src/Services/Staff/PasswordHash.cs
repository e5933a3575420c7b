using System.Globalization;
using System.Security.Cryptography;

namespace Courier.Services.Staff;

/// <summary>
/// A password as it is stored: <c>v1$iterations$salt$key</c>, PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), a random salt an account.
/// The iterations are those that OWASP's password storage page asks for; a stored hash with fewer is renewed at the next sign-in.
/// </summary>
internal static class PasswordHash
{
    public const int Iterations = 600_000;

    private const int SaltSize = 16, KeySize = 32;

    /// <summary>Compared with when there is no such account, so that the answer takes as long.</summary>
    private static readonly string Nobody = $"v1${Iterations}${Convert.ToBase64String(new byte[SaltSize])}${Convert.ToBase64String(new byte[KeySize])}";

    public static string Of(string password, int iterations = Iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return string.Create(CultureInfo.InvariantCulture, $"v1${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, iterations))}");
    }

    /// <summary>Is it the password? A null hash takes the same time and is never it.</summary>
    public static bool Verify(string? stored, string password)
    {
        var (iterations, salt, key) = Parse(stored ?? Nobody);
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), key) & stored is not null;
    }

    public static bool IsOutdated(string stored) => Parse(stored).Iterations < Iterations;

    private static (int Iterations, byte[] Salt, byte[] Key) Parse(string stored) =>
        stored.Split('$') is ["v1", var iterations, var salt, var key]
            ? (int.Parse(iterations, CultureInfo.InvariantCulture), Convert.FromBase64String(salt), Convert.FromBase64String(key))
            : throw new FormatException("a stored password hash has an unknown form");

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, KeySize);
}
