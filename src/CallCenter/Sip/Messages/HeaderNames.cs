using System.Collections.Frozen;

namespace Courier.Sip.Messages;

/// <summary>Names of headers in their long form. Names are compared without regard to case; short forms are read as the long ones (RFC 3261 §7.3.3).</summary>
public static class HeaderNames
{
    /// <summary>Media types that may be answered (RFC 3261 §20.1).</summary>
    public const string Accept = "Accept";
    /// <summary>Methods that are understood (RFC 3261 §20.5).</summary>
    public const string Allow = "Allow";
    /// <summary>Credentials for the other user agent (RFC 3261 §20.7).</summary>
    public const string Authorization = "Authorization";
    /// <summary>What names a call (RFC 3261 §20.8).</summary>
    public const string CallId = "Call-ID";
    /// <summary>Where later requests go (RFC 3261 §20.10).</summary>
    public const string Contact = "Contact";
    /// <summary>How the body is packed (RFC 3261 §20.12).</summary>
    public const string ContentEncoding = "Content-Encoding";
    /// <summary>How many bytes the body has (RFC 3261 §20.14).</summary>
    public const string ContentLength = "Content-Length";
    /// <summary>The body's media type (RFC 3261 §20.15).</summary>
    public const string ContentType = "Content-Type";
    /// <summary>Number and method of a request (RFC 3261 §20.16).</summary>
    public const string CSeq = "CSeq";
    /// <summary>The event package of a subscription (RFC 6665 §8.2.1).</summary>
    public const string Event = "Event";
    /// <summary>How long something holds, in seconds (RFC 3261 §20.19).</summary>
    public const string Expires = "Expires";
    /// <summary>Who asks (RFC 3261 §20.20).</summary>
    public const string From = "From";
    /// <summary>How many hops a request may still go (RFC 3261 §20.22).</summary>
    public const string MaxForwards = "Max-Forwards";
    /// <summary>The shortest registration that a registrar takes (RFC 3261 §20.23).</summary>
    public const string MinExpires = "Min-Expires";
    /// <summary>The shortest session interval that is taken (RFC 4028 §5).</summary>
    public const string MinSe = "Min-SE";
    /// <summary>Who calls, as a trusted network says (RFC 3325 §9.1).</summary>
    public const string PAssertedIdentity = "P-Asserted-Identity";
    /// <summary>A proxy's challenge (RFC 3261 §20.27).</summary>
    public const string ProxyAuthenticate = "Proxy-Authenticate";
    /// <summary>Credentials for a proxy (RFC 3261 §20.28).</summary>
    public const string ProxyAuthorization = "Proxy-Authorization";
    /// <summary>Why a request was sent (RFC 3326).</summary>
    public const string Reason = "Reason";
    /// <summary>The proxies that want to see later requests (RFC 3261 §20.30).</summary>
    public const string RecordRoute = "Record-Route";
    /// <summary>Whom to call (RFC 3515 §2.1).</summary>
    public const string ReferTo = "Refer-To";
    /// <summary>Who asked for the call (RFC 3892).</summary>
    public const string ReferredBy = "Referred-By";
    /// <summary>Which dialog an INVITE takes the place of (RFC 3891).</summary>
    public const string Replaces = "Replaces";
    /// <summary>Extensions without which a request must not be served (RFC 3261 §20.32).</summary>
    public const string Require = "Require";
    /// <summary>When to try again (RFC 3261 §20.33).</summary>
    public const string RetryAfter = "Retry-After";
    /// <summary>The proxies that a request has to pass (RFC 3261 §20.34).</summary>
    public const string Route = "Route";
    /// <summary>The name of the program that answers (RFC 3261 §20.35).</summary>
    public const string Server = "Server";
    /// <summary>How often a session has to be refreshed, and by whom (RFC 4028 §4).</summary>
    public const string SessionExpires = "Session-Expires";
    /// <summary>The state of a subscription (RFC 6665 §8.2.3).</summary>
    public const string SubscriptionState = "Subscription-State";
    /// <summary>Extensions that are understood (RFC 3261 §20.37).</summary>
    public const string Supported = "Supported";
    /// <summary>Whom somebody asks (RFC 3261 §20.39).</summary>
    public const string To = "To";
    /// <summary>Extensions that are not understood (RFC 3261 §20.40).</summary>
    public const string Unsupported = "Unsupported";
    /// <summary>The name of the program that asks (RFC 3261 §20.41).</summary>
    public const string UserAgent = "User-Agent";
    /// <summary>The way of a request (RFC 3261 §20.42).</summary>
    public const string Via = "Via";
    /// <summary>A user agent's challenge (RFC 3261 §20.44).</summary>
    public const string WwwAuthenticate = "WWW-Authenticate";

    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["i"] = CallId, ["m"] = Contact, ["e"] = ContentEncoding, ["l"] = ContentLength, ["c"] = ContentType, ["f"] = From, ["s"] = "Subject",
        ["k"] = Supported, ["t"] = To, ["v"] = Via, ["r"] = ReferTo, ["b"] = ReferredBy, ["x"] = SessionExpires, ["o"] = Event,
        ["u"] = "Allow-Events", ["a"] = "Accept-Contact", ["j"] = "Reject-Contact", ["d"] = "Request-Disposition",
    }.Concat(new[]
    {
        Accept, Allow, Authorization, CallId, Contact, ContentEncoding, ContentLength, ContentType, CSeq, Event, Expires, From, MaxForwards, MinExpires, MinSe,
        PAssertedIdentity, ProxyAuthenticate, ProxyAuthorization, Reason, RecordRoute, ReferTo, ReferredBy, Replaces, Require, RetryAfter, Route, Server,
        SessionExpires, SubscriptionState, Supported, To, Unsupported, UserAgent, Via, WwwAuthenticate,
    }.Select(name => KeyValuePair.Create(name, name))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByText = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The long form of a name as it came: one of the constants here, or the name itself.</summary>
    internal static string Of(ReadOnlySpan<char> name) => ByText.TryGetValue(name, out var known) ? known : name.ToString();
}
