using System.Collections.Frozen;

namespace Courier.Services.Rates;

/// <summary>Which zone lies between two places: the first row that fits decides. All answers are worked out once, so asking is two look-ups.</summary>
internal sealed class ZoneTable
{
    private const int Relations = 3;

    private readonly FrozenDictionary<(string Province, string City), int> _classes;
    private readonly int _count;
    private readonly short[] _zones;

    private ZoneTable(IReadOnlyList<string> names, FrozenDictionary<(string, string), int> classes, int count, short[] zones) =>
        (Names, _classes, _count, _zones) = (names, classes, count, zones);

    /// <summary>The zones in the order of their first row.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The zone between two places as its place in <see cref="Names"/>; -1 when a place is not known.</summary>
    public int Between(QuotePlace from, QuotePlace to)
    {
        var (a, b) = (ClassOf(from), ClassOf(to));
        return a < 0 || b < 0 ? -1 : _zones[(int)RelationOf(from, to) * _count * _count + a * _count + b];
    }

    /// <summary>Works out the table.</summary>
    /// <param name="rows">From, to and zone, in their order.</param>
    /// <param name="provinces">All provinces: everywhere between them has to have a zone.</param>
    /// <param name="gap">Is told two places that no row fits.</param>
    public static ZoneTable Of(IReadOnlyList<ZoneRow> rows, IReadOnlyList<string> provinces, Action<QuotePlace, QuotePlace> gap)
    {
        // Places that no row tells apart from their province are of the province's class.
        var named = rows.SelectMany(r => r.From.Cities.Concat(r.To.Cities)).Distinct();
        QuotePlace[] places = [.. provinces.Select(p => new QuotePlace(p, "", "")), .. named];
        var names = rows.Select(r => r.Zone).Distinct().ToList();
        var zones = new short[Relations * places.Length * places.Length];
        foreach (var relation in Enum.GetValues<Relation>())
            for (var a = 0; a < places.Length; a++)
                for (var b = 0; b < places.Length; b++)
                {
                    var row = rows.FirstOrDefault(r => r.Fits(relation, places[a], places[b]));
                    zones[((int)relation * places.Length + a) * places.Length + b] = (short)(row is null ? -1 : names.IndexOf(row.Zone));
                    if (row is null && Possible(relation, places[a], places[b])) gap(places[a], places[b]);
                }
        return new ZoneTable(names, places.Select((p, i) => KeyValuePair.Create((p.Province, p.City), i)).ToFrozenDictionary(), places.Length, zones);
    }

    private static bool Possible(Relation relation, QuotePlace a, QuotePlace b) => relation switch
    {
        Relation.SameCity => a == b,
        Relation.SameProvince => a.Province == b.Province,
        Relation.Apart => a.Province != b.Province,
    };

    private static Relation RelationOf(QuotePlace from, QuotePlace to) =>
        from.Province != to.Province ? Relation.Apart : from.City.Length > 0 && from.City == to.City ? Relation.SameCity : Relation.SameProvince;

    private int ClassOf(QuotePlace place) =>
        place.City.Length > 0 && _classes.TryGetValue((place.Province, place.City), out var city) ? city
        : _classes.TryGetValue((place.Province, ""), out var province) ? province : -1;
}

/// <summary>How two places lie to each other.</summary>
internal enum Relation
{
    SameCity,
    SameProvince,
    Apart,
}

/// <summary>A row of the zones.</summary>
internal sealed record ZoneRow(ZoneEnd From, ZoneEnd To, string Zone)
{
    public bool Fits(Relation relation, QuotePlace from, QuotePlace to) => From.Fits(relation, from) && To.Fits(relation, to);
}

/// <summary>One end of a zone: a region, or how it lies to the other end; everywhere when neither is said.</summary>
internal sealed record ZoneEnd(Region? Region, Relation? At)
{
    public IEnumerable<QuotePlace> Cities => Region?.Places.Where(p => p.City.Length > 0) ?? [];

    public bool Fits(Relation relation, QuotePlace place)
    {
        if (At is not { } at) return Region is null || Region.Holds(place);
        return at switch
        {
            Relation.SameCity => relation == Relation.SameCity,
            Relation.SameProvince => relation is Relation.SameCity or Relation.SameProvince,
            Relation.Apart => relation == Relation.Apart,
        };
    }
}
