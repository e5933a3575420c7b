namespace Courier.Services.Notifications;

/// <summary>Notifications of one customer that go out as one message; mostly it is one.</summary>
/// <param name="All">The notifications; the first one's id is the message's.</param>
/// <param name="Outgoing">The message.</param>
internal sealed record Bundle(IReadOnlyList<DueMessage> All, OutgoingMessage Outgoing)
{
    /// <summary>The notification whose id the message has.</summary>
    public DueMessage Lead => All[0];

    public long Attempts => All.Max(m => m.Attempts);

    public DateTimeOffset FirstTriedAt => All.Min(m => m.FirstTriedAt);

    /// <summary>When the youngest of them was planned.</summary>
    public DateTimeOffset PlannedAt => All.Max(m => m.PlannedAt);

    public bool IsTakenOver => All.Any(m => m.IsTakenOver == 1);
}
