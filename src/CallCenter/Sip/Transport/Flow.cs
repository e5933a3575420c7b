using System.Net;
using System.Net.Sockets;
using Courier.Sip.Messages;

namespace Courier.Sip.Transport;

/// <summary>A way between this process and one peer: a UDP socket with the peer's address, or a connection.</summary>
public abstract class Flow
{
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

    /// <summary>Where messages of this way come from: the same place, but for UDP peers that do not want their answers there.</summary>
    internal virtual IPEndPoint Source => Remote;

    /// <summary>The way for answers to a request that came this way under this Via (RFC 3261 §18.2.2).</summary>
    internal virtual Flow ForAnswersTo(Via top) => this;

    /// <summary>A Via that brings answers back over this way.</summary>
    internal Via Via(string branch) => new(Transport, AdvertisedHost, Advertised.Port, SipParameters.None.With("branch", branch).With("rport", null));

    /// <summary>An address as it stands in a URI: IPv6 in brackets.</summary>
    internal static string Host(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
