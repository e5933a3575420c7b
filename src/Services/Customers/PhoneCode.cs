using System.Security.Cryptography;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>The six digits that prove that somebody reads a telephone's messages.</summary>
internal static class PhoneCode
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Wrong codes that one check survives: 5 of 1,000,000 and ten checks a day make guessing hopeless.</summary>
    public const int MaxTries = 5;

    public static string New() => RandomNumberGenerator.GetInt32(1_000_000).ToString("d6", null);

    /// <summary>Bound to its check and number, so that equal codes have unlike hashes.</summary>
    public static string Hash(DataKeys keys, string checkId, string phoneHash, string code) => keys.Hash($"{checkId}/{phoneHash}/{code}");

    public static bool Same(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
