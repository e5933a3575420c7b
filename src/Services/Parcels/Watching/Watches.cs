using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Which open parcels are looked at when. A row a parcel, from its registration until it is done.</summary>
internal static class Watches
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);

    private static readonly string[] Columns = ["parcel_id", "check_at"];

    /// <summary>New parcels are watched.</summary>
    public static Task Begin(Tx tx, IReadOnlyCollection<string> parcelIds, DateTimeOffset now, CancellationToken ct) => parcelIds.Count == 0 ? Task.CompletedTask
        : tx.InsertRows("parcels_watches", Columns, parcelIds.Select(id => new object?[] { id, now + FirstLook }), ifAbsent: true, ct);

    /// <summary>Is it worth a look? With a promise ahead every change is, as it may be broken now; else only what is told or counted of it may be over.</summary>
    public static bool IsWorthALook(ParcelStatus to, DateTimeOffset? promisedBy, DateTimeOffset now) => promisedBy > now || IsTurn(to);

    private static bool IsTurn(ParcelStatus to) => to switch
    {
        ParcelStatus.InLocker or ParcelStatus.InStation or ParcelStatus.Signed or ParcelStatus.DeliveryFailed or ParcelStatus.Held or ParcelStatus.Refused
            or ParcelStatus.Returning or ParcelStatus.Returned or ParcelStatus.Damaged or ParcelStatus.Lost or ParcelStatus.Redirected or ParcelStatus.Cancelled => true,
        ParcelStatus.Registered or ParcelStatus.PickedUp or ParcelStatus.Departed or ParcelStatus.Arrived or ParcelStatus.OutForDelivery => false,
    };

    /// <summary>These are looked at next.</summary>
    public static Task LookSoon(Tx tx, IReadOnlyCollection<string> parcelIds, DateTimeOffset now, CancellationToken ct) => parcelIds.Count == 0 ? Task.CompletedTask
        : tx.Execute("update parcels_watches set check_at = @now where parcel_id in @parcelIds and check_at > @now", new { parcelIds, now }, ct);
}
