using System.Buffers;

namespace Courier.Services.Addresses.Parsing;

/// <summary>One way to read the names of a place, from the first to the last of them.</summary>
/// <param name="Start">Where the first name begins.</param>
/// <param name="DetailStart">Where the detail begins: behind the last name above the streets, or at the street.</param>
/// <param name="End">Behind the last name.</param>
/// <param name="Place">The deepest place above the streets.</param>
/// <param name="Street">The street, when one is named.</param>
/// <param name="Score">How well it reads, streets aside: they must not decide between towns.</param>
/// <param name="StreetScore">What the street adds.</param>
/// <param name="Renamed">The old name that was used, and the place that bears another one today.</param>
internal readonly record struct Reading(int Start, int DetailStart, int End, Division Place, Division? Street, float Score, float StreetScore, (string Old, Division Now)? Renamed)
{
    public float Total => Score + StreetScore;

    /// <summary>Does the city stand there only by the name of a zone (西咸新区)? Some lie in two.</summary>
    public bool ByZone { get; init; }
}

/// <summary>
/// Finds the names of a place in a text: every possible beginning is read to its end (province, city, district, street, each inside the
/// one before; levels may be left out, names may be repeated), each way gets a score, the best one counts. Ways that are as good as the
/// best and lead to other places are what the text does not decide.
/// </summary>
internal sealed class PlaceReading(PlaceTable table)
{
    private const float AtStart = 3, InsideFull = -1, InsideShort = -4, Enough = 3.9f, Alike = 0.01f;
    private const int MostSteps = 12;

    // The counties of 重庆市 hang below a virtual 县: 重庆市县城口县.
    private const string Chongqing = "50";

    private static readonly SearchValues<char> FillerHeads = SearchValues.Create("市省自直中辖生第县");

    private static readonly string[] Fillers = ["市辖区", "省直辖县级行政区划", "省直辖县级行政单位", "省直辖行政单位", "自治区直辖县级行政区划", "自治区直辖县级行政单位", "省直辖", "直辖县级", "中国", "辖区", "生产建设兵团",
        "第一师", "第二师", "第三师", "第四师", "第五师", "第六师", "第七师", "第八师", "第九师", "第十师", "第十一师", "第十二师", "第十三师", "第十四师"];

    /// <summary>The ways to read it that count: the best first; empty when no place is named.</summary>
    public List<Reading> Read(PastedText text, IReadOnlyList<Segment> segments)
    {
        var found = new List<Reading>();
        var covered = 0;
        foreach (var segment in segments)
        {
            if (!segment.MayHoldPlace) continue;
            for (var at = Math.Max(segment.Start, covered); at < segment.End - 1; at++)
            {
                var names = table.At(text.KeyFrom(at));
                if (names.IsEmpty) continue;
                var before = found.Count;
                Begin(text, segment, at, names, found);
                if (found.Count > before && at == segment.Start) covered = Covered(found, before);
            }
        }
        return Best(found);
    }

    /// <summary>Streets and towns whose name stands at the beginning of a segment, for a text that names nothing else.</summary>
    public List<Reading> ReadStreets(PastedText text, IReadOnlyList<Segment> segments)
    {
        foreach (var segment in segments)
        {
            if (!segment.MayHoldPlace) continue;
            foreach (var name in table.At(text.KeyFrom(segment.Start)))
            {
                if (!text.KeyOf(segment.Start, segment.End).StartsWith(name.Text, StringComparison.Ordinal)) continue;
                var streets = Array.FindAll(name.Meanings, m => m is { Place.Level: DivisionLevel.Street, Form: NameForm.Full });
                if (streets.Length is 0 or > 8) continue;
                return [.. streets.Select(m => new Reading(segment.Start, segment.Start, segment.Start + name.Text.Length, Above(m.Place), m.Place, Enough, 0, null))];
            }
        }
        return [];
    }

