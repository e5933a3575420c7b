using System.Collections.Frozen;

namespace Courier.Services.Rates;

/// <summary>A named set of places: whole provinces, cities or districts.</summary>
internal sealed class Region(string name, IEnumerable<QuotePlace> places)
{
    private readonly FrozenSet<QuotePlace> _places = places.ToFrozenSet();

    public string Name => name;

    public bool NamesDistricts => _places.Any(p => p.District.Length > 0);

    public IEnumerable<QuotePlace> Places => _places;

    /// <summary>Does it hold the whole place, whatever district is meant?</summary>
    public bool Holds(QuotePlace place) =>
        _places.Contains(new(place.Province, "", ""))
        || place.City.Length > 0 && _places.Contains(new(place.Province, place.City, ""))
        || place.District.Length > 0 && _places.Contains(place);
}
