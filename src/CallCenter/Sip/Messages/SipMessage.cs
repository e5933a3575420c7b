namespace Courier.Sip.Messages;

/// <summary>A request or a response: what the stack acts on as typed values, everything else as text (RFC 3261 §7).</summary>
public abstract class SipMessage
{
    /// <summary>The way of the request, the last hop first.</summary>
    public List<Via> Vias { get; init; } = [];

    /// <summary>Who asks.</summary>
    public required NameAddr From { get; set; }

    /// <summary>Whom somebody asks.</summary>
    public required NameAddr To { get; set; }

    /// <summary>What names the call, together with the tags.</summary>
    public required string CallId { get; set; }

    /// <summary>Number and method.</summary>
    public required CSeq CSeq { get; set; }

    /// <summary>Where later requests of the dialog go, or what is registered; empty when there is no Contact.</summary>
    public List<NameAddr> Contacts { get; init; } = [];

    /// <summary>Whether Contact is <c>*</c>: everything that is registered (RFC 3261 §10.2.2).</summary>
    public bool IsContactWildcard { get; set; }

    /// <summary>The proxies that a request has to pass.</summary>
    public List<NameAddr> Routes { get; init; } = [];

    /// <summary>The proxies that want to see the later requests of the dialog.</summary>
    public List<NameAddr> RecordRoutes { get; init; } = [];

    /// <summary>How many hops are left, 0 to 255; null when the header is missing, as in messages older than RFC 3261.</summary>
    public int? MaxForwards { get; set; }

    /// <summary>The seconds of the Expires header; null when it is missing or no number, which counts as missing.</summary>
    public uint? Expires { get; set; }

    /// <summary>All other headers. Content-Length is not among them: it is the length of <see cref="Body"/>.</summary>
    public SipHeaders Headers { get; } = [];

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The body's media type in small letters and without parameters; null when there is none.</summary>
    public string? ContentType => Headers[HeaderNames.ContentType] is { } value ? MediaType(value) : null;

    /// <summary>Whether an extension stands in Supported.</summary>
    public bool Supports(string extension) => Headers.Tokens(HeaderNames.Supported).Contains(extension, StringComparer.OrdinalIgnoreCase);

    /// <summary>Puts a body and its media type in.</summary>
    public void SetBody(string mediaType, ReadOnlyMemory<byte> body)
    {
        Headers.Set(HeaderNames.ContentType, mediaType);
        Body = body;
    }

    /// <summary>The message as it goes over the wire.</summary>
    public byte[] ToBytes() => SipWriter.ToBytes(this);

    /// <summary>The message's text, for people; it may hold personal data.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(ToBytes());

    /// <summary>A media type without parameters and in small letters.</summary>
    internal static string MediaType(string value) => value.Split(';', 2)[0].Trim().ToLowerInvariant();
}