    /// <summary>Where the detail begins, when from here on a place that is known already is only repeated (广东省深圳市南山区 …); one name alone is that of a company (义乌市五月花电子商务).</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to look.</param>
    /// <param name="end">Where to stop.</param>
    /// <param name="place">The place that is known.</param>
    public int SkipRepetition(PastedText text, int start, int end, Division place)
    {
        var paths = new List<Path>(1);
        Follow(text, start, end, new Path { Place = place, DetailStart = start, End = start }, paths);
        return paths is [{ Steps: > 1 } path] ? path.DetailStart : start;
    }

    private static int Covered(List<Reading> found, int from)
    {
        var (best, end) = (float.MinValue, 0);
        for (var i = from; i < found.Count; i++)
            if (found[i].Score > best) (best, end) = (found[i].Score, found[i].End);
        return best >= 8 ? end : 0;
    }

    private void Begin(PastedText text, Segment segment, int at, ReadOnlySpan<PlaceName> names, List<Reading> found)
    {
        var rest = text.KeyOf(at, segment.End);
        List<Path>? paths = null;
        foreach (var name in names)
        {
            if (!rest.StartsWith(name.Text, StringComparison.Ordinal)) continue;
            paths ??= new List<Path>(2);
            var next = at + name.Text.Length;
            foreach (var meaning in name.Meanings)
            {
                if (meaning.Place.Level == DivisionLevel.Street) continue;
                paths.Clear();
                Follow(text, next, text.Length, new Path { Place = meaning.Place, DetailStart = meaning.Form == NameForm.Zone ? at : next, End = next, Renamed = meaning.Form == NameForm.Old ? (name.Text, meaning.Place) : null, ByZone = meaning.Form == NameForm.Zone }, paths);
                var position = Position(text, segment, at, meaning.Form) + Weight(meaning);
                foreach (var path in paths)
                {
                    var penalty = meaning.Form == NameForm.Short && path.Steps == 0 ? Followers.Penalty(text.KeyOf(next, segment.End)) : 0;
                    // 深圳大学 names its city, but stays whole in the detail.
                    found.Add(new Reading(at, penalty > 0 ? at : path.DetailStart, path.End, path.Place, path.Street, position - penalty + path.Score, path.StreetScore, path.Renamed) { ByZone = path.ByZone && path.Place.Level == DivisionLevel.City });
                }
            }
        }
    }

    // The farther inside, the less it is the beginning of an address; 阿依古丽·吐尔逊 is long and only a name.
    private static float Position(PastedText text, Segment segment, int at, NameForm form) =>
        at == segment.Start || at == segment.AfterNoise ? AtStart
        : form == NameForm.Short ? InsideShort
        : text.KeyOf(segment.Start, at).Contains('·') ? InsideFull
        : InsideFull - Math.Min(2f, 0.2f * (at - segment.Start));

    private static float Weight(Meaning meaning) => meaning.Form switch
    {
        NameForm.Full => 5 + (meaning.Place.Level == DivisionLevel.District ? 1 : 0),
        NameForm.Everyday or NameForm.Zone => 4.5f,
        NameForm.Old => 4,
        NameForm.Short => 3,
    };

    private struct Path
    {
        public Division Place;
        public Division? Street;
        public int DetailStart, End, Steps, Repeated;
        public bool ByZone;
        public float Score, StreetScore;
        public (string Old, Division Now)? Renamed;
    }

