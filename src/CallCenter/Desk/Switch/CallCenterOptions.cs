using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Courier.CallCenter.Recording;
using Courier.CallCenter.Trunks;
using Courier.Kernel;
using Courier.Sip.Auth;

namespace Courier.CallCenter.Switch;

/// <summary>Section <c>CallCenter</c>: the telephone.</summary>
internal sealed record CallCenterOptions : ICheckedOptions
{
    /// <summary>Where SIP is spoken, and as whom.</summary>
    public SipOptions Sip { get; init; } = new();

    /// <summary>Where voices go.</summary>
    public RtpOptions Rtp { get; init; } = new();

    /// <summary>The lines to the world.</summary>
    public IReadOnlyList<TrunkOptions> Trunks { get; init; } = [];

    /// <summary>The numbers that may be called, and the flow of each.</summary>
    public IReadOnlyList<HotlineOptions> Hotlines { get; init; } = [];

    /// <summary>Who may call whom.</summary>
    public OutboundOptions Outbound { get; init; } = new();

    /// <summary>What is recorded, and for how long it is kept.</summary>
    public RecordingOptions Recording { get; init; } = new();

    /// <summary>How many calls there may be at a time; a further one gets 503.</summary>
    public int MostCalls { get; init; } = 300;

    /// <summary>How long a call may last.</summary>
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromHours(4);

    /// <summary>After how long without a packet of the other end, while it is not on hold, a call is ended.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a parked call waits before it goes back to the queue; one that came from no queue ends.</summary>
    public TimeSpan ParkLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>What the records call this process, the same at every start and different for each that shares the database; empty for machine and port.</summary>
    public string Node { get; init; } = "";

    /// <summary>What the records call this process.</summary>
    public string NodeName() => Node.Length > 0 ? Node : FormattableString.Invariant($"{Environment.MachineName}:{Sip.Port}");

    /// <inheritdoc />
    public IEnumerable<string> Problems() =>
    [
        .. Sip.Problems().Select(p => "Sip:" + p), .. Rtp.Problems().Select(p => "Rtp:" + p), .. Recording.Problems().Select(p => "Recording:" + p),
        .. TrunkOptions.Problems(Trunks), .. HotlineOptions.Problems(Hotlines), .. Outbound.Problems(Trunks), .. OwnProblems(),
    ];

    private IEnumerable<string> OwnProblems()
    {
        if (MostCalls is < 1 or > 10_000) yield return "MostCalls must lie between 1 and 10000";
        if (Node.Length > 100) yield return "Node must have at most 100 characters";
        if (LongestCall < TimeSpan.FromMinutes(1) || LongestCall > TimeSpan.FromDays(1)) yield return "LongestCall must lie between 00:01:00 and 1.00:00:00";
        if (SilenceLimit < TimeSpan.FromSeconds(2) || SilenceLimit > TimeSpan.FromHours(1)) yield return "SilenceLimit must lie between 00:00:02 and 01:00:00";
        if (ParkLimit < TimeSpan.FromSeconds(5) || ParkLimit > TimeSpan.FromHours(1)) yield return "ParkLimit must lie between 00:00:05 and 01:00:00";
    }
}

/// <summary>Section <c>CallCenter:Sip</c>.</summary>
internal sealed record SipOptions
{
    /// <summary>The address that is listened at; 0.0.0.0 for all.</summary>
    public string ListenAddress { get; init; } = "0.0.0.0";

    /// <summary>The port of UDP and TCP; 0 for a free one.</summary>
    public int Port { get; init; } = 5060;

    /// <summary>The domain of the agents' phones: agent1001@domain. It is the realm of their passwords.</summary>
    public string Domain { get; init; } = "courier.local";

    /// <summary>UDP, TCP and TLS, separated by commas; empty for UDP and TCP, and TLS where there is a certificate.</summary>
    public string Transports { get; init; } = "";

    /// <summary>The address that peers are told; empty for the one that is listened at. Needed behind NAT and when listening at all addresses.</summary>
    public string PublicAddress { get; init; } = "";

    /// <summary>The hashes that a challenge offers, the preferred one first.</summary>
    public string Digests { get; init; } = "MD5";

    /// <summary>Networks whose requests are not limited per second, such as that of a proxy in front.</summary>
    public IReadOnlyList<string> TrustedNetworks { get; init; } = [];

    /// <summary>The certificate for TLS.</summary>
    public SipTlsOptions Tls { get; init; } = new();

    /// <summary>The transports in capital letters.</summary>
    public IReadOnlyList<string> TransportList() =>
        Transports.Trim().Length > 0 ? [.. Words(Transports).Distinct()] : Tls.IsConfigured ? ["UDP", "TCP", "TLS"] : ["UDP", "TCP"];

