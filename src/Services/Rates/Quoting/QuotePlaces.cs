using Courier.Services.Addresses;

namespace Courier.Services.Rates;

/// <summary>Places as prices see them, from the divisions of China.</summary>
public static class QuotePlaces
{
    /// <summary>
    /// The place that the fields of an address name, full or short. A district that no division is called by does not matter for a
    /// price and is left out; one that lies elsewhere is a contradiction.
    /// </summary>
    /// <param name="divisions">The divisions.</param>
    /// <param name="province">省; may be empty when the city is said.</param>
    /// <param name="city">市; may be empty.</param>
    /// <param name="district">区县; may be empty.</param>
    /// <param name="wrongField">Which field is to blame: <c>province</c>, <c>city</c>, <c>district</c>; null when none is.</param>
    /// <returns>Null when there is no such place.</returns>
    public static QuotePlace? Locate(Divisions divisions, string province, string city, string district, out string? wrongField)
    {
        wrongField = null;
        var found = divisions.Locate(province.Trim(), city.Trim(), district.Trim());
        if (found is null)
        {
            wrongField = "province";
            return null;
        }
        var place = Of(found);
        if (province.Length > 0 && !Calls(Root(found), province)) wrongField = "province";
        else if (city.Length > 0 && Contradicts(divisions, city.Trim(), found)) wrongField = "city";
        else if (district.Length > 0 && found.Level < DivisionLevel.District && place.City != district.Trim() && IsElsewhere(divisions, district.Trim(), found)) wrongField = "district";
        return wrongField is null ? place : null;
    }

    /// <summary>The place with exactly these full names; null when there is none.</summary>
    internal static QuotePlace? Exact(Divisions divisions, string province, string city, string district)
    {
        if (divisions.Locate(province, city, district) is not { } found) return null;
        // A municipality's city is itself; a price list may leave it out or say it.
        if (city.Length == 0 && district.Length == 0) return found.Level == DivisionLevel.Province && found.Name == province ? new QuotePlace(province, "", "") : null;
        var place = Of(found);
        return place.Province == province && (city.Length == 0 || place.City == city) && (district.Length == 0 || place.District == district)
            ? place with { District = district }
            : null;
    }

    internal static string? Province(Divisions divisions, string name) => Provinces(divisions).FirstOrDefault(p => p == name);

    internal static IReadOnlyList<string> Provinces(Divisions divisions) =>
        [.. Enumerable.Range(10, 90).Select(code => divisions.Find(code.ToString(System.Globalization.CultureInfo.InvariantCulture))).OfType<Division>().Select(d => d.Name)];

    private static QuotePlace Of(Division found)
    {
        var root = Root(found);
        var district = found.Level == DivisionLevel.District && found.IsPlace ? found.Name : "";
        var city = found.Level == DivisionLevel.City ? found : found.Level == DivisionLevel.District ? found.Parent : null;
        return new QuotePlace(root.Name, IsCity(root) ? root.Name : city is { IsPlace: true } ? city.Name : district, district);
    }

    // 市辖区 and 县 are what lists call the city of a municipality.
    private static bool Contradicts(Divisions divisions, string city, Division found)
    {
        if (divisions.Locate("", city, "") is { } other) return !found.IsWithin(other) && !other.IsWithin(found);
        return found.Level == DivisionLevel.Province && !(IsCity(found) && city is ("市辖区" or "县"));
    }

    // Municipalities and the special regions are cities themselves.
    private static bool IsCity(Division province) => province.Name[^1] == '市' || province.Name.EndsWith("特别行政区", StringComparison.Ordinal);

    private static Division Root(Division division) => division.Parent is { } parent ? Root(parent) : division;

    private static bool Calls(Division division, string name) => name.Trim() is var plain && (plain == division.Name || plain == division.ShortName);

    private static bool IsElsewhere(Divisions divisions, string district, Division within) =>
        divisions.NamedIn(district) is { Rest.Length: 0, Candidates: { Count: > 0 } named } && named.All(d => d.Level == DivisionLevel.District && !d.IsWithin(within));
}
