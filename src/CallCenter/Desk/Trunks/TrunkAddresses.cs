using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Courier.CallCenter.Switch;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Trunks;

/// <summary>From which addresses calls of which trunk come. Names are looked up again and again; a failed look-up leaves what was known.</summary>
internal sealed partial class TrunkAddresses(CallCenterOptions options, ILogger<TrunkAddresses> log)
{
    private FrozenDictionary<IPAddress, TrunkOptions> _known = FrozenDictionary<IPAddress, TrunkOptions>.Empty;

    /// <summary>The trunk whose calls come from an address; null for a stranger.</summary>
    public TrunkOptions? Of(IPAddress source) => _known.GetValueOrDefault(source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source);

    /// <summary>The addresses that stand in the settings themselves.</summary>
    public static IEnumerable<IPAddress> Literal(IEnumerable<TrunkOptions> trunks) =>
        trunks.Select(t => IPAddress.TryParse(t.HostName.Trim('[', ']'), out var address) ? address : null).OfType<IPAddress>();

    /// <summary>Looks the names up.</summary>
    public async Task Resolve(CancellationToken ct)
    {
        var found = new Dictionary<IPAddress, TrunkOptions>();
        foreach (var trunk in options.Trunks.Where(t => t.Inbound && t.Host.Length > 0))
            foreach (var address in await AddressesOf(trunk, ct).ConfigureAwait(false)) found.TryAdd(address, trunk);
        _known = found.ToFrozenDictionary();
    }

    private async Task<IEnumerable<IPAddress>> AddressesOf(TrunkOptions trunk, CancellationToken ct)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(trunk.HostName.Trim('[', ']'), ct).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            NotFound(log, trunk.Name, e.Message);
            return _known.Where(k => k.Value.Name == trunk.Name).Select(k => k.Key);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The address of trunk {Trunk} is not found: {Why}")]
    private static partial void NotFound(ILogger log, string trunk, string why);
}