    /// <summary>The hashes of challenges.</summary>
    public IReadOnlyList<DigestAlgorithm> DigestList() => [.. Words(Digests).Select(d => d == "MD5" ? DigestAlgorithm.Md5 : DigestAlgorithm.Sha256)];

    /// <summary>One sentence for each wrong setting.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IPAddress.TryParse(ListenAddress, out var listen)) yield return "ListenAddress must be an IP address";
        if (PublicAddress.Length > 0 && !IPAddress.TryParse(PublicAddress, out _)) yield return "PublicAddress must be an IP address, or empty";
        if (Port is < 0 or > 65535) yield return "Port must lie between 0 and 65535";
        if (Domain.Length is < 1 or > 200 || Uri.CheckHostName(Domain) == UriHostNameType.Unknown) yield return "Domain must be a host name";
        if (TransportList().Count == 0 || TransportList().Any(t => t is not ("UDP" or "TCP" or "TLS"))) yield return "Transports must be some of UDP, TCP and TLS, separated by commas";
        if (TransportList().Contains("TLS") && !Tls.IsConfigured) yield return "Transports: TLS needs Tls:CertificateFile and Tls:KeyFile";
        if (DigestList().Count == 0 || Words(Digests).Any(d => d is not ("MD5" or "SHA-256"))) yield return "Digests must be MD5, SHA-256 or both, separated by a comma";
        foreach (var network in TrustedNetworks.Where(n => !IPNetwork.TryParse(n, out _))) yield return $"TrustedNetworks: {network} is not a network such as 10.0.0.0/8";
        foreach (var problem in Tls.Problems()) yield return "Tls:" + problem;
        if (listen is not null && listen.Equals(IPAddress.IPv6Any)) yield return "ListenAddress must not be ::; use 0.0.0.0 or one address";
    }

    private static IEnumerable<string> Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(w => w.ToUpperInvariant());
}

/// <summary>Section <c>CallCenter:Sip:Tls</c>.</summary>
internal sealed record SipTlsOptions
{
    /// <summary>The certificate in PEM, with its chain; empty for no TLS.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Its key in PEM.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>The port of TLS; 0 for a free one.</summary>
    public int Port { get; init; } = 5061;

    /// <summary>Whether there is a certificate.</summary>
    public bool IsConfigured => CertificateFile.Length > 0;

    /// <summary>One sentence for each wrong setting.</summary>
    public IEnumerable<string> Problems()
    {
        if (Port is < 0 or > 65535) yield return "Port must lie between 0 and 65535";
        if (CertificateFile.Length > 0 != KeyFile.Length > 0) yield return "CertificateFile and KeyFile must both be given, or neither";
        else if (IsConfigured && !TryRead(out var why)) yield return $"CertificateFile and KeyFile cannot be used: {why}";
    }

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Read() => X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);

    private bool TryRead(out string why)
    {
        why = "";
        try
        {
            Read().Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            why = e.Message;
            return false;
        }
    }
}

/// <summary>Section <c>CallCenter:Rtp</c>.</summary>
internal sealed record RtpOptions
{
    /// <summary>The first UDP port for voices; even. With both 0 the system chooses, which no firewall can know.</summary>
    public int FirstPort { get; init; } = 20_000;

    /// <summary>The last one; each leg of a call takes two.</summary>
    public int LastPort { get; init; } = 21_999;

    /// <summary>One sentence for each wrong setting.</summary>
    public IEnumerable<string> Problems()
    {
        if (FirstPort == 0 && LastPort == 0) yield break;
        if (FirstPort is < 1024 or > 65534) yield return "FirstPort must lie between 1024 and 65534";
        if (FirstPort % 2 != 0) yield return "FirstPort must be even";
        if (LastPort < FirstPort + 3 || LastPort > 65535) yield return "LastPort must lie at least 3 above FirstPort and be at most 65535";
    }
}

/// <summary>One number that may be called (<c>CallCenter:Hotlines:N</c>).</summary>
internal sealed record HotlineOptions
{
    /// <summary>The number as the trunk signals it.</summary>
    public string Number { get; init; } = "";

    /// <summary>The flow that answers.</summary>
    public string Flow { get; init; } = "";

    /// <summary>One sentence for each wrong setting.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<HotlineOptions> hotlines)
    {
        for (var i = 0; i < hotlines.Count; i++)
        {
            if (hotlines[i].Number.Length is < 1 or > 32 || !hotlines[i].Number.All(c => char.IsAsciiDigit(c) || c == '+')) yield return $"Hotlines:{i}:Number must have 1 to 32 digits";
            if (hotlines[i].Flow.Length is < 1 or > 40) yield return $"Hotlines:{i}:Flow must name a flow";
        }
        if (hotlines.DistinctBy(h => h.Number).Count() < hotlines.Count) yield return "Hotlines must have different numbers";
    }
}
