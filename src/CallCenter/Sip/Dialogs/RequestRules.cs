using Courier.Sip.Messages;

namespace Courier.Sip.Dialogs;

/// <summary>What this end understands, and the refusal of requests that ask for more (RFC 3261 §8.2.1–8.2.3, in that order).</summary>
/// <param name="Methods">the methods that are served</param>
/// <param name="Extensions">the extensions that a request may require</param>
/// <param name="BodyTypes">the media types that a body may have, in small letters</param>
public sealed record RequestRules(IReadOnlyList<SipMethod> Methods, IReadOnlyList<string> Extensions, IReadOnlyList<string> BodyTypes)
{
    /// <summary>The value of Allow.</summary>
    public string Allow { get; } = string.Join(", ", Methods);

    /// <summary>The value of Accept.</summary>
    public string Accept { get; } = string.Join(", ", BodyTypes);

    /// <summary>The value of Supported.</summary>
    public string Supported { get; } = string.Join(", ", Extensions);

    /// <summary>The answer that refuses the request, or null when it may be served. ACK and CANCEL are never refused for what they ask.</summary>
    /// <param name="request">a request that was received</param>
    /// <param name="toTag">the tag of the answer</param>
    public SipResponse? Refuse(SipRequest request, string toTag)
    {
        if (request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel) return null;
        if (!Methods.Contains(request.Method)) return With(request.Answer(request.Method.IsKnown ? 405 : 501, toTag), HeaderNames.Allow, Allow);
        if (!request.RequestUri.IsSip && request.RequestUri.Scheme != "tel") return request.Answer(416, toTag);
        var unknown = request.Headers.Tokens(HeaderNames.Require).Except(Extensions, StringComparer.OrdinalIgnoreCase).ToList();
        if (unknown.Count > 0) return With(request.Answer(420, toTag), HeaderNames.Unsupported, string.Join(", ", unknown));
        return RefuseBody(request, toTag) ?? RefuseAccept(request, toTag);
    }

    private SipResponse? RefuseBody(SipRequest request, string toTag)
    {
        if (request.Body.IsEmpty || IsOptional(request)) return null;
        if (request.Headers.Tokens(HeaderNames.ContentEncoding).Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return With(request.Answer(415, toTag), "Accept-Encoding", "identity");
        return request.ContentType is { } type && BodyTypes.Contains(type) ? null : With(request.Answer(415, toTag), HeaderNames.Accept, Accept);
    }

    /// <summary>An INVITE is answered with a description of the session; a caller that takes none cannot be served (RFC 3261 §21.4.7).</summary>
    private static SipResponse? RefuseAccept(SipRequest request, string toTag)
    {
        if (request.Method != SipMethod.Invite || request.Headers[HeaderNames.Accept] is null) return null;
        var takes = request.Headers.Tokens(HeaderNames.Accept).Select(SipMessage.MediaType);
        return takes.Any(t => t is "application/sdp" or "application/*" or "*/*") ? null : request.Answer(406, toTag);
    }

    private static bool IsOptional(SipRequest request) =>
        request.Headers["Content-Disposition"]?.Contains("handling=optional", StringComparison.OrdinalIgnoreCase) == true;

    private static SipResponse With(SipResponse response, string name, string value)
    {
        response.Headers.Add(name, value);
        return response;
    }
}
