using Courier.Sip.Messages;

namespace Courier.Sip.Auth;

/// <summary>What a server asks credentials for (RFC 7616 §3.3).</summary>
/// <param name="Realm">whose users are asked for</param>
/// <param name="Nonce">what has to be hashed in</param>
/// <param name="Algorithm">the hash</param>
/// <param name="IsSession">whether the secret is hashed with the nonces (<c>-sess</c>)</param>
/// <param name="HasQop">whether <c>qop=auth</c> is offered; otherwise it is RFC 2069</param>
/// <param name="IsStale">whether only the nonce was too old, so that the same password is right</param>
/// <param name="Opaque">what the server wants back; null when nothing</param>
public sealed record DigestChallenge(string Realm, string Nonce, DigestAlgorithm Algorithm, bool IsSession = false, bool HasQop = true, bool IsStale = false, string? Opaque = null)
{
    /// <summary>Reads the value of WWW-Authenticate or Proxy-Authenticate; null for another scheme, an unknown hash or qop, or when something is missing or malformed.</summary>
    public static DigestChallenge? Parse(string value)
    {
        if (AuthFields.Digest(value) is not { } fields || fields["realm"] is not { } realm || fields["nonce"] is not { } nonce) return null;
        if (!DigestAlgorithms.TryParse(fields["algorithm"], out var algorithm, out var isSession)) return null;
        var qop = fields["qop"]?.Split(',', StringSplitOptions.TrimEntries);
        if (qop is null ? isSession : !qop.Contains("auth", StringComparer.OrdinalIgnoreCase)) return null;
        return new(realm, nonce, algorithm, isSession, qop is not null, "true".Equals(fields["stale"], StringComparison.OrdinalIgnoreCase), fields["opaque"]);
    }

    /// <summary>The header's value.</summary>
    public override string ToString() =>
        $"Digest realm={SipText.Quote(Realm)}, nonce={SipText.Quote(Nonce)}, algorithm={Algorithm.Token()}{(IsSession ? "-sess" : "")}"
        + (HasQop ? ", qop=\"auth\"" : "") + (IsStale ? ", stale=true" : "") + (Opaque is null ? "" : $", opaque={SipText.Quote(Opaque)}");
}
