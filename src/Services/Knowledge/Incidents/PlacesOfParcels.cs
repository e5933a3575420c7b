using Courier.Services.Addresses;
using Courier.Services.Parcels;

namespace Courier.Services.Knowledge;

/// <summary>Where a parcel comes from, goes to and is now, as codes of divisions.</summary>
internal static class PlacesOfParcels
{
    public static IReadOnlyList<string> Of(ParcelWay way, Divisions divisions) =>
    [
        divisions.Locate(way.ToProvince, way.ToCity, way.ToDistrict)?.Code ?? "",
        divisions.Locate("", way.NowCity ?? "", "")?.Code ?? "",
        divisions.Locate(way.FromProvince, way.FromCity, way.FromDistrict)?.Code ?? "",
    ];
}
