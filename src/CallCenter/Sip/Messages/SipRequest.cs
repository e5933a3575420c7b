using System.Diagnostics.CodeAnalysis;

namespace Courier.Sip.Messages;

/// <summary>A request.</summary>
public sealed class SipRequest : SipMessage
{
    /// <summary>What is asked for.</summary>
    public required SipMethod Method { get; init; }

    /// <summary>Whom the request is for at this hop.</summary>
    public required SipUri RequestUri { get; set; }

    /// <summary>The last hop. Every request that was received has one; one that is to be sent gets it from the transaction layer.</summary>
    [SuppressMessage("Performance", "CA1826", Justification = "the list is never empty here")]
    public Via TopVia => Vias[0];

    /// <summary>
    /// A response to this request with what has to be copied (RFC 3261 §8.2.6): the whole way, From, To, Call-ID and CSeq, and
    /// Record-Route where the response makes a dialog (§12.1.1).
    /// </summary>
    /// <param name="status">100 to 699</param>
    /// <param name="toTag">the tag of this end, when To has none yet; a response other than 100 must have one</param>
    /// <param name="reason">the words behind the number; null for the usual ones</param>
    public SipResponse Answer(int status, string? toTag = null, string? reason = null)
    {
        var response = new SipResponse
        {
            Status = status, Reason = reason ?? SipResponse.UsualReason(status), Vias = [.. Vias], From = From, CallId = CallId, CSeq = CSeq,
            To = status == 100 || toTag is null || To.Tag is not null ? To : To.WithTag(toTag),
        };
        if (status is > 100 and < 300) response.RecordRoutes.AddRange(RecordRoutes);
        return response;
    }
}
