using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>A parcel will probably break its promise: whoever is to hear of it is told before it does.</summary>
internal sealed class PlanParcelWarnings(DataKeys keys, IJobAlarm alarm, TimeProvider clock, NotificationsOptions options, ParcelsOptions parcels) : IBatchReaction<ParcelLateExpected>
{
    private readonly DailyHours _house = DailyHours.TryParse(options.QuietHours, out var quiet) ? quiet : DailyHours.Never;

    public async Task Handle(IReadOnlyList<Delivery<ParcelLateExpected>> batch, Tx tx, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var told = await LateWarnings.ToldOf(tx, [.. batch.Select(d => d.Event.ParcelId).Distinct()], ct).ConfigureAwait(false);
        var (ofParcel, wishes) = (told.ToLookup(t => t.ParcelId), await CustomerPreferences.Of(tx, [.. told.Select(t => t.Customer).Distinct()], ct).ConfigureAwait(false));
        var redirectors = await RedirectRights.Of(tx, parcels, [.. batch.Select(d => d.Event.ParcelId).Distinct()], ct).ConfigureAwait(false);
        var planned = batch.SelectMany(d => ofParcel[d.Event.ParcelId].Where(d.Event.IsFor)
            .Select(t => Plan(d.Event, t, redirectors.Contains(new ParcelFollower { ParcelId = t.ParcelId, Customer = t.Customer }), wishes.GetValueOrDefault(t.Customer, NotificationPreferences.Default), now)));
        await PlanNotification.Execute(tx, keys, alarm, clock, [.. planned], ct).ConfigureAwait(false);
    }

    // In the morning it would be no early warning any more when the promise ends in the quiet hours of whoever is told: then it may
    // disturb. What may not waits for their end when it is sent, by the wishes of that moment.
    private PlannedNotification Plan(ParcelLateExpected late, ToldFollower follower, bool mayRedirect, NotificationPreferences wishes, DateTimeOffset now) => new(
        follower.Customer, NotificationKind.ParcelWarning, FormattableString.Invariant($"parcel_late:{late.ParcelId}:{late.Round}"),
        WarningNotice.Text(late, mayRedirect), "parcel_status", WarningNotice.Template(late, options.ParcelTemplate, now), Url: null,
        OrderKey: "parcel:" + late.ParcelId, late.ParcelVersion, OnlyAppId: null, OnlyAddress: null)
    {
        IsUrgent = late.PromisedBy <= wishes.SendableAt(NotificationKind.ParcelWarning, isUrgent: false, _house, now),
    };
}
