using Courier.Sip.Auth;
using Courier.Sip.Messages;
using Courier.Sip.Transport;

namespace Courier.Sip.Dialogs;

/// <summary>A call to be made.</summary>
public sealed record Dialing
{
    /// <summary>Whom to call: the Request-URI.</summary>
    public required SipUri Target { get; init; }

    /// <summary>Who calls.</summary>
    public required NameAddr From { get; init; }

    /// <summary>Whom the caller meant; null when it is the target.</summary>
    public NameAddr? To { get; init; }

    /// <summary>The way to take: that of a registered phone. Null to go to <see cref="Proxy"/> or the target.</summary>
    public Flow? Flow { get; init; }

    /// <summary>Where to send the INVITE in the place of the target; null for the target itself.</summary>
    public SipUri? Proxy { get; init; }

    /// <summary>Our offer; empty to have the other end offer.</summary>
    public ReadOnlyMemory<byte> Description { get; init; }

    /// <summary>Answers challenges; null when there is nothing to answer with.</summary>
    public DigestClient? Credentials { get; init; }

    /// <summary>How long it may ring; null for the usual time.</summary>
    public TimeSpan? RingLimit { get; init; }

    /// <summary>How long the other end may say nothing at all before it counts as not there; null to wait as long as the INVITE is repeated (RFC 3261 §17.1.1.2).</summary>
    public TimeSpan? SilenceLimit { get; init; }

    /// <summary>How many hops the call may go: fewer than the call had that it is made for, so that loops end.</summary>
    public int MaxForwards { get; init; } = 70;

    /// <summary>Further headers, such as P-Asserted-Identity or Replaces.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];
}
