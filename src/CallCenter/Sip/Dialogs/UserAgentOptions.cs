using Courier.Sip.Transactions;
using Courier.Sip.Transport;

namespace Courier.Sip.Dialogs;

/// <summary>What a user agent is made of.</summary>
public sealed record UserAgentOptions
{
    /// <summary>Sockets and limits.</summary>
    public required TransportOptions Transport { get; init; }

    /// <summary>The times of transactions.</summary>
    public TimerSettings Timers { get; init; } = TimerSettings.Default;

    /// <summary>The user part of our Contact.</summary>
    public string User { get; init; } = "courier";

    /// <summary>What we call ourselves in Server and User-Agent; no version, which would only help who looks for holes.</summary>
    public string Product { get; init; } = "Courier";

    /// <summary>How long a call may ring, either way.</summary>
    public TimeSpan RingLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The session interval that we ask for and grant at most (RFC 4028).</summary>
    public TimeSpan SessionInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The shortest session interval that we take; at least 90 s (RFC 4028 §5).</summary>
    public TimeSpan ShortestSession { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How many legs there may be; above it calls get 503.</summary>
    public int MostLegs { get; init; } = 5000;
}
