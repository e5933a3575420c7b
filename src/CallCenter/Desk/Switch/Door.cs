using System.Diagnostics.Metrics;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Trunks;
using Courier.Kernel;
using Courier.Sip.Auth;
using Courier.Sip.Dialogs;
using Courier.Sip.Messages;
using Courier.Sip.Registrar;
using Courier.Sip.Transactions;

namespace Courier.CallCenter.Switch;

/// <summary>
/// Who may call, and whom. A From of our own is challenged wherever it comes from, and may call as its owner may. A trunk, known by its
/// address or by digest, reaches nothing but hotlines. A stranger is challenged, and learns nothing from that.
/// </summary>
internal sealed class Door(
    Exchange exchange, PhoneBook phones, TrunkAddresses addresses, TrunkBoard trunks, Calls calls, CallGround ground, InboundProgram program, PhoneCalls phoneCalls, CallCenterOptions options,
    TimeProvider clock) : IUserAgentHandler
{
    private static readonly Counter<long> Refused = CourierMetrics.Meter.CreateCounter<long>("courier_calls_refused_total", description: "Calls that were refused at the door, by reason");

    private RegistrationDoor? _registrations;

    /// <summary>Somebody calls.</summary>
    public ILegHandler Invited(IncomingLeg leg)
    {
        if (leg.HopsLeft is null) return Refuse(leg, 483, "hops");
        if (IsOurs(leg.Request.From.Uri)) return TakePhone(leg);
        if (addresses.Of(leg.CameBy.Remote.Address) is { } trunk) return TakeTrunk(leg, trunk);
        return TakeStranger(leg);
    }

    /// <summary>A telephone registers.</summary>
    public void Requested(Incoming request)
    {
        if (!exchange.IsOwn(request.Request.To.Uri.Host)) request.Respond(request.Request.Answer(404));
        else (_registrations ??= new RegistrationDoor(exchange.Digest, exchange.Registrar, exchange.Agent.Transport.Limits, phones.SecretOf)).Take(request);
    }

    // Everybody of our domain, and telephones that call themselves by our address instead.
    private bool IsOurs(SipUri from) => from.Host.Equals(options.Sip.Domain, StringComparison.OrdinalIgnoreCase)
        || (exchange.IsOwn(from.Host) && from.User is { } user && user.Any(char.IsAsciiLetter) && PhoneUser.TryParse(user, null, out var phone) && phones.Knows(phone));

    private ILegHandler TakePhone(IncomingLeg leg)
    {
        switch (exchange.Digest.Check(leg.Request, phones.SecretOf))
        {
            case DigestVerdict.Challenged challenged:
                return Challenge(leg, challenged);
            case DigestVerdict.Granted { User: var name }:
                exchange.Agent.Transport.Limits.Succeeded(leg.CameBy.Remote.Address);
                if (name != leg.Request.From.Uri.User || !PhoneUser.TryParse(name, null, out var user)) return Refuse(leg, 403, "other_from");
                return phoneCalls.Take(leg, user);
            default:
                throw new InvalidOperationException("a verdict of a kind that is not known here");
        }
    }

    private ILegHandler TakeStranger(IncomingLeg leg)
    {
        switch (exchange.Digest.Check(leg.Request, SecretOfTrunk))
        {
            case DigestVerdict.Challenged challenged:
                return Challenge(leg, challenged);
            case DigestVerdict.Granted { User: var name }:
                exchange.Agent.Transport.Limits.Succeeded(leg.CameBy.Remote.Address);
                return TakeTrunk(leg, options.Trunks.First(t => t.Inbound && t.Username == name));
            default:
                throw new InvalidOperationException("a verdict of a kind that is not known here");
        }
    }

    private ILegHandler TakeTrunk(IncomingLeg leg, TrunkOptions trunk)
    {
        var number = leg.Request.RequestUri.User ?? "";
        if (options.Hotlines.FirstOrDefault(h => h.Number == number) is not { } hotline) return Refuse(leg, 404, "no_hotline");
        if (!calls.HasPlace) return Refuse(leg, 503, "full");
        if (!trunks.TryTake(trunk)) return Refuse(leg, 503, "trunk_full");
        var caller = Caller(leg.Request);
        var facts = new CallFacts(Ids.New(clock), caller, Phone.TryParse(caller, out var phone) ? phone : null, number, hotline.Number, hotline.Flow, clock.GetUtcNow());
        var party = Begin(leg, facts, new PartyName(PartyRole.Caller, caller, null, trunk.Name), trunk.Name);
        _ = party.WhenEnded.ContinueWith(_ => trunks.Release(trunk), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return party;
    }

    /// <summary>A call to a hotline begins: it is answered at once.</summary>
    private Party Begin(IncomingLeg leg, CallFacts facts, PartyName name, string trunk)
    {
        var call = new Call(ground, facts, CallDirection.Inbound, trunk);
        var party = new Party(call, exchange, name, Ids.New(clock), clock.GetUtcNow());
        party.Take(leg);
        call.Begin();
        call.Post(c =>
        {
            c.Add(party);
            c.Serve(party);
            c.WhenAnswered(party, program.Start);
        });
        party.Accept();
        return party;
    }

    private Outsider Challenge(IncomingLeg leg, DigestVerdict.Challenged challenged)
    {
        if (challenged.IsFailure) exchange.Agent.Transport.Limits.Failed(leg.CameBy.Remote.Address);
        leg.Reject(DigestServer.Answer(leg.Request, challenged, leg.LocalTag));
        return Outsider.Nobody;
    }

    private static Outsider Refuse(IncomingLeg leg, int status, string reason)
    {
        Refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        leg.Reject(status);
        return Outsider.Nobody;
    }

    private DigestSecret? SecretOfTrunk(string user) =>
        options.Trunks.FirstOrDefault(t => t.Inbound && t.Username == user && user.Length > 0) is { } trunk ? DigestSecret.Of(user, options.Sip.Domain, trunk.Password) : null;

    // What the network asserts counts more than what the caller says, on a trunk (RFC 3325 §9.1).
    private static string Caller(SipRequest invite)
    {
        var asserted = invite.Headers["P-Asserted-Identity"] is { } header && NameAddr.TryParse(header, out var identity) ? identity.Uri.User : null;
        var user = asserted ?? invite.From.Uri.User ?? "";
        return user.Length > 40 || user.Equals("anonymous", StringComparison.OrdinalIgnoreCase) ? "" : user;
    }
}
