using Courier.Kernel.Events;

namespace Courier.CallCenter.Records;

/// <summary>A call has begun. It is told once the database has it, which may be later.</summary>
/// <param name="CallId">the call's one id</param>
/// <param name="Direction">inbound, outbound or internal</param>
/// <param name="Hotline">the number that was called; empty for others</param>
/// <param name="CustomerId">who it is about; null when nobody knows yet</param>
/// <param name="At">when it began</param>
[EventName("call.started.v1")]
internal sealed record CallStarted(string CallId, CallDirection Direction, string Hotline, string? CustomerId, DateTimeOffset At) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "call:" + CallId;

    /// <inheritdoc />
    public long Version => 1;
}

/// <summary>A call has ended, with what became of each end of it and how good the voice was.</summary>
/// <param name="CallId">the call's one id</param>
/// <param name="Direction">inbound, outbound or internal</param>
/// <param name="Hotline">the number that was called; empty for others</param>
/// <param name="CustomerId">who it was about; null when nobody knows</param>
/// <param name="StartedAt">when it began</param>
/// <param name="TalkedAt">when somebody of ours began to speak; null when nobody did</param>
/// <param name="EndedAt">when it ended</param>
/// <param name="Result">what became of it</param>
/// <param name="Legs">each end</param>
[EventName("call.ended.v1")]
internal sealed record CallEnded(
    string CallId, CallDirection Direction, string Hotline, string? CustomerId, DateTimeOffset StartedAt, DateTimeOffset? TalkedAt, DateTimeOffset EndedAt, CallResult Result,
    IReadOnlyList<LegFigures> Legs) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "call:" + CallId;

    /// <inheritdoc />
    public long Version => 2;
}
