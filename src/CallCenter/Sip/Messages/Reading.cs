namespace Courier.Sip.Messages;

/// <summary>What came of reading bytes from the network.</summary>
public abstract record Reading
{
    private Reading() { }

    /// <summary>A message that may be acted on.</summary>
    /// <param name="Message">the message</param>
    public sealed record Understood(SipMessage Message) : Reading;

    /// <summary>A request that cannot be acted on and has to be refused.</summary>
    /// <param name="Refusal">what to answer</param>
    public sealed record Refused(Refusal Refusal) : Reading;

    /// <summary>Nothing to answer: a bad response, a bad ACK, or what is no SIP at all (RFC 3261 §8.1.3, §17.2.3).</summary>
    /// <param name="Why">for the operator's counters</param>
    public sealed record Dropped(string Why) : Reading;

    /// <summary>Line ends only, by which a phone keeps its way through a NAT open (RFC 5626 §3.5.1).</summary>
    public sealed record KeepAlive : Reading
    {
        internal static readonly KeepAlive Instance = new();
    }
}

/// <summary>The refusal of a request that could not be read: answered without a transaction, with as much of the request as was readable.</summary>
/// <param name="Status">400, 505 or 513</param>
/// <param name="Reason">what is wrong with it</param>
/// <param name="Copied">Via, From, To, Call-ID and CSeq as they came</param>
public sealed record Refusal(int Status, string Reason, IReadOnlyList<SipHeader> Copied)
{
    /// <summary>The response as it goes over the wire; null when not even a Via could be read, so that nobody would know what it answers.</summary>
    public byte[]? ToBytes()
    {
        if (!Copied.Any(h => h.Name == HeaderNames.Via)) return null;
        var text = new TextBuffer();
        text.Append("SIP/2.0 ");
        text.Append(Status);
        text.Append(' ');
        text.Append(Reason);
        text.Append("\r\n");
        foreach (var (name, value) in Copied)
        {
            text.Append(name);
            text.Append(": ");
            text.Append(value);
            text.Append("\r\n");
        }
        text.Append("Content-Length: 0\r\n\r\n");
        var bytes = SipText.Encode(text.Written, []);
        text.Dispose();
        return bytes;
    }
}
