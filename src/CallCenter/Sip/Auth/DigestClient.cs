using System.Security.Cryptography;
using Courier.Sip.Messages;

namespace Courier.Sip.Auth;

/// <summary>Answers the challenges of one server for one user (RFC 3261 §22.2, RFC 7616 §3.4). Counts how often each nonce is used.</summary>
/// <param name="user">the user name that the server knows</param>
/// <param name="password">the password</param>
public sealed class DigestClient(string user, string password)
{
    private readonly Lock _gate = new();
    private string _countedNonce = "";
    private uint _count;

    /// <summary>
    /// Puts the credentials that a 401 or 407 asks for into the request that is to be sent again; the caller gives it the next CSeq.
    /// False when they would not help: the hash is unknown, or credentials for that realm were there and the nonce was not merely too old.
    /// </summary>
    public bool TryAnswer(SipResponse challenge, SipRequest request)
    {
        var (asking, answering) = challenge.Status == 407
            ? (HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization) : (HeaderNames.WwwAuthenticate, HeaderNames.Authorization);
        // The server's order is its preference; the first that is known here is taken (RFC 8760 §2.4).
        if (challenge.Headers.All(asking).Select(DigestChallenge.Parse).FirstOrDefault(c => c is not null) is not { } chosen) return false;
        var before = request.Headers.All(answering).Select(DigestCredentials.Parse).FirstOrDefault(c => c?.Realm == chosen.Realm);
        if (before is not null && !chosen.IsStale) return false;
        request.Headers.Remove(answering);
        request.Headers.Add(answering, Credentials(chosen, request.Method, request.RequestUri, RandomNumberGenerator.GetHexString(16, lowercase: true)).ToString());
        return true;
    }

    /// <summary>The credentials for a request.</summary>
    /// <param name="challenge">what the server asks</param>
    /// <param name="method">the request's method</param>
    /// <param name="uri">the request's URI</param>
    /// <param name="clientNonce">fresh randomness</param>
    public DigestCredentials Credentials(DigestChallenge challenge, SipMethod method, SipUri uri, string clientNonce)
    {
        var unsigned = new DigestCredentials(user, challenge.Realm, challenge.Nonce, uri.ToString(), challenge.Algorithm, challenge.IsSession,
            challenge.HasQop ? clientNonce : null, challenge.HasQop ? NextCount(challenge.Nonce) : 0, "", challenge.Opaque);
        return unsigned with { Response = unsigned.Expected(method, DigestSecret.Of(user, challenge.Realm, password)) };
    }

    private uint NextCount(string nonce)
    {
        lock (_gate)
        {
            _count = nonce == _countedNonce ? _count + 1 : 1;
            _countedNonce = nonce;
            return _count;
        }
    }
}
