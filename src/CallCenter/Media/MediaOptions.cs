using System.Net;

namespace Courier.Media;

/// <summary>Where media is received and for how long things are waited for.</summary>
public sealed record MediaOptions
{
    /// <summary>The address that ports are bound to; <see cref="IPAddress.IPv6Any"/> serves both families.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary>The address in session descriptions, when peers reach us under another one (NAT), or <see cref="Address"/> is none in particular; else null.</summary>
    public IPAddress? Advertised { get; init; }

    /// <summary>First port of the range; 0: the system chooses, which is for tests and one machine alone.</summary>
    public int FirstPort { get; init; }

    /// <summary>Last port of the range; two ports serve one leg.</summary>
    public int LastPort { get; init; }

    /// <summary>How long a peer that may send is waited for, before its leg is called silent.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long ports rest after a call, because late packets still come to them.</summary>
    public TimeSpan PortRest { get; init; } = TimeSpan.FromSeconds(2);

    internal IPAddress Written
    {
        get
        {
            if (Advertised is not null) return Advertised;
            if (Address.Equals(IPAddress.Any)) return IPAddress.Loopback;
            return Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Address;
        }
    }
}
