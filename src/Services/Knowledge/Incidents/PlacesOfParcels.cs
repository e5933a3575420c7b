using Courier.Services.Addresses;
using Courier.Services.Parcels;

namespace Courier.Services.Knowledge;

/// <summary>Where a parcel is now and goes to, and where it comes from until it has left, as codes of divisions.</summary>
internal static class PlacesOfParcels
{
    public static IReadOnlyList<string> Of(ParcelWay way, Divisions divisions)
    {
        var from = divisions.Locate(way.FromProvince, way.FromCity, way.FromDistrict);
        var to = divisions.Locate(way.ToProvince, way.ToCity, way.ToDistrict);
        var now = divisions.Locate("", way.NowCity ?? "", "");
        Division?[] places = way.Status == ParcelStatus.Returning ? [from, now] : HasLeft(way.Status, from, now) ? [to, now] : [to, now, from];
        return [.. places.Select(p => p?.Code ?? "")];
    }

    // Reports name cities at most: within the city that it comes from it has not left, until it is where it is delivered.
    private static bool HasLeft(ParcelStatus status, Division? from, Division? now) => status switch
    {
        ParcelStatus.Registered or ParcelStatus.PickedUp => false,
        ParcelStatus.OutForDelivery or ParcelStatus.DeliveryFailed or ParcelStatus.InLocker or ParcelStatus.InStation or ParcelStatus.Refused => true,
        _ => from is null || (now is not null && !from.IsWithin(now) && !now.IsWithin(from)),
    };
}
