using Courier.Sip.Messages;

namespace Courier.Sip.Transactions;

/// <summary>Requests that are made from an INVITE and go the same way.</summary>
internal static class DerivedRequests
{
    /// <summary>The ACK of a refusal: the INVITE's branch, URI, route and number, and To as the refusal has it (RFC 3261 §17.1.1.3).</summary>
    public static SipRequest AckOfRefusal(SipRequest invite, SipResponse refusal) => From(invite, SipMethod.Ack, refusal.To);

    /// <summary>The CANCEL of an INVITE: the same branch, URI, route, number and To (RFC 3261 §9.1).</summary>
    public static SipRequest Cancel(SipRequest invite) => From(invite, SipMethod.Cancel, invite.To);

    private static SipRequest From(SipRequest invite, SipMethod method, NameAddr to) => new()
    {
        Method = method, RequestUri = invite.RequestUri, From = invite.From, To = to, CallId = invite.CallId, CSeq = invite.CSeq with { Method = method },
        Vias = [invite.TopVia], Routes = [.. invite.Routes], MaxForwards = 70,
    };
}