    // Reads on as long as the next name lies inside of the last one, or says it once more. Where a name means several parts of it, each is a way.
    private void Follow(PastedText text, int at, int end, Path path, List<Path> ways)
    {
        var next = path.Steps >= MostSteps ? end : SkipGaps(text, at, end, path.Place);
        if (next < end)
        {
            var before = ways.Count;
            var rest = text.KeyOf(next, WordEnd(text, next, end));
            foreach (var name in table.At(rest))
            {
                if (!rest.StartsWith(name.Text, StringComparison.Ordinal)) continue;
                foreach (var meaning in name.Meanings) Step(text, next, end, path, name.Text, meaning, ways);
                if (ways.Count > before && !MayBeShorter(name, rest)) return;
            }
            if (ways.Count > before) return;
            if (path.Street is null && InBrackets(rest, path.Place) is var bracket and > 0)
            {
                Follow(text, next + bracket, end, Stepped(path, next + bracket, 0.3f), ways);
                return;
            }
            if (Zone(rest, path.Place) is var zone and > 0)
            {
                Follow(text, next + zone, end, path, ways);
                return;
            }
            if (Guessed(rest, path) is { } district)
            {
                Follow(text, next + district.Length, end, Stepped(path, next + district.Length, 4) with { Place = district.Place, Renamed = Written(rest[..district.Length], district.Place) ?? path.Renamed }, ways);
                return;
            }
        }
        ways.Add(path);
    }

    // 青岛市南区 and 青岛市南 are 青岛 + 市南区 as well as 青岛市 + 南区; 普洱镇沅县 is no town 普洱镇.
    private static bool MayBeShorter(PlaceName name, ReadOnlySpan<char> rest) =>
        Array.Exists(name.Meanings, m => m.Place.Level == DivisionLevel.Street)
        || name.Text[^1] == '市' && rest[name.Text.Length..] is ['中' or '南' or '北'] or ['中' or '南' or '北', '区', ..];

    private void Step(PastedText text, int at, int end, Path path, string name, Meaning meaning, List<Path> ways)
    {
        if (meaning.Place.Level == DivisionLevel.Street) StepToStreet(text, at, end, path, name, meaning, ways);
        else if (meaning.Place != path.Place && PlaceTable.IsWithin(meaning.Place, path.Place)) StepDeeper(text, at, end, path, name, meaning, ways);
        else if (PlaceTable.IsWithin(path.Place, meaning.Place)) Repeat(text, at, end, path, name, meaning, ways);
    }

    // A name is a repetition only when the place itself follows: 仁怀市仁怀驾校 is a driving school, 武昌区湖北省博物馆 a museum.
    private void Repeat(PastedText text, int at, int end, Path path, string name, Meaning meaning, List<Path> ways)
    {
        var (next, before) = (at + name.Length, ways.Count);
        var stepped = Stepped(path, next, 0.3f) with { Repeated = path.Repeated + 1 };
        if (meaning.Form == NameForm.Zone) stepped.DetailStart = at;
        else if (meaning.Place == path.Place) stepped.ByZone = false;
        Follow(text, next, end, stepped, ways);
        if (EndsWord(text, next)) return;
        if (meaning.Form != NameForm.Short && IsSaidAgain(text, next, end, path, stepped, meaning.Place)) return;
        for (var i = ways.Count - 1; i >= before; i--)
            if (ways[i].Steps == stepped.Steps) ways.RemoveAt(i);
    }

    // The whole chain once more, the same name before anything but a house or road, or the larger place behind the smaller: 朝阳区北京市.
    private static bool IsSaidAgain(PastedText text, int next, int end, Path path, Path stepped, Division place) =>
        place == path.Place && stepped.Repeated > 1
        || (place == path.Place || stepped.Repeated > 1 || path.Steps == 0) && Followers.Penalty(text.KeyOf(next, WordEnd(text, next, end))) == 0;

