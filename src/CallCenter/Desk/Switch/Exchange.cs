using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Trunks;
using Courier.Media;
using Courier.Sip.Auth;
using Courier.Sip.Dialogs;
using Courier.Sip.Registrar;
using Courier.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Switch;

/// <summary>The sockets of the telephone: signalling, voices, and where the agents' telephones can be reached. Closed until <see cref="Open"/>.</summary>
internal sealed class Exchange(CallCenterOptions options, TimeProvider clock, ILoggerFactory logs) : IDisposable
{
    private readonly ConcurrentDictionary<Leg, Party> _parties = [];
    private UserAgent? _agent;
    private MediaEngine? _media;

    /// <summary>Whether telephones can be reached from this process.</summary>
    public bool IsOpen => _agent is not null;

    public UserAgent Agent => _agent ?? throw new InvalidOperationException("the telephone is off");

    public MediaEngine Media => _media ?? throw new InvalidOperationException("the telephone is off");

    public SipRegistrar Registrar { get; } = new(new RegistrarOptions(), clock);

    public DigestServer Digest { get; } = new(options.Sip.Domain, TimeSpan.FromMinutes(2), clock, options.Sip.DigestList());

    /// <summary>The names by which telephones may call this place: the domain and the own addresses.</summary>
    public IReadOnlyList<string> OwnHosts { get; } = [options.Sip.Domain.ToLowerInvariant(), .. Addresses(options.Sip)];

    /// <summary>Opens the sockets and begins to listen.</summary>
    /// <exception cref="SocketException">A port is taken.</exception>
    public void Open(IUserAgentHandler handler)
    {
        // Sound is paced by the machine's time, whatever the product's clock says.
        _media = new MediaEngine(
            new MediaOptions
            {
                Address = Listen, Advertised = Advertised, FirstPort = options.Rtp.FirstPort, LastPort = options.Rtp.LastPort, SilentAfter = options.SilenceLimit,
            }, TimeProvider.System, logs.CreateLogger("Courier.CallCenter.Media"));
        try
        {
            _agent = new UserAgent(new UserAgentOptions { Transport = Transport(), MostLegs = options.MostCalls * 3 }, handler, clock, logs.CreateLogger("Courier.CallCenter.Sip"));
        }
        catch (SocketException)
        {
            _media.Dispose();
            throw;
        }
        _media.Start();
        _agent.Start();
    }

    /// <summary>Where a telephone can be reached, the latest place first.</summary>
    public IReadOnlyList<Binding> Find(PhoneUser user) => [.. OwnHosts.SelectMany(host => Registrar.Find($"sip:{user}@{host}"))];

    /// <summary>Forgets where a telephone can be reached: it has to register again.</summary>
    public void Unregister(PhoneUser user)
    {
        foreach (var host in OwnHosts) Registrar.Forget($"sip:{user}@{host}");
    }

    /// <summary>The transports with their ports: "UDP 5060, TCP 5060".</summary>
    public string Ports() => string.Join(", ", options.Sip.TransportList().Select(t => FormattableString.Invariant($"{t} {Agent.Transport.Local(t).Port}")));

    /// <summary>Whose end of a call a leg is; null when it is over.</summary>
    public Party? PartyOf(Leg leg) => _parties.GetValueOrDefault(leg);

    /// <summary>Remembers whose a leg is.</summary>
    public void Keep(Leg leg, Party party) => _parties[leg] = party;

    /// <summary>Forgets a leg that is over.</summary>
    public void Forget(Leg leg) => _parties.TryRemove(leg, out _);

    /// <summary>Whether a host in a URI is this place.</summary>
    public bool IsOwn(string host) => OwnHosts.Contains(host.ToLowerInvariant());

    public void Dispose()
    {
        _agent?.Dispose();
        _media?.Dispose();
    }

    private IPAddress Listen => IPAddress.Parse(options.Sip.ListenAddress);

    private IPAddress? Advertised => options.Sip.PublicAddress.Length > 0 ? IPAddress.Parse(options.Sip.PublicAddress) : Listen.Equals(IPAddress.Any) ? FirstOfMachine() : null;

    private TransportOptions Transport() => new()
    {
        Listeners = [.. options.Sip.TransportList().Select(t => t == "TLS"
            ? new ListenAt(t, new IPEndPoint(Listen, options.Sip.Tls.Port), Advertised, options.Sip.Tls.Read())
            : new ListenAt(t, new IPEndPoint(Listen, options.Sip.Port), Advertised))],
        Limits = new SourceLimitOptions { Trusted = [.. options.Sip.TrustedNetworks.Select(n => IPNetwork.Parse(n)), .. TrunkAddresses.Literal(options.Trunks).Select(a => new IPNetwork(a, a.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))] },
    };

    private static IEnumerable<string> Addresses(SipOptions sip)
    {
        if (sip.PublicAddress.Length > 0) yield return sip.PublicAddress;
        if (!IPAddress.TryParse(sip.ListenAddress, out var listen)) yield break;
        if (!listen.Equals(IPAddress.Any)) yield return Host(listen);
        else
            foreach (var address in OfMachine()) yield return Host(address);
    }

    private static IPAddress FirstOfMachine() => OfMachine().FirstOrDefault(a => !IPAddress.IsLoopback(a)) ?? IPAddress.Loopback;

    private static IEnumerable<IPAddress> OfMachine() => NetworkInterface.GetAllNetworkInterfaces().Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).Where(a => a.AddressFamily == AddressFamily.InterNetwork);

    private static string Host(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
