using Courier.Media.Rtp;

namespace Courier.Media.Sdp;

/// <summary>An a=crypto attribute that we can use (RFC 4568 §9.2).</summary>
/// <param name="Tag">Which of the offered ones it is.</param>
/// <param name="Key">Suite, key and salt.</param>
internal sealed record CryptoLine(int Tag, SrtpKey Key)
{
    /// <summary>
    /// Reads the value of the attribute; null for suites, parameters and keys that we do not speak, which RFC 4568 §5.1.2 lets us pass over:
    /// master key identifiers, more than one key, parameters of the session.
    /// </summary>
    public static CryptoLine? Read(string value)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || !int.TryParse(parts[0], out var tag) || tag < 0) return null;
        if (parts.Skip(3).Any(p => !p.StartsWith("WSH=", StringComparison.Ordinal))) return null;
        if (Suites.FirstOrDefault(s => s.Name == parts[1]) is not { Name: not null } suite || !parts[2].StartsWith("inline:", StringComparison.Ordinal)) return null;
        var inline = parts[2]["inline:".Length..].Split('|');
        if (parts[2].Contains(';') || inline.Skip(1).Any(p => p.Contains(':'))) return null;
        var bytes = new byte[SrtpKey.Length + 3];
        return Convert.TryFromBase64String(inline[0], bytes, out var length) && length == SrtpKey.Length
            ? new CryptoLine(tag, new SrtpKey(suite.Suite, bytes.AsSpan(0, length)))
            : null;
    }

    /// <summary>The value of the attribute.</summary>
    public override string ToString() => $"{Tag} {Suites.First(s => s.Suite == Key.Suite).Name} inline:{Convert.ToBase64String(Key.Bytes)}";

    private static readonly (string Name, SrtpSuite Suite)[] Suites =
        [("AES_CM_128_HMAC_SHA1_80", SrtpSuite.AesCm128HmacSha1Tag80), ("AES_CM_128_HMAC_SHA1_32", SrtpSuite.AesCm128HmacSha1Tag32)];
}