    private void StepDeeper(PastedText text, int at, int end, Path path, string name, Meaning meaning, List<Path> ways)
    {
        // 毕节地区毕节市 was the town that is 七星关区 today; 毕节市毕节市 only says the same twice.
        if (meaning.Form == NameForm.Old && name == path.Place.Name && path.Renamed?.Now != path.Place) return;
        var (next, before) = (at + name.Length, ways.Count);
        var stepped = Stepped(path, next, 2 + Weight(meaning)) with { Place = meaning.Place, ByZone = meaning.Form == NameForm.Zone };
        if (meaning.Form == NameForm.Old) stepped.Renamed = (name, meaning.Place);
        if (meaning.Form == NameForm.Zone) stepped.DetailStart = at; // a courier knows it, and it says which district is meant where no other word does
        Follow(text, next, end, stepped, ways);
        var penalty = meaning.Form == NameForm.Short ? Followers.Penalty(text.KeyOf(next, WordEnd(text, next, end))) : 0;
        if (penalty == 0) return;
        // 北京朝阳医院 names its district, but stays whole in the detail; 深圳南山大道 may lie anywhere.
        var house = penalty < Followers.Road && meaning.Place.Level == DivisionLevel.District;
        for (var i = ways.Count - 1; i >= before; i--)
        {
            if (ways[i].Steps != stepped.Steps) continue;
            if (house) ways[i] = ways[i] with { DetailStart = at, Score = ways[i].Score - penalty };
            else ways.RemoveAt(i);
        }
    }

    private void StepToStreet(PastedText text, int at, int end, Path path, string name, Meaning meaning, List<Path> ways)
    {
        var (street, next) = (meaning.Place, at + name.Length);
        if (!PlaceTable.IsWithin(street, path.Place) || path.Street is { } other && other != street) return;
        if (meaning.Form == NameForm.Short && Followers.Penalty(text.KeyOf(next, WordEnd(text, next, end))) > 0) return;
        var district = Above(street);
        if (district != path.Place && !OnlyOne(street, path.Place)) return;
        var stepped = Stepped(path, next, 0) with { Place = district, Street = street, DetailStart = at };
        stepped.StreetScore += 3;
        Follow(text, next, end, stepped, ways);
    }

    // 河北省 + 雄安新区 + 容城县: a zone without a code, when a district that lies in the place stands behind it.
    private int Zone(ReadOnlySpan<char> rest, Division place)
    {
        if (place.Level > DivisionLevel.City) return 0;
        var end = rest[..Math.Min(rest.Length, 9)].IndexOf("新区", StringComparison.Ordinal) + 2;
        if (end < 4) return 0;
        var behind = rest[end..];
        foreach (var name in table.At(behind))
            if (behind.StartsWith(name.Text, StringComparison.Ordinal) && Array.Exists(name.Meanings, m => m is { Place.Level: DivisionLevel.District, Form: NameForm.Full } && m.Place.IsWithin(place))) return end;
        return 0;
    }

    // 西海岸新区（黄岛区）, 黄岛区（原胶南市）: the place's other name in brackets.
    private int InBrackets(ReadOnlySpan<char> rest, Division place)
    {
        if (rest.IsEmpty || rest[0] != '(' || rest[..Math.Min(rest.Length, 14)].IndexOf(')') is not (> 2 and var close)) return 0;
        var inside = rest[1..close];
        if (inside[0] == '原') inside = inside[1..];
        foreach (var name in table.At(inside))
            if (inside.SequenceEqual(name.Text) && Array.Exists(name.Meanings, m => m.Place == place)) return close + 1;
        return 0;
    }

    // 南京市 + 雨花区 → 雨花台区: the beginning of the name of exactly one district of the city.
    private (Division Place, int Length)? Guessed(ReadOnlySpan<char> rest, Path path)
    {
        if (path.Place.Level == DivisionLevel.Province) return path.Street is null ? GuessedCity(rest, path.Place) : null;
        if (path.Place.Level != DivisionLevel.City || path.Street is not null || !table.Districts.TryGetValue(path.Place.Code, out var districts)) return null;
        var ending = rest[..Math.Min(rest.Length, 6)].IndexOfAny("区县市旗");
        if (ending < 2) return null;
        Division? meant = null;
        foreach (var district in districts)
        {
            if (!district.Name.AsSpan().StartsWith(rest[..ending], StringComparison.Ordinal) && !Misspellings.Mean(rest[..(ending + 1)], district.Name)) continue;
            if (meant is not null) return null;
            meant = district;
        }
        return meant is null ? null : (meant, ending + 1);
    }

