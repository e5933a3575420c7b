namespace Courier.Media.Rtp;

/// <summary>How long the authentication tag of SRTP is (RFC 4568 §6.2); that of SRTCP is always 80 bit.</summary>
internal enum SrtpSuite
{
    /// <summary>AES_CM_128_HMAC_SHA1_80.</summary>
    AesCm128HmacSha1Tag80,

    /// <summary>AES_CM_128_HMAC_SHA1_32.</summary>
    AesCm128HmacSha1Tag32,
}

/// <summary>A master key with its salt, for one direction. Its text does not show it.</summary>
internal sealed class SrtpKey : IEquatable<SrtpKey>
{
    /// <summary>Bytes of key and salt together (RFC 4568 §6.1).</summary>
    public const int Length = KeyLength + 14;

    private const int KeyLength = 16;
    private readonly byte[] _bytes;

    public SrtpKey(SrtpSuite suite, ReadOnlySpan<byte> keyAndSalt) => (Suite, _bytes) = (suite, keyAndSalt[..Length].ToArray());

    public SrtpSuite Suite { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public ReadOnlySpan<byte> Key => _bytes.AsSpan(0, KeyLength);

    public ReadOnlySpan<byte> Salt => _bytes.AsSpan(KeyLength);

    public bool Equals(SrtpKey? other) => other is not null && Suite == other.Suite && Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => Equals(obj as SrtpKey);

    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    public override string ToString() => Suite.ToString();
}
