namespace Courier.Services.Addresses.Parsing;

/// <summary>How a division is written in the three fields of an address.</summary>
internal static class RegionNames
{
    private const string HongKong = "81", Macau = "82";

    /// <summary>The three names: municipalities and what hangs directly below a province repeat themselves as city.</summary>
    public static RegionName Of(Division place)
    {
        var province = place;
        while (province.Parent is { } parent) province = parent;
        if (place.Level == DivisionLevel.Province) return new RegionName(place.Name, RepeatsAsCity(place) ? place.Name : "", "");
        var city = place.Level == DivisionLevel.City ? place : place.Parent!;
        if (place.Code[..2] is HongKong or Macau) return new RegionName(province.Name, province.Name, place.Level == DivisionLevel.District ? place.Name : "");
        if (place.Level == DivisionLevel.City) return new RegionName(province.Name, place.Name, "");
        if (city.IsPlace) return new RegionName(province.Name, city.Name, place.IsPlace ? place.Name : "");
        return new RegionName(province.Name, RepeatsAsCity(province) ? province.Name : place.Name, place.Name);
    }

    /// <summary>Has it no districts that an address could name?</summary>
    public static bool HasNoDistricts(Division place) => place.Code is "4419" or "4420" or "4604" or "6202" || place.Code[..2] is "71";

    private static bool RepeatsAsCity(Division province) => province.Code is "11" or "12" or "31" or "50" or HongKong or Macau;
}
