using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Courier.Sip.Messages;

/// <summary>One hop on the way of a request, by which its responses come back (RFC 3261 §20.42).</summary>
/// <param name="Transport">the transport in capitals: UDP, TCP, TLS or an unknown one</param>
/// <param name="Host">the sender's name or address, IPv6 in brackets</param>
/// <param name="Port">the sender's port; null means the transport's own</param>
/// <param name="Parameters">branch, received, rport and others</param>
public sealed record Via(string Transport, string Host, int? Port, SipParameters Parameters)
{
    /// <summary>What every branch of RFC 3261 begins with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The hop's name of the transaction; null when there is none.</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>Whether the branch is unique as RFC 3261 promises it: the magic cookie and more behind it.</summary>
    public bool HasUniqueBranch => Branch is { } branch && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>Host and port as they name the sender in the key of a transaction (RFC 3261 §17.2.3).</summary>
    public string SentBy => Port is { } port ? $"{Host}:{port}" : Host;

    /// <summary>
    /// The hop as the receiver of a request notes it: <c>received</c> when the sender's address is another than it says, or
    /// when it asks for <c>rport</c>, which is then filled in (RFC 3261 §18.2.1, RFC 3581 §4).
    /// </summary>
    public Via ReceivedFrom(IPEndPoint source)
    {
        var parameters = Parameters;
        var asksForPort = parameters.Has("rport");
        var address = source.Address.IsIPv4MappedToIPv6 ? source.Address.MapToIPv4() : source.Address;
        if (asksForPort) parameters = parameters.With("rport", Invariant(source.Port));
        if (asksForPort || !SaysAddress(address)) parameters = parameters.With("received", address.ToString());
        return ReferenceEquals(parameters, Parameters) ? this : this with { Parameters = parameters };
    }

    /// <summary>Whether the host is literally this address.</summary>
    public bool SaysAddress(IPAddress address) => IPAddress.TryParse(Host.AsSpan().Trim("[]"), out var said) && said.Equals(address);

    /// <summary>The hop as it stands in a header.</summary>
    public override string ToString()
    {
        var buffer = new TextBuffer();
        AppendTo(ref buffer);
        return buffer.Release();
    }

    /// <summary>Reads one hop that fills the whole text; false when it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Via? via)
    {
        List<Via> all = [];
        via = TryParseList(text, all) && all.Count == 1 ? all[0] : null;
        return via is not null;
    }

    /// <summary>Reads hops separated by commas into the list; false when one is malformed.</summary>
    internal static bool TryParseList(ReadOnlySpan<char> text, List<Via> into)
    {
        var cursor = new Cursor(text);
        do
        {
            if (!TryTake(ref cursor, out var via)) return false;
            into.Add(via);
        }
        while (cursor.TakeSeparator(','));
        cursor.SkipSpace();
        return cursor.Ended;
    }

    internal void AppendTo(ref TextBuffer buffer)
    {
        buffer.Append("SIP/2.0/");
        buffer.Append(Transport);
        buffer.Append(' ');
        buffer.Append(Host);
        if (Port is { } port)
        {
            buffer.Append(':');
            buffer.Append(port);
        }
        Parameters.AppendTo(ref buffer);
    }

    private static bool TryTake(ref Cursor cursor, [NotNullWhen(true)] out Via? via)
    {
        via = null;
        cursor.SkipSpace();
        if (!cursor.TakeWhile(SipText.TokenCharacters).Equals("SIP", StringComparison.OrdinalIgnoreCase) || !cursor.TakeSeparator('/')) return false;
        if (cursor.TakeWhile(SipText.TokenCharacters) is not "2.0" || !cursor.TakeSeparator('/')) return false;
        var transport = Words.Of(cursor.TakeWhile(SipText.TokenCharacters)).ToUpperInvariant();
        if (transport.Length == 0 || !(cursor.Sees(' ') || cursor.Sees('\t'))) return false;
        cursor.SkipSpace();
        if (!TryTakeSentBy(ref cursor, out var host, out var port) || !SipParameters.TryTake(ref cursor, out var parameters)) return false;
        via = new Via(transport, host, port, parameters);
        return true;
    }

    /// <summary>Takes host and port, around whose colon spaces may stand.</summary>
    private static bool TryTakeSentBy(ref Cursor cursor, out string host, out int? port)
    {
        port = null;
        var name = cursor.Sees('[') ? cursor.TakeUntilAny(" \t;,") : cursor.TakeUntilAny(" \t;,:");
        if (!SipUri.TryParseHostPort(name, out host, out port)) return false;
        if (port is not null || !cursor.TakeSeparator(':')) return true;
        if (!SipText.TryParseNumber(cursor.TakeUntilAny(" \t;,"), 65535, out var number) || number == 0) return false;
        port = (int)number;
        return true;
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
