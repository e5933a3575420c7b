using Courier.Sip.Messages;
using Courier.Sip.Transport;

namespace Courier.Sip.Registrar;

/// <summary>One place where an address can be reached.</summary>
/// <param name="Contact">what the phone calls the place</param>
/// <param name="Flow">the way that the registration came: calls go back over it, whatever the contact says (RFC 5626, RFC 3581)</param>
/// <param name="Ends">when it is over</param>
/// <param name="CallId">the registration's Call-ID</param>
/// <param name="CSeq">the registration's number</param>
/// <param name="Instance">the phone's own name (+sip.instance); null when it has none</param>
/// <param name="UserAgent">the phone's make, as it says; null when it does not</param>
public sealed record Binding(NameAddr Contact, Flow Flow, DateTimeOffset Ends, string CallId, uint CSeq, string? Instance, string? UserAgent);
