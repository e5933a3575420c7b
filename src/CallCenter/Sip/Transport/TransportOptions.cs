using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Courier.Sip.Transport;

/// <summary>Where messages are taken, and what is taken from whom.</summary>
public sealed record TransportOptions
{
    /// <summary>The addresses to listen at; of each transport at most one per address family.</summary>
    public required IReadOnlyList<ListenAt> Listeners { get; init; }

    /// <summary>How much one address may ask for.</summary>
    public SourceLimitOptions Limits { get; init; } = new();

    /// <summary>Checks the certificates of servers that are called over TLS; null for the system's rules.</summary>
    public RemoteCertificateValidationCallback? ValidateServer { get; init; }

    /// <summary>After how long without a message a connection is closed.</summary>
    public TimeSpan IdleConnection { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long the rest of a message, or a TLS handshake, may take to come.</summary>
    public TimeSpan SlowPeer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many connections there may be.</summary>
    public int MostConnections { get; init; } = 5000;

    /// <summary>How many connections one address may have.</summary>
    public int MostConnectionsPerSource { get; init; } = 200;
}

/// <summary>One address to listen at.</summary>
/// <param name="Transport">UDP, TCP or TLS</param>
/// <param name="Address">the address and port; port 0 for a free one</param>
/// <param name="Advertised">the address that peers are told, when it is another: behind NAT, or when listening at all addresses.</param>
/// <param name="Certificate">with private key; needed for TLS</param>
public sealed record ListenAt(string Transport, IPEndPoint Address, IPAddress? Advertised = null, X509Certificate2? Certificate = null);

/// <summary>How much one address may ask for; what is above it gets no answer.</summary>
public sealed record SourceLimitOptions
{
    /// <summary>Requests outside dialogs, and bad messages, per second.</summary>
    public double PerSecond { get; init; } = 20;

    /// <summary>How many of them may come at once.</summary>
    public int Burst { get; init; } = 50;

    /// <summary>After how many failed authentications in a row an address is not heard at all.</summary>
    public int FailuresUntilBan { get; init; } = 20;

    /// <summary>For how long.</summary>
    public TimeSpan Ban { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Addresses without limits: trunks and proxies.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];
}
