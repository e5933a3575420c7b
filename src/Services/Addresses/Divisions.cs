using System.Buffers;

namespace Courier.Services.Addresses;

/// <summary>
/// All divisions of China down to streets, in memory: 45,130 rows that change once a year with the program. Read when first asked
/// for; nothing is asked of the database.
/// </summary>
public sealed class Divisions
{
    private const int LongestName = 20;

    // Of the program, not of a host: several hosts in one process share it.
    private static readonly Lazy<Index> Known = new(Read);

    /// <summary>Every division, parents before their parts.</summary>
    public IEnumerable<Division> All => Known.Value.ByCode.Values;

    /// <summary>The division of a code; null when there is none.</summary>
    public Division? Find(string code) => Known.Value.ByCode.GetValueOrDefault(code);

    /// <summary>The deepest division that the three fields of an address name, full or short; null when not even the first is known.</summary>
    /// <param name="province">省; may be empty.</param>
    /// <param name="city">市; may be empty.</param>
    /// <param name="district">区县; may be empty.</param>
    public Division? Locate(string province, string city, string district)
    {
        var top = One(province, DivisionLevel.Province, null);
        var middle = One(city, DivisionLevel.City, top) ?? (top is null ? One(city, DivisionLevel.Province, null) : null) ?? One(city, DivisionLevel.District, top);
        var above = middle ?? top;
        return (above is { Level: DivisionLevel.District } ? above : One(district, DivisionLevel.District, above)) ?? above;
    }

    /// <summary>The places that a text names: the deepest of each chain (深圳南山粤海), several when the name does not decide (鼓楼区).</summary>
    /// <param name="text">A sentence, or only the name.</param>
    /// <param name="lowest">Names of smaller places are not read.</param>
    public PlacesNamed NamedIn(string text, DivisionLevel lowest = DivisionLevel.Street) => Known.Value.NamedIn(text, lowest);

