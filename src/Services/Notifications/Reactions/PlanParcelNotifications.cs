using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>A parcel moved: everybody who follows it is told, once.</summary>
internal sealed class PlanParcelNotifications(
    DataKeys keys, IJobAlarm alarm, TimeProvider clock, NotificationsOptions options, ParcelOutlook outlook) : IBatchReaction<ParcelStatusChanged>
{
    private readonly IReadOnlySet<ParcelStatus> _pushed = options.Pushed();
    private readonly IReadOnlySet<ParcelStatus> _urgent = options.Urgent();

    public async Task Handle(IReadOnlyList<Delivery<ParcelStatusChanged>> batch, Tx tx, CancellationToken ct)
    {
        var changes = batch.Select(d => d.Event).Where(e => _pushed.Contains(e.To)).ToList();
        if (changes.Count == 0) return;
        var followers = (await ParcelFollowers.Of(tx, [.. changes.Select(c => c.ParcelId).Distinct()], ct).ConfigureAwait(false)).ToLookup(f => f.ParcelId);
        var expected = await ExpectedArrivals.Of(tx, outlook, [.. changes.Where(c => followers[c.ParcelId].Any())], ct).ConfigureAwait(false);
        var planned = changes.SelectMany(change => Plan(change, followers[change.ParcelId], expected.GetValueOrDefault(change)));
        await PlanNotification.Execute(tx, keys, alarm, clock, [.. planned], ct).ConfigureAwait(false);
    }

    // All who follow the parcel read the same.
    private IEnumerable<PlannedNotification> Plan(ParcelStatusChanged change, IEnumerable<ParcelFollower> followers, ExpectedArrival? expected)
    {
        var text = ParcelNotice.Text(change, expected);
        var template = ParcelNotice.Template(change, options.ParcelTemplate, expected);
        return followers.Select(follower => new PlannedNotification(
            follower.Customer, NotificationKind.ParcelStatus, FormattableString.Invariant($"parcel:{change.ParcelId}:{change.Version}"), text, "parcel_status", template, Url: null,
            OrderKey: "parcel:" + change.ParcelId, change.Version, OnlyAppId: null, OnlyAddress: null) { IsUrgent = _urgent.Contains(change.To) });
    }
}
