using System.Net;
using Courier.Kernel;

namespace Courier.Host;

/// <summary>Section <c>Shutdown</c>.</summary>
internal sealed record ShutdownOptions : ICheckedOptions
{
    /// <summary>After SIGTERM: how many seconds running requests and jobs have to finish.</summary>
    public int GraceSeconds { get; init; } = 30;

    public IEnumerable<string> Problems()
    {
        if (GraceSeconds is < 1 or > 600) yield return "GraceSeconds must lie between 1 and 600";
    }
}

/// <summary>Section <c>Management</c>: where health, metrics and the interface document are served.</summary>
internal sealed record ManagementOptions : ICheckedOptions
{
    /// <summary>A port of their own; null for the default: in Development the public port, in Production 5081.</summary>
    public int? Port { get; init; }

    /// <summary>The address that the port is opened on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    public IEnumerable<string> Problems()
    {
        if (Port is < 0 or > 65535) yield return "Port must lie between 0 and 65535";
        if (!IPAddress.TryParse(Address, out _)) yield return "Address must be an IP address";
    }
}

/// <summary>Section <c>ForwardedHeaders</c>.</summary>
internal sealed record ProxyOptions : ICheckedOptions
{
    /// <summary>Addresses or networks (10.0.0.0/8) of the proxies in front; only their X-Forwarded-For and -Proto are believed.</summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    public IEnumerable<string> Problems() =>
        KnownProxies.Where(p => !IPNetwork.TryParse(Network(p), out _)).Select(p => $"KnownProxies: {p} is neither an address nor a network");

    public IEnumerable<IPNetwork> Networks() => KnownProxies.Select(p => IPNetwork.Parse(Network(p)));

    private static string Network(string text) => text.Contains('/') ? text : text + (text.Contains(':') ? "/128" : "/32");
}
