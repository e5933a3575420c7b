using System.Security.Cryptography;
using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>Makes the codes that open cells: digits, each as likely as the other.</summary>
/// <param name="options">How many digits.</param>
/// <param name="chance">Where randomness comes from.</param>
public sealed class OpenCodes(NetworkOptions options, RandomNumberGenerator chance)
{
    /// <summary>A code that none of the locker's cells has now.</summary>
    /// <exception cref="InvalidOperationException">So many codes hold that no free one was found.</exception>
    internal async Task<string> New(Tx tx, DataKeys keys, LockerCode locker, CancellationToken ct)
    {
        const int Attempts = 50;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var code = Digits();
            if (await tx.First<string>("select locker_code from network_cells where locker_code = @locker and code_hash = @hash", new { locker, hash = Hash(keys, locker, code) }, ct)
                .ConfigureAwait(false) is null) return code;
        }
        throw new InvalidOperationException("no open code is free");
    }

    /// <summary>Bound to its locker, so that equal codes of two lockers have unlike hashes.</summary>
    internal static string Hash(DataKeys keys, LockerCode locker, string code) => keys.Hash($"cell/{locker}/{code}");

    private string Digits() => string.Create(options.OpenCodeDigits, this, static (digits, self) =>
    {
        for (var i = 0; i < digits.Length; i++) digits[i] = (char)('0' + self.Digit());
    });

    // 250 is the greatest multiple of ten that a byte holds: what lies above would make small digits likelier.
    private int Digit()
    {
        Span<byte> one = stackalloc byte[1];
        do chance.GetBytes(one);
        while (one[0] >= 250);
        return one[0] % 10;
    }
}
