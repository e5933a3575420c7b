namespace Courier.Sip.Messages;

/// <summary>The first line of a message (RFC 3261 §7.1, §7.2).</summary>
internal readonly struct StartLine
{
    private StartLine(SipMethod method, SipUri? requestUri, int status, string reason, int faultStatus, string? fault)
    {
        Method = method;
        RequestUri = requestUri;
        Status = status;
        Reason = reason;
        FaultStatus = faultStatus;
        Fault = fault;
    }

    public SipMethod Method { get; }

    public SipUri? RequestUri { get; }

    public int Status { get; }

    public string Reason { get; }

    /// <summary>Why the request has to be refused; null when the line is good.</summary>
    public string? Fault { get; }

    public int FaultStatus { get; }

    public bool IsResponse => Status > 0;

    /// <summary>Reads the line; false when there is nothing to answer. A request line with a fault is read, so that it can be refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, out StartLine start, out string why)
    {
        if (line.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase)) return TryParseStatus(line, out start, out why);
        why = "no SIP";
        start = default;
        var first = line.IndexOf(' ');
        var last = line.TrimEnd().LastIndexOf(' ');
        if (first <= 0 || last < first || !SipText.IsToken(line[..first])) return false;
        var version = line[(last + 1)..];
        if (!version.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase)) return false;

        var method = SipMethod.Of(line[..first]);
        var uri = first == last ? default : line[(first + 1)..last];
        start = Request(method, uri, version);
        return true;
    }

    private static StartLine Request(SipMethod method, ReadOnlySpan<char> uri, ReadOnlySpan<char> version)
    {
        if (!version.Equals("SIP/2.0", StringComparison.OrdinalIgnoreCase))
            return Bad(method, version.TrimEnd().Length < version.Length ? 400 : 505, version.TrimEnd().Length < version.Length ? "Malformed Request Line" : "Version Not Supported");
        if (!SipUri.TryParse(uri, out var parsed)) return Bad(method, 400, "Malformed Request-URI");
        // Headers in a Request-URI are never acted on (RFC 3261 §19.1.1).
        return parsed.Headers is not null ? Bad(method, 400, "Headers in Request-URI") : new StartLine(method, parsed, 0, "", 0, null);
    }

    private static StartLine Bad(SipMethod method, int status, string reason) => new(method, null, 0, "", status, reason);

    private static bool TryParseStatus(ReadOnlySpan<char> line, out StartLine start, out string why)
    {
        start = default;
        why = "malformed status line";
        if (!line.StartsWith("SIP/2.0 ", StringComparison.OrdinalIgnoreCase) || line.Length < 11) return false;
        if (!SipText.TryParseNumber(line[8..11], 699, out var status) || status < 100) return false;
        var reason = line[11..];
        if (!reason.IsEmpty && reason[0] != ' ') return false;
        start = new StartLine(default, null, (int)status, reason.Trim().ToString(), 0, null);
        return true;
    }
}
