using System.Security.Cryptography;
using Courier.Sip.Auth;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;

namespace Courier.Sip.Registrar;

/// <summary>Lets phones register that prove who they are, each for its own address only (RFC 3261 §10.3, steps 3 and 4). Failures count against where they come from.</summary>
/// <param name="digest">checks credentials</param>
/// <param name="registrar">keeps the addresses</param>
/// <param name="limits">what each source may ask for</param>
/// <param name="secretOf">the secret of a user; null for an unknown one</param>
public sealed class RegistrationDoor(DigestServer digest, SipRegistrar registrar, SourceLimits limits, Func<string, DigestSecret?> secretOf)
{
    /// <summary>Answers a REGISTER: 401 until it is proven, 403 for somebody else's address, else as the registrar says.</summary>
    public void Take(Incoming incoming)
    {
        var request = incoming.Request;
        var source = incoming.Flow.Remote.Address;
        var tag = RandomNumberGenerator.GetHexString(16, lowercase: true);
        switch (digest.Check(request, secretOf))
        {
            case DigestVerdict.Challenged challenged:
                if (challenged.IsFailure) limits.Failed(source);
                incoming.Respond(DigestServer.Answer(request, challenged, tag));
                break;
            case DigestVerdict.Granted { User: var user }:
                limits.Succeeded(source);
                incoming.Respond(user == request.To.Uri.User ? registrar.Answer(request, incoming.Flow, tag) : request.Answer(403, tag));
                break;
            default:
                throw new InvalidOperationException("a verdict of a kind that is not known here");
        }
    }
}
