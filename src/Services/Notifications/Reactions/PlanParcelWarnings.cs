using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>A parcel will probably break its promise: whoever is to hear of it is told before it does.</summary>
internal sealed class PlanParcelWarnings(DataKeys keys, IJobAlarm alarm, TimeProvider clock, NotificationsOptions options) : IBatchReaction<ParcelLateExpected>
{
    private readonly DailyHours _quiet = DailyHours.TryParse(options.QuietHours, out var quiet) ? quiet : DailyHours.Never;

    public async Task Handle(IReadOnlyList<Delivery<ParcelLateExpected>> batch, Tx tx, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var told = (await LateWarnings.ToldOf(tx, [.. batch.Select(d => d.Event.ParcelId).Distinct()], ct).ConfigureAwait(false)).ToLookup(t => t.ParcelId);
        await PlanNotification.Execute(tx, keys, alarm, clock, [.. batch.SelectMany(d => told[d.Event.ParcelId].Select(t => Plan(d.Event, t, now)))], ct).ConfigureAwait(false);
    }

    // In the morning it would be no early warning any more when the promise ends in the quiet hours: then it may disturb.
    private PlannedNotification Plan(ParcelLateExpected late, ParcelFollower follower, DateTimeOffset now)
    {
        var sendable = QuietHours.SendableAt(_quiet, now);
        var isUrgent = late.PromisedBy <= sendable;
        return new(
            follower.Customer, NotificationKind.ParcelWarning, FormattableString.Invariant($"parcel_late:{late.ParcelId}:{late.Round}"),
            WarningNotice.Text(late, now), "parcel_status", WarningNotice.Template(late, options.ParcelTemplate, now), Url: null,
            OrderKey: "parcel:" + late.ParcelId, late.ParcelVersion, OnlyAppId: null, OnlyAddress: null) { IsUrgent = isUrgent, NotBefore = isUrgent ? null : sendable };
    }
}
