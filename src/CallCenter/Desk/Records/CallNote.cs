using Courier.CallCenter.Switch;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.CallCenter.Records;

/// <summary>Which way a call goes.</summary>
internal enum CallDirection
{
    /// <summary>Somebody calls a hotline.</summary>
    Inbound,
    /// <summary>We call somebody outside.</summary>
    Outbound,
    /// <summary>Between our own telephones.</summary>
    Internal,
}

/// <summary>What became of a call.</summary>
internal enum CallResult
{
    /// <summary>Somebody of ours and the other side spoke.</summary>
    Completed,
    /// <summary>The flow served the caller.</summary>
    SelfServed,
    /// <summary>The caller gave up waiting.</summary>
    Abandoned,
    /// <summary>The caller left a message.</summary>
    Voicemail,
    /// <summary>The called one was busy.</summary>
    Busy,
    /// <summary>Nobody answered.</summary>
    NoAnswer,
    /// <summary>The called one refused.</summary>
    Rejected,
    /// <summary>There was no way to the called one.</summary>
    Unreachable,
    /// <summary>No common codec, or no voice came any more.</summary>
    MediaFailed,
    /// <summary>The other side vanished.</summary>
    TimedOut,
    /// <summary>Something of ours went wrong.</summary>
    Failed,
    /// <summary>The process that had it died.</summary>
    Lost,
}

/// <summary>What the journal keeps of calls: one line when a call begins, one when it ends, one when a process begins.</summary>
/// <param name="Node">the process</param>
/// <param name="At">when the line was written</param>
/// <param name="Call">the call; null where the process begins: its calls from before are lost</param>
internal sealed record CallNote(string Node, DateTimeOffset At, CallFigures? Call)
{
    /// <summary>What the journal calls such lines.</summary>
    public const string Kind = "call";
}

/// <summary>A call in figures.</summary>
internal sealed record CallFigures
{
    public required string Id { get; init; }

    public required CallDirection Direction { get; init; }

    /// <summary>The number outside; empty when it does not say.</summary>
    public required string Peer { get; init; }

    public required string Hotline { get; init; }

    public required string Flow { get; init; }

    public required string Trunk { get; init; }

    public CustomerId? Customer { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When somebody of ours began to speak with the other side.</summary>
    public DateTimeOffset? TalkedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public CallResult? Result { get; init; }

    public bool IsRecorded { get; init; }

    /// <summary>The call in which this call-back was promised; empty for other calls.</summary>
    public string CalledBackFor { get; init; } = "";

    public IReadOnlyList<LegFigures> Legs { get; init; } = [];

    /// <summary>Says no number, so that no log does.</summary>
    public override string ToString() => $"call {Id}";
}

/// <summary>One end of a call in figures.</summary>
internal sealed record LegFigures
{
    public required string Id { get; init; }

    public required PartyRole Role { get; init; }

    /// <summary>The telephone's name; empty outside.</summary>
    public required string PhoneUser { get; init; }

    public StaffId? Staff { get; init; }

    /// <summary>The last four digits outside; empty for our telephones.</summary>
    public required string PeerTail { get; init; }

    public required string Trunk { get; init; }

    public required string SipCallId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required PartyOutcome Outcome { get; init; }

    /// <summary>The SIP status that said so; 0 when none did.</summary>
    public required int Status { get; init; }

    public required long Sent { get; init; }

    public required long Received { get; init; }

    public required long Lost { get; init; }

    public required int LossPermille { get; init; }

    public required int JitterMs { get; init; }

    public int? RttMs { get; init; }

    /// <summary>Estimated opinion score, 100 to 450.</summary>
    public int? MosHundredths { get; init; }
}