    private static (string Old, Division Now)? Written(ReadOnlySpan<char> word, Division meant) => Misspellings.Mean(word, meant.Name) ? (word.ToString(), meant) : null;

    // 浙江省 + 杭洲市 → 杭州市.
    private (Division Place, int Length)? GuessedCity(ReadOnlySpan<char> rest, Division province)
    {
        var ending = rest[..Math.Min(rest.Length, 6)].IndexOf('市');
        if (ending < 2 || !table.Cities.TryGetValue(province.Code, out var cities)) return null;
        foreach (var city in cities)
            if (Misspellings.Mean(rest[..(ending + 1)], city.Name)) return (city, ending + 1);
        return null;
    }

    private static Path Stepped(Path path, int next, float score)
    {
        path.Steps++;
        path.End = path.DetailStart = next;
        path.Score += score;
        path.Repeated = 0;
        path.Street = null;
        return path;
    }

    private bool OnlyOne(Division street, Division place)
    {
        foreach (var name in table.At(street.Name))
            if (name.Text == street.Name)
                return Array.FindAll(name.Meanings, m => m.Place.Level == DivisionLevel.Street && PlaceTable.IsWithin(m.Place, place)).Length == 1;
        return false;
    }

    /// <summary>What a street belongs to: its district, or the city that has none.</summary>
    public static Division Above(Division street) => street.Parent is { IsPlace: true } district ? district : street.Parent!.Parent!;

    private static int WordEnd(PastedText text, int at, int end)
    {
        while (at < end && text.Marks[at] == Mark.Text) at++;
        return at;
    }

    private static bool EndsWord(PastedText text, int at) => !text.IsText(at);

    private static int SkipGaps(PastedText text, int at, int end, Division place)
    {
        for (var skipped = true; skipped;)
        {
            skipped = false;
            while (at < end && (text.Marks[at] is Mark.Gap or Mark.Line || text.Key[at] is '-' or '.' or '·' && text.Marks[at] == Mark.Text)) at++;
            var rest = text.KeyFrom(at);
            if (rest.IsEmpty || !FillerHeads.Contains(rest[0])) break;
            foreach (var filler in Fillers)
            {
                if (!rest.StartsWith(filler, StringComparison.Ordinal)) continue;
                (at, skipped) = (at + filler.Length, true);
                break;
            }
            if (!skipped && place.Code == Chongqing && rest.Length > 2 && rest[0] == '县') (at, skipped) = (at + 1, true);
        }
        return Math.Min(at, end);
    }

    private List<Reading> Best(List<Reading> found)
    {
        if (found.Count == 0) return found;
        var best = found.MaxBy(r => r.Total);
        if (best.Score < Enough) return [];
        // As good without their streets, over the same words: the text does not decide between them.
        var alike = found.FindAll(r => r.Start == best.Start && Math.Abs(r.Score - best.Score) < Alike);
        // Who means the other side of the strait says so.
        if (alike.Exists(r => r.Place.Kind != "unofficial")) alike = alike.FindAll(r => r.Place.Kind != "unofficial");
        if (best.Place.Kind == "unofficial" && alike.Count > 0) best = alike.MaxBy(r => r.Total);
        if (alike.Count == 1) return alike;
        var top = alike.Min(r => r.Place.Level);
        if (top == DivisionLevel.Province) alike = alike.FindAll(r => r.Place.Level == top || r.Place.Level == DivisionLevel.City && alike.Exists(p => p.Place.Level == top && r.Place.IsWithin(p.Place)));
        else if (top == DivisionLevel.City && !alike.Exists(r => IsMunicipal(r.Place))) alike = alike.FindAll(r => r.Place.Level == top);
        if (!alike.Contains(best)) best = alike.MaxBy(r => r.Total);
        return [best, .. alike.Where(r => r != best && r.Place != best.Place).DistinctBy(r => r.Place)];
    }

    private static bool IsMunicipal(Division place) => place.Code[..2] is "11" or "12" or "31" or "50";
}