    /// <summary>Places down to districts whose name fits what somebody types: those that begin with it first.</summary>
    /// <param name="query">Part of a name; words are separated by blanks.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<Division> Search(string query, int limit)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return [];
        var named = NamedIn(query).Candidates.Where(d => d.Level < DivisionLevel.Street);
        return [.. named.Concat(Known.Value.Regions
                .Where(d => words.All(w => d.FullName.Contains(w, StringComparison.Ordinal)) && d.Name.Contains(words[^1], StringComparison.Ordinal))
                .OrderBy(d => d.Name.StartsWith(words[^1], StringComparison.Ordinal) ? 0 : 1).ThenBy(d => d.Level).ThenBy(d => d.Code, StringComparer.Ordinal))
            .Distinct().Take(limit)];
    }

    // The one division of this name and level; an exact name wins over a short one, and two alike are none.
    private Division? One(string name, DivisionLevel level, Division? within)
    {
        if (name.Length == 0 || !Known.Value.ByName.TryGetValue(name.Trim(), out var all)) return null;
        var fitting = all.Where(d => d.Level == level && (within is null || d.IsWithin(within))).ToList();
        var exact = fitting.Where(d => d.Name == name).ToList();
        return exact.Count == 1 ? exact[0] : fitting.Count == 1 ? fitting[0] : null;
    }

    private static Index Read()
    {
        var byCode = new Dictionary<string, Division>(46_000, StringComparer.Ordinal);
        var byName = new Dictionary<string, List<Division>>(46_000, StringComparer.Ordinal);
        foreach (var row in SeedFile.Stream("divisions"))
        {
            var division = new Division(row["code"], row["name"], row["kind"], byCode.GetValueOrDefault(row["parent_code"]));
            byCode.Add(division.Code, division);
            if (!division.IsPlace) continue;
            Add(division.Name, division);
            if (division.ShortName != division.Name) Add(division.ShortName, division);
        }
        return new Index(byCode, byName);

        void Add(string name, Division division)
        {
            if (!byName.TryGetValue(name, out var same)) byName.Add(name, same = new List<Division>(1));
            same.Add(division);
        }
    }

    private sealed class Index(Dictionary<string, Division> byCode, Dictionary<string, List<Division>> byName)
    {
        private readonly Dictionary<string, List<Division>>.AlternateLookup<ReadOnlySpan<char>> _bySpan = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        private readonly SearchValues<char> _beginnings = SearchValues.Create([.. byName.Keys.Select(name => name[0]).Distinct()]); // nothing of most texts begins a name: numbers above all

        public IReadOnlyDictionary<string, Division> ByCode => byCode;

        public IReadOnlyDictionary<string, List<Division>> ByName => byName;

        public IReadOnlyList<Division> Regions { get; } = [.. byCode.Values.Where(d => d.IsPlace && d.Level < DivisionLevel.Street)];

        public PlacesNamed NamedIn(string text, DivisionLevel lowest)
        {
            List<(Division Place, bool Exact)> candidates = [];
            var rest = new System.Text.StringBuilder();
            var said = "";
            for (var at = 0; at < text.Length;)
            {
                var length = LongestAt(text, at, lowest, ref candidates);
                if (length > 0) said = text.Substring(at, length);
                else rest.Append(text[at]);
                at += Math.Max(1, length);
            }
            return new PlacesNamed(said, Best(candidates), rest.ToString());
        }

        /// <summary>How much of the text from here on is the name of a place that goes with those named before; 0 for none.</summary>
        private int LongestAt(string text, int at, DivisionLevel lowest, ref List<(Division Place, bool Exact)> candidates)
        {
            if (!_beginnings.Contains(text[at])) return 0;
            for (var length = Math.Min(LongestName, text.Length - at); length >= 2; length--)
            {
                if (!_bySpan.TryGetValue(text.AsSpan(at, length), out var named)) continue;
                if (Joined(candidates, lowest == DivisionLevel.Street ? named : named.FindAll(d => d.Level <= lowest), text.AsSpan(at, length)) is not { Count: > 0 } joined) continue;
                candidates = joined;
                return length;
            }
            return 0;
        }

        // A place after a place is part of it (深圳南山), or the other way round (南山, 深圳).
        private static List<(Division Place, bool Exact)> Joined(List<(Division Place, bool Exact)> before, List<Division> named, ReadOnlySpan<char> name)
        {
            var now = new List<(Division Place, bool Exact)>(named.Count);
            foreach (var place in named) now.Add((place, name.SequenceEqual(place.Name)));
            if (before.Count == 0) return now;
            var deeper = now.Where(n => before.Any(b => n.Place.IsWithin(b.Place))).ToList();
            return deeper.Count > 0 ? deeper : before.Where(b => now.Any(n => b.Place.IsWithin(n.Place))).ToList();
        }

        // A full name decides against short ones. A short one may be a city or a district (朝阳), but not a street as well.
        private static List<Division> Best(List<(Division Place, bool Exact)> candidates)
        {
            var fitting = candidates.Any(c => c.Exact) ? candidates.Where(c => c.Exact).ToList() : candidates;
            if (fitting.Count == 0) return [];
            var top = fitting.Min(c => c.Place.Level);
            var lowest = top == DivisionLevel.City && !fitting[0].Exact ? DivisionLevel.District : top;
            var places = fitting.Select(c => c.Place).Where(p => p.Level <= lowest).Distinct().ToList();
            return places.FindAll(p => !places.Exists(other => other != p && p.IsWithin(other))); // 恩施 is the prefecture, not its city as well
        }
    }
}

/// <summary>The places that a text names.</summary>
/// <param name="Said">The last name as it was said.</param>
/// <param name="Candidates">One when the text decides, several when it does not, none when it names no place.</param>
/// <param name="Rest">The text without the names.</param>
public sealed record PlacesNamed(string Said, IReadOnlyList<Division> Candidates, string Rest);
