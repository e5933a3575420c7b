using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>A parcel moved: everybody who follows it is told, once.</summary>
internal sealed class PlanParcelNotifications(DataKeys keys, IJobAlarm alarm, TimeProvider clock, NotificationsOptions options, IncidentBoard board, Divisions divisions) : IBatchReaction<ParcelStatusChanged>
{
    private readonly IReadOnlySet<ParcelStatus> _pushed = options.Pushed();
    private readonly IReadOnlySet<ParcelStatus> _urgent = options.Urgent();

    public async Task Handle(IReadOnlyList<Delivery<ParcelStatusChanged>> batch, Tx tx, CancellationToken ct)
    {
        var changes = batch.Select(d => d.Event).Where(e => _pushed.Contains(e.To)).ToList();
        if (changes.Count == 0) return;
        var followers = (await ParcelFollowers.Of(tx, [.. changes.Select(c => c.ParcelId).Distinct()], ct).ConfigureAwait(false)).ToLookup(f => f.ParcelId);
        var incidents = await ParcelIncidents.OfParcels(tx, board, divisions, [.. changes.Select(c => c.ParcelId).Distinct()], ct).ConfigureAwait(false);
        var planned = changes.SelectMany(change => followers[change.ParcelId].Select(follower => Plan(change, follower, incidents.GetValueOrDefault(change.ParcelId)?[0].Line)));
        await PlanNotification.Execute(tx, keys, alarm, clock, [.. planned], ct).ConfigureAwait(false);
    }

    private PlannedNotification Plan(ParcelStatusChanged change, ParcelFollower follower, string? incident) => new(
        follower.Customer, NotificationKind.ParcelStatus, FormattableString.Invariant($"parcel:{change.ParcelId}:{change.Version}"),
        ParcelNotice.WithIncident(ParcelNotice.Text(change), incident), "parcel_status", ParcelNotice.Template(change, options.ParcelTemplate), Url: null,
        OrderKey: "parcel:" + change.ParcelId, change.Version, OnlyAppId: null, OnlyAddress: null) { IsUrgent = _urgent.Contains(change.To) };
}
