using System.Net;

namespace Courier.CallCenter.Trunks;

/// <summary>One line to the world (<c>CallCenter:Trunks:N</c>).</summary>
internal sealed record TrunkOptions
{
    /// <summary>How rules, records and metrics call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The carrier's address or host name, with a port where it is not 5060; empty for a trunk that is known by digest only.</summary>
    public string Host { get; init; } = "";

    /// <summary>UDP or TCP or TLS.</summary>
    public string Transport { get; init; } = "UDP";

    /// <summary>The user name: of the carrier's challenges for calls that go out, of ours for calls that come; empty for none.</summary>
    public string Username { get; init; } = "";

    /// <summary>Its password.</summary>
    public string Password { get; init; } = "";

    /// <summary>Whether calls may come.</summary>
    public bool Inbound { get; init; } = true;

    /// <summary>Whether calls may go out.</summary>
    public bool Outbound { get; init; }

    /// <summary>Whether to register at the carrier, who sends calls to whoever is registered.</summary>
    public bool Register { get; init; }

    /// <summary>How many calls it carries at a time; 0 for as many as there may be.</summary>
    public int MostCalls { get; init; }

    /// <summary>The number that calls are made from; empty for the first hotline.</summary>
    public string CallerNumber { get; init; } = "";

    /// <summary>Every how many seconds it is asked whether it lives (OPTIONS).</summary>
    public int HealthSeconds { get; init; } = 20;

    /// <summary>The host without its port.</summary>
    public string HostName => Split().Host;

    /// <summary>The port, where it is not the usual one.</summary>
    public int? HostPort => Split().Port;

    /// <summary>Says nothing of the password, so that no log does.</summary>
    public override string ToString() => $"trunk {Name}";

    /// <summary>One sentence for each wrong setting.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<TrunkOptions> trunks)
    {
        for (var i = 0; i < trunks.Count; i++)
            foreach (var problem in trunks[i].OwnProblems()) yield return $"Trunks:{i}:{problem}";
        if (trunks.DistinctBy(t => t.Name).Count() < trunks.Count) yield return "Trunks must have different names";
    }

    private IEnumerable<string> OwnProblems()
    {
        if (Name.Length is < 1 or > 40) yield return "Name must have 1 to 40 characters";
        if (Host.Length == 0 && (Outbound || Register || Username.Length == 0)) yield return "Host must be an address or host name, unless calls come by Username and Password alone";
        else if (Host.Length > 0 && Uri.CheckHostName(HostName.Trim('[', ']')) == UriHostNameType.Unknown) yield return "Host must be an address or host name, with a port where it is not 5060";
        if (Transport.ToUpperInvariant() is not ("UDP" or "TCP" or "TLS")) yield return "Transport must be UDP, TCP or TLS";
        if (Username.Length > 0 != Password.Length > 0) yield return "Username and Password must both be given, or neither";
        if (Register && Username.Length == 0) yield return "Register needs Username and Password";
        if (MostCalls is < 0 or > 10_000) yield return "MostCalls must lie between 0 and 10000";
        if (HealthSeconds is < 10 or > 30) yield return "HealthSeconds must lie between 10 and 30";
        if (CallerNumber.Any(c => !char.IsAsciiDigit(c) && c != '+')) yield return "CallerNumber must have digits only";
    }

    private (string Host, int? Port) Split()
    {
        var colon = Host.LastIndexOf(':');
        var hasPort = colon > 0 && (Host.IndexOf(':') == colon || Host[colon - 1] == ']') && int.TryParse(Host.AsSpan(colon + 1), out _);
        return hasPort ? (Host[..colon], int.Parse(Host.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture)) : (Host, null);
    }
}

/// <summary>Section <c>CallCenter:Outbound</c>.</summary>
internal sealed record OutboundOptions
{
    /// <summary>What may go out; nothing else does.</summary>
    public IReadOnlyList<OutboundRuleOptions> Rules { get; init; } = [];

    /// <summary>One sentence for each wrong setting.</summary>
    /// <param name="trunks">the trunks that rules may name</param>
    public IEnumerable<string> Problems(IReadOnlyList<TrunkOptions> trunks)
    {
        for (var i = 0; i < Rules.Count; i++)
            foreach (var problem in Rules[i].Problems(trunks)) yield return $"Outbound:Rules:{i}:{problem}";
    }
}

/// <summary>One rule for calls that go out (<c>CallCenter:Outbound:Rules:N</c>). Of all whose prefix fits those with the longest hold, in their order, for their roles only.</summary>
internal sealed record OutboundRuleOptions
{
    /// <summary>How the number begins; empty for every number.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The trunk that it goes by.</summary>
    public string Trunk { get; init; } = "";

    /// <summary>The role that may call so: agent, supervisor or another of the staff's.</summary>
    public string Role { get; init; } = "";

    /// <summary>How many such calls may begin in a minute, by everybody together; at least 1.</summary>
    public int PerMinute { get; init; } = 10;

    /// <summary>One sentence for each wrong setting.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<TrunkOptions> trunks)
    {
        if (Prefix.Length > 20 || !Prefix.All(char.IsAsciiDigit)) yield return "Prefix must have at most 20 digits and nothing else";
        if (!trunks.Any(t => t.Name == Trunk && t.Outbound)) yield return "Trunk must name one of Trunks that is Outbound";
        if (!Enum.GetNames<Services.Staff.StaffRole>().Contains(Role, StringComparer.OrdinalIgnoreCase)) yield return $"Role must be one of {string.Join(", ", Enum.GetNames<Services.Staff.StaffRole>().Select(n => n.ToLowerInvariant()))}";
        if (PerMinute is < 1 or > 6000) yield return "PerMinute must lie between 1 and 6000";
    }
}
