using Courier.Kernel.Events;

namespace Courier.Services.Parcels;

/// <summary>A parcel has moved on: one event for each change of status that counts, never for a late or repeated report.</summary>
/// <param name="ParcelId">The parcel's id (not its number).</param>
/// <param name="Waybill">Its number.</param>
/// <param name="From">Status before.</param>
/// <param name="To">Status now.</param>
/// <param name="At">When it happened, as the core says.</param>
/// <param name="City">Where, such as 杭州市; may be empty.</param>
/// <param name="Place">Outlet, hub or locker; may be empty.</param>
/// <param name="Text">What the core says about it; staff phones are masked.</param>
/// <param name="Reason">Why, for failures; null when none was given.</param>
/// <param name="Version">Version of the parcel after the change.</param>
[EventName("parcel.status_changed.v1")]
public sealed record ParcelStatusChanged(
    string ParcelId, WaybillNumber Waybill, ParcelStatus From, ParcelStatus To, DateTimeOffset At, string City, string Place, string Text,
    string? Reason, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "parcel:" + ParcelId;
}
