using Courier.Sip.Messages;

namespace Courier.Sip.Transactions;

/// <summary>What tells one transaction from another (RFC 3261 §17.1.3, §17.2.3).</summary>
/// <param name="Branch">the branch of the top Via; for a peer older than RFC 3261 what it has in the place of one</param>
/// <param name="SentBy">who sent the request; empty for our own</param>
/// <param name="Method">the method, INVITE for an ACK</param>
internal readonly record struct TransactionKey(string Branch, string SentBy, SipMethod Method)
{
    /// <summary>The key under which a request that came finds its transaction.</summary>
    public static TransactionKey Of(SipRequest request) => Of(request, request.Method == SipMethod.Ack ? SipMethod.Invite : request.Method);

    /// <summary>The key of the INVITE that a CANCEL means (RFC 3261 §9.2).</summary>
    public static TransactionKey OfCancelled(SipRequest cancel) => Of(cancel, SipMethod.Invite);

    /// <summary>The key under which a response finds the transaction that waits for it.</summary>
    public static TransactionKey Of(SipResponse response) => new(response.Vias[0].Branch ?? "", "", response.CSeq.Method);

    private static TransactionKey Of(SipRequest request, SipMethod method)
    {
        var via = request.TopVia;
        return via.HasUniqueBranch ? new(via.Branch!, via.SentBy.ToLowerInvariant(), method) : new(OldBranch(request, via), "", method);
    }

    /// <summary>What RFC 2543 compares. The tag of To is left out: an ACK has one where its INVITE has none.</summary>
    private static string OldBranch(SipRequest request, Via via) =>
        string.Join('\n', request.RequestUri, request.From.Tag, request.CallId, request.CSeq.Number, via.Transport, via.SentBy, via.Branch);
}

/// <summary>What is alike in two requests that a fork upstream has made of one (RFC 3261 §8.2.2.2).</summary>
internal readonly record struct MergeKey(string CallId, string? FromTag, CSeq CSeq)
{
    public static MergeKey Of(SipRequest request) => new(request.CallId, request.From.Tag, request.CSeq);
}
