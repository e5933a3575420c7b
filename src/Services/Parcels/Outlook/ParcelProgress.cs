using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>Where a parcel stands, as far as it matters for when it will arrive and why it does not move.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Lane">From where to where.</param>
/// <param name="City">Where the newest change of status happened; may be empty.</param>
/// <param name="Place">Outlet, hub or locker of the newest scan; may be empty.</param>
/// <param name="Text">What the newest scan says; empty before any.</param>
/// <param name="Since">Since when it has this status.</param>
/// <param name="LastScanAt">When the newest scan was; the registration before any.</param>
/// <param name="PromisedBy">Until when the core promised delivery; null when it did not.</param>
public sealed record ParcelProgress(
    ParcelStatus Status, Lane Lane, string City, string Place, string Text, DateTimeOffset Since, DateTimeOffset LastScanAt, DateTimeOffset? PromisedBy)
{
    /// <summary>The stage of its lane; null for one that is not on its way to the recipient any more.</summary>
    public LaneStage? Stage => Stages.Of(Status, City, Lane);
}

/// <summary>Statuses as stages of a lane. Pure.</summary>
internal static class Stages
{
    /// <summary>The stage that begins with a status in a city; null for the way back and what has ended in vain.</summary>
    public static LaneStage? Of(ParcelStatus status, string city, Lane lane) => status switch
    {
        ParcelStatus.Registered => LaneStage.Ordered,
        ParcelStatus.PickedUp => LaneStage.PickedUp,
        ParcelStatus.Departed => Same(city, lane.ToCity) ? LaneStage.LeftDestination : Same(city, lane.FromCity) ? LaneStage.LeftOrigin : LaneStage.LeftOnTheWay,
        ParcelStatus.Arrived => Same(city, lane.ToCity) ? LaneStage.AtDestination : Same(city, lane.FromCity) ? LaneStage.AtOrigin : LaneStage.AtOnTheWay,
        ParcelStatus.OutForDelivery => LaneStage.OutForDelivery,
        ParcelStatus.DeliveryFailed => LaneStage.DeliveryFailed,
        ParcelStatus.Held or ParcelStatus.Redirected or ParcelStatus.Damaged => LaneStage.Held,
        ParcelStatus.InLocker or ParcelStatus.InStation => LaneStage.Awaiting,
        ParcelStatus.Signed => LaneStage.Finished,
        ParcelStatus.Refused or ParcelStatus.Returning or ParcelStatus.Returned or ParcelStatus.Lost or ParcelStatus.Cancelled => null,
    };

    /// <summary>The way of a finished parcel; null when it was not a plain one (on its way back, lost in between) and teaches nothing.</summary>
    public static IReadOnlyList<LanePoint>? Way(DateTimeOffset registeredAt, IReadOnlyList<StatusPoint> points, Lane lane)
    {
        var stages = points.Select(p => (Stage: Of(p.Status, p.City, lane), p.At)).ToList();
        if (stages.Count == 0 || stages.Any(s => s.Stage is null) || stages[^1].Stage != LaneStage.Finished) return null;
        return [new LanePoint(LaneStage.Ordered, registeredAt), .. stages.Select(s => new LanePoint(s.Stage!.Value, s.At))];
    }

    private static bool Same(string one, string other) => one.Length > 1 && other.Length > 1 && string.Equals(one.TrimEnd('市'), other.TrimEnd('市'), StringComparison.Ordinal);
}
