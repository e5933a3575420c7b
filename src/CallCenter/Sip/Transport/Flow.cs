using System.Net;
using System.Net.Sockets;
using Courier.Sip.Messages;

namespace Courier.Sip.Transport;

/// <summary>A way between this process and one peer: a UDP socket with the peer's address, or a connection.</summary>
public abstract class Flow
{
    // RFC 1918, RFC 6598, loopback, link-local, unique local.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>The transport as Via names it: UDP, TCP or TLS.</summary>
    public abstract string Transport { get; }

    /// <summary>Whether the transport itself repeats what is lost, so that transactions need not.</summary>
    public bool IsReliable => Transport != "UDP";

    /// <summary>Where messages of this way go.</summary>
    public abstract IPEndPoint Remote { get; }

    /// <summary>The address that peers are told to answer to, in Via and Contact.</summary>
    public abstract IPEndPoint Advertised { get; }

    /// <summary>Hands a message to the network without waiting; false when the way is broken.</summary>
    public abstract bool TrySend(ReadOnlyMemory<byte> message);

    /// <summary>The host of <see cref="Advertised"/> as it stands in a URI.</summary>
    public string AdvertisedHost => Host(Advertised.Address);

    /// <summary>
    /// Whether requests for a URI go this way: it names the peer, or an address that nobody can reach from outside – what a phone
    /// behind NAT calls itself.
    /// </summary>
    internal bool LeadsTo(SipUri hop)
    {
        if (!IPAddress.TryParse(hop.Host.AsSpan().Trim("[]"), out var address)) return hop.Host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase);
        if (!address.Equals(Remote.Address)) return IsPrivate(address) && !IsPrivate(Remote.Address);
        return IsReliable || (hop.Port ?? 5060) == Remote.Port;
    }

    private static bool IsPrivate(IPAddress address) => Private.Any(network => network.Contains(address));

    /// <summary>Where messages of this way come from: the same place, but for UDP peers that do not want their answers there.</summary>
    internal virtual IPEndPoint Source => Remote;

    /// <summary>The way for answers to a request that came this way under this Via (RFC 3261 §18.2.2).</summary>
    internal virtual Flow ForAnswersTo(Via top) => this;

    /// <summary>A Via that brings answers back over this way.</summary>
    internal Via Via(string branch) => new(Transport, AdvertisedHost, Advertised.Port, SipParameters.None.With("branch", branch).With("rport", null));

    /// <summary>An address as it stands in a URI: IPv6 in brackets.</summary>
    internal static string Host(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
