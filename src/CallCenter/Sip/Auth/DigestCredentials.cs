using System.Globalization;
using Courier.Sip.Messages;

namespace Courier.Sip.Auth;

/// <summary>The credentials of one request (RFC 7616 §3.4).</summary>
/// <param name="User">who it is</param>
/// <param name="Realm">the realm of the challenge</param>
/// <param name="Nonce">the nonce of the challenge</param>
/// <param name="Uri">the Request-URI, as the client wrote it</param>
/// <param name="Algorithm">the hash</param>
/// <param name="IsSession">whether the secret is hashed with the nonces (<c>-sess</c>)</param>
/// <param name="ClientNonce">the client's nonce; null without qop, as in RFC 2069</param>
/// <param name="Count">how often the nonce was used, from 1; 0 without qop</param>
/// <param name="Response">the hash over all of it</param>
/// <param name="Opaque">what the challenge asks to have back; null when nothing</param>
public sealed record DigestCredentials(
    string User, string Realm, string Nonce, string Uri, DigestAlgorithm Algorithm, bool IsSession, string? ClientNonce, uint Count, string Response, string? Opaque = null)
{
    /// <summary>Reads the value of Authorization or Proxy-Authorization; null for another scheme, an unknown hash or qop, or when something is missing or malformed.</summary>
    public static DigestCredentials? Parse(string value)
    {
        if (AuthFields.Digest(value) is not { } fields) return null;
        if (!DigestAlgorithms.TryParse(fields["algorithm"], out var algorithm, out var isSession)) return null;
        if (fields["username"] is not { } user || fields["realm"] is not { } realm || fields["nonce"] is not { } nonce
            || fields["uri"] is not { } uri || fields["response"] is not { } response) return null;
        if (fields["qop"] is not { } qop)
            return isSession ? null : new(user, realm, nonce, uri, algorithm, false, null, 0, response.ToLowerInvariant(), fields["opaque"]);
        if (!qop.Equals("auth", StringComparison.OrdinalIgnoreCase) || fields["cnonce"] is not { } clientNonce || fields["nc"] is not { Length: 8 } count) return null;
        if (!uint.TryParse(count, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var uses)) return null;
        return new(user, realm, nonce, uri, algorithm, isSession, clientNonce, uses, response.ToLowerInvariant(), fields["opaque"]);
    }

    /// <summary>What <see cref="Response"/> must be for a request of this method with this secret (RFC 7616 §3.4.1).</summary>
    public string Expected(SipMethod method, DigestSecret secret)
    {
        var first = secret.With(Algorithm);
        if (IsSession) first = Algorithm.Hash($"{first}:{Nonce}:{ClientNonce}");
        var second = Algorithm.Hash($"{method}:{Uri}");
        return Algorithm.Hash(ClientNonce is null ? $"{first}:{Nonce}:{second}" : $"{first}:{Nonce}:{Count:x8}:{ClientNonce}:auth:{second}");
    }

    /// <summary>The header's value. What RFC 3261 §25.1 has without quotes is written so: some servers refuse them there.</summary>
    public override string ToString()
    {
        var text = $"Digest username={SipText.Quote(User)}, realm={SipText.Quote(Realm)}, nonce={SipText.Quote(Nonce)}, uri={SipText.Quote(Uri)}, "
            + $"response=\"{Response}\", algorithm={Algorithm.Token()}{(IsSession ? "-sess" : "")}";
        if (ClientNonce is not null) text += $", qop=auth, cnonce={SipText.Quote(ClientNonce)}, nc={Count:x8}";
        return Opaque is null ? text : $"{text}, opaque={SipText.Quote(Opaque)}";
    }
}
