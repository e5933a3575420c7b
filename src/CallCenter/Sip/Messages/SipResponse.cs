namespace Courier.Sip.Messages;

/// <summary>A response.</summary>
public sealed class SipResponse : SipMessage
{
    /// <summary>The number, 100 to 699.</summary>
    public required int Status { get; init; }

    /// <summary>The words behind the number, for people; may be empty.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether a final answer is still to come.</summary>
    public bool IsProvisional => Status < 200;

    /// <summary>Whether the request was granted.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>How many seconds the sender asks to be left alone, from Retry-After (RFC 3261 §20.33); null when it does not say.</summary>
    public uint? RetryAfter
    {
        get
        {
            var text = Headers[HeaderNames.RetryAfter].AsSpan();
            var end = text.IndexOfAny(" \t(;");
            return SipText.TryParseSeconds(end < 0 ? text : text[..end], out var seconds) ? seconds : null;
        }
    }

    /// <summary>The usual words of a status (RFC 3261 §21 and the RFCs of the extensions).</summary>
    public static string UsualReason(int status) => status switch
    {
        100 => "Trying", 180 => "Ringing", 181 => "Call Is Being Forwarded", 182 => "Queued", 183 => "Session Progress",
        200 => "OK", 202 => "Accepted",
        300 => "Multiple Choices", 301 => "Moved Permanently", 302 => "Moved Temporarily", 305 => "Use Proxy",
        400 => "Bad Request", 401 => "Unauthorized", 403 => "Forbidden", 404 => "Not Found", 405 => "Method Not Allowed", 406 => "Not Acceptable",
        407 => "Proxy Authentication Required", 408 => "Request Timeout", 413 => "Request Entity Too Large", 415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme", 420 => "Bad Extension", 421 => "Extension Required", 422 => "Session Interval Too Small",
        423 => "Interval Too Brief", 480 => "Temporarily Unavailable", 481 => "Call/Transaction Does Not Exist", 482 => "Loop Detected",
        483 => "Too Many Hops", 484 => "Address Incomplete", 486 => "Busy Here", 487 => "Request Terminated", 488 => "Not Acceptable Here",
        489 => "Bad Event", 491 => "Request Pending",
        500 => "Server Internal Error", 501 => "Not Implemented", 503 => "Service Unavailable", 504 => "Server Time-out",
        505 => "Version Not Supported", 513 => "Message Too Large",
        600 => "Busy Everywhere", 603 => "Decline", 604 => "Does Not Exist Anywhere", 606 => "Not Acceptable",
        _ => "",
    };
}
