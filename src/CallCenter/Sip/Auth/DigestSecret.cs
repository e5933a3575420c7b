namespace Courier.Sip.Auth;

/// <summary>What a server keeps of a password: H(user:realm:password) in both hashes (RFC 7616 §3.4.2), from which it cannot be read back but which must be kept like one.</summary>
/// <param name="Md5">with MD5, 32 hexadecimal digits</param>
/// <param name="Sha256">with SHA-256, 64 hexadecimal digits</param>
public sealed record DigestSecret(string Md5, string Sha256)
{
    /// <summary>The secret of a user's password in a realm.</summary>
    public static DigestSecret Of(string user, string realm, string password)
    {
        var text = $"{user}:{realm}:{password}";
        return new DigestSecret(DigestAlgorithm.Md5.Hash(text), DigestAlgorithm.Sha256.Hash(text));
    }

    internal string With(DigestAlgorithm algorithm) => algorithm switch { DigestAlgorithm.Md5 => Md5, DigestAlgorithm.Sha256 => Sha256 };

    /// <summary>Says nothing, so that no log does.</summary>
    public override string ToString() => "(secret)";
}
