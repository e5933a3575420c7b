using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;

namespace Courier.CallCenter.Records;

/// <summary>When a customer called, and when we called.</summary>
internal sealed class CallsOfATimeline : ITimelinePart
{
    public async Task<IReadOnlyList<TimelineEntry>> Before(ISqlReader db, CustomerId customer, string? before, int limit, CancellationToken ct) =>
        [.. (await CallReading.List(db, null, customer, before, limit, ct).ConfigureAwait(false)).Select(c => new TimelineEntry
        {
            Id = c.Id, Kind = c.Direction == CallDirection.Outbound ? TimelineKind.CallOut : TimelineKind.CallIn, At = c.StartedAt, Number = c.Hotline,
            State = c.Result is { } result ? EnumText<CallResult>.Of(result) : "", Words = Duration(c),
        })];

    private static string Duration(CallRow call) =>
        call is { TalkedAt: { } talked, EndedAt: { } ended } ? Texts.Talked(ended - talked) : "";
}
