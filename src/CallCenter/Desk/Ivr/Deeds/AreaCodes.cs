using System.Collections.Frozen;
using Courier.Kernel;
using Courier.Services.Addresses;
using Courier.Services.Rates;

namespace Courier.CallCenter.Ivr;

/// <summary>Cities by their telephone area codes (010 北京, 0571 杭州): the one name of a city that everybody can key in.</summary>
internal sealed class AreaCodes(Divisions divisions)
{
    private static readonly FrozenDictionary<string, (string Province, string City)> Cities = Load();

    /// <summary>The city as prices see it; null when nobody has this code.</summary>
    public QuotePlace? Find(string digits) =>
        Cities.TryGetValue(digits.StartsWith('0') ? digits : "0" + digits, out var city) ? QuotePlaces.Locate(divisions, city.Province, city.City, "", out _) : null;

    private static FrozenDictionary<string, (string, string)> Load()
    {
        using var reader = IvrSeed.Open("area_codes.csv");
        return Csv.Read(reader).ToFrozenDictionary(r => r["code"], r => (r["province"], r["city"]), StringComparer.Ordinal);
    }
}
