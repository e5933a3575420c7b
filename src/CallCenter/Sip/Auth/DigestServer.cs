using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Courier.Sip.Messages;

namespace Courier.Sip.Auth;

/// <summary>What came of checking credentials.</summary>
public abstract record DigestVerdict
{
    private DigestVerdict() { }

    /// <summary>The request is this user's.</summary>
    public sealed record Granted(string User) : DigestVerdict;

    /// <summary>The request has to be sent again with (other) credentials.</summary>
    /// <param name="Challenges">the values of WWW-Authenticate or Proxy-Authenticate, in this order</param>
    /// <param name="IsFailure">whether there were credentials and they were wrong, which counts against the sender</param>
    public sealed record Challenged(IReadOnlyList<DigestChallenge> Challenges, bool IsFailure) : DigestVerdict;
}

/// <summary>
/// Checks the credentials of requests (RFC 3261 §22.4, RFC 7616 §3.4.6). A nonce carries its own time and signature, so that
/// nothing is kept for those who never come back; of those who do, the last count of each nonce is, until it is too old.
/// </summary>
public sealed class DigestServer
{
    private const int SignatureLength = 16;
    private const int MostNonces = 100_000;

    private readonly Lock _gate = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, (uint Count, long Ends)> _counts = [];
    private readonly string _realm;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<DigestAlgorithm> _algorithms;

    /// <summary>A server for one realm.</summary>
    /// <param name="realm">whose users are asked for</param>
    /// <param name="lifetime">how long a nonce is good</param>
    /// <param name="clock">the time</param>
    /// <param name="algorithms">the hashes that are offered, the preferred one first (RFC 8760 §2.3). Programs older than that, SIPp and baresip 1.0 among them, stop at a first one that they do not know: for them MD5 alone</param>
    public DigestServer(string realm, TimeSpan lifetime, TimeProvider clock, IReadOnlyList<DigestAlgorithm> algorithms)
    {
        _algorithms = algorithms;
        _realm = realm;
        _lifetime = lifetime;
        _clock = clock;
    }

    /// <summary>Checks a request.</summary>
    /// <param name="request">the request</param>
    /// <param name="secretOf">the secret of a user; null for an unknown one, for whom the same is computed and answered as for a wrong password</param>
    /// <param name="byProxy">whether the credentials are those for a proxy (407) instead of a user agent (401)</param>
    public DigestVerdict Check(SipRequest request, Func<string, DigestSecret?> secretOf, bool byProxy = false)
    {
        var header = byProxy ? HeaderNames.ProxyAuthorization : HeaderNames.Authorization;
        var credentials = request.Headers.All(header).Select(DigestCredentials.Parse).FirstOrDefault(c => c?.Realm == _realm);
        if (credentials is null || !_algorithms.Contains(credentials.Algorithm)) return new DigestVerdict.Challenged(Challenges(isStale: false), IsFailure: false);

        var secret = secretOf(credentials.User);
        var expected = credentials.Expected(request.Method, secret ?? Nobody);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(credentials.Response));
        // A URI other than the request's means that the credentials were made for another request (RFC 7616 §3.4.6).
        if (secret is null || !isRight || !IsFor(credentials.Uri, request)) return new DigestVerdict.Challenged(Challenges(isStale: false), IsFailure: true);
        return TryUse(credentials) ? new DigestVerdict.Granted(credentials.User) : new DigestVerdict.Challenged(Challenges(isStale: true), IsFailure: false);
    }

    /// <summary>The response that asks for credentials: 401, or 407 of a proxy.</summary>
    public static SipResponse Answer(SipRequest request, DigestVerdict.Challenged verdict, string toTag, bool byProxy = false)
    {
        var response = request.Answer(byProxy ? 407 : 401, toTag);
        foreach (var challenge in verdict.Challenges)
            response.Headers.Add(byProxy ? HeaderNames.ProxyAuthenticate : HeaderNames.WwwAuthenticate, challenge.ToString());
        return response;
    }

    private static DigestSecret Nobody { get; } = DigestSecret.Of("", "", RandomNumberGenerator.GetHexString(32));

    // The order is the preference (RFC 8760 §2.3).
    private DigestChallenge[] Challenges(bool isStale)
    {
        var nonce = NewNonce();
        return [.. _algorithms.Select(algorithm => new DigestChallenge(_realm, nonce, algorithm, IsStale: isStale))];
    }

    private static bool IsFor(string uri, SipRequest request) =>
        uri == request.RequestUri.ToString()
        // Phones leave port or parameters out; the host has to be the same all the same.
        || (SipUri.TryParse(uri, out var said) && said.User == request.RequestUri.User && said.Host.Equals(request.RequestUri.Host, StringComparison.OrdinalIgnoreCase));

    private string NewNonce()
    {
        Span<byte> nonce = stackalloc byte[16 + SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, _clock.GetUtcNow().UtcTicks);
        RandomNumberGenerator.Fill(nonce[8..16]);
        Sign(nonce[..16], nonce[16..]);
        return Base64Url.EncodeToString(nonce);
    }

    private void Sign(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        Span<byte> whole = stackalloc byte[32];
        HMACSHA256.HashData(_key, text, whole);
        whole[..SignatureLength].CopyTo(signature);
    }

    /// <summary>Whether the nonce is ours, young, and its count higher than any before: the same credentials do not work twice.</summary>
    private bool TryUse(DigestCredentials credentials)
    {
        Span<byte> nonce = stackalloc byte[16 + SignatureLength + 1];
        Span<byte> signature = stackalloc byte[SignatureLength];
        if (!Base64Url.TryDecodeFromChars(credentials.Nonce, nonce, out var length) || length != 16 + SignatureLength) return false;
        Sign(nonce[..16], signature);
        if (!CryptographicOperations.FixedTimeEquals(signature, nonce[16..length])) return false;
        var ends = BinaryPrimitives.ReadInt64BigEndian(nonce) + _lifetime.Ticks;
        return ends > _clock.GetUtcNow().UtcTicks && TryCount(credentials, ends);
    }

    private bool TryCount(DigestCredentials credentials, long ends)
    {
        lock (_gate)
        {
            if (_counts.Count >= MostNonces) Forget();
            // Without qop there is no count: such a nonce works once.
            var last = _counts.TryGetValue(credentials.Nonce, out var used) ? used.Count : 0;
            if (credentials.ClientNonce is null ? last > 0 : credentials.Count <= last) return false;
            _counts[credentials.Nonce] = (Math.Max(1, credentials.Count), ends);
            return true;
        }
    }

    private void Forget()
    {
        var now = _clock.GetUtcNow().UtcTicks;
        foreach (var (nonce, (_, ends)) in _counts)
            if (ends <= now) _counts.Remove(nonce);
        // Were they all young, every one would have to be asked for anew: safe, and only under a flood that has the password.
        if (_counts.Count >= MostNonces)
        {
            _counts.Clear();
            RandomNumberGenerator.Fill(_key);
        }
    }
}
