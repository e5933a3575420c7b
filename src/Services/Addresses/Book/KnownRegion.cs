using System.Globalization;

namespace Courier.Services.Addresses.Book;

/// <summary>The region of an address as it is written down, down to the district.</summary>
/// <param name="Province">省、自治区、直辖市、特别行政区.</param>
/// <param name="City">地级市; a municipality repeats itself, so does what hangs directly below a province.</param>
/// <param name="District">区县; empty for a city without districts.</param>
public sealed record KnownRegion(string Province, string City, string District)
{
    /// <summary>Reads the three fields as people fill them in, full names or short; null when they name no district, or no city that has none.</summary>
    public static KnownRegion? Of(Divisions divisions, string province, string city, string district)
    {
        if (divisions.Locate(province, city, district) is not { Level: >= DivisionLevel.City } place) return null;
        if (place.Level == DivisionLevel.City) return district.Length == 0 || district == city ? OfCity(divisions, place) : null;
        if (place.Level != DivisionLevel.District || !Says(place, district, city)) return null;
        var above = place.Parent!;
        var top = above.Parent!;
        return above.IsPlace ? new KnownRegion(top.Name, above.Name, place.IsPlace ? place.Name : "")
            : IsMunicipality(top) ? new KnownRegion(top.Name, top.Name, place.Name) : new KnownRegion(top.Name, place.Name, place.Name);
    }

    private static KnownRegion? OfCity(Divisions divisions, Division city) =>
        city.IsPlace && !HasDistricts(divisions, city) ? new KnownRegion(city.Parent!.Name, city.Name, "") : null;

    // Locate stops at the place that the city's field names: the district's field must not name another.
    private static bool Says(Division place, string district, string city) =>
        district.Length == 0 ? place.Name == city || place.ShortName == city : place.Name == district || place.ShortName == district;

    private static bool IsMunicipality(Division province) => province.Code is "11" or "12" or "31" or "50";

    private static bool HasDistricts(Divisions divisions, Division city) =>
        Enumerable.Range(0, 100).Any(n => divisions.Find(city.Code + n.ToString("d2", CultureInfo.InvariantCulture)) is { IsPlace: true });
}
