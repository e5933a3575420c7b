using System.Collections.Frozen;

namespace Courier.Services.Addresses.Parsing;

/// <summary>How a name says a place; the smaller the surer.</summary>
internal enum NameForm : byte
{
    /// <summary>The name by law.</summary>
    Full,

    /// <summary>A fixed everyday name: 阿坝州, 前郭县, 浦东区, 内蒙古省.</summary>
    Everyday,

    /// <summary>A zone that is no division, in the city that it lies in: 西咸新区.</summary>
    Zone,

    /// <summary>A name that was right once: 双流县, 下城区.</summary>
    Old,

    /// <summary>Only the proper part: 深圳, 南山. Roads and houses bear it as well.</summary>
    Short,
}

/// <summary>A place that a name may mean.</summary>
internal readonly record struct Meaning(Division Place, NameForm Form);

/// <summary>A name with all that it may mean.</summary>
internal sealed record PlaceName(string Text, Meaning[] Meanings);

/// <summary>All names of all divisions in all forms, found by the first two characters of a text. Built once.</summary>
internal sealed class PlaceTable
{
    // Prefectures that lie in another prefecture: 塔城 and 阿勒泰 belong to 伊犁州.
    private const string Yili = "6540";
    private static readonly string[] WithinYili = ["6542", "6543"];

    private readonly FrozenDictionary<int, PlaceName[]> _byHead;

    public PlaceTable(Divisions divisions)
    {
        var names = new Dictionary<string, List<Meaning>>(60_000, StringComparer.Ordinal);
        foreach (var division in divisions.All) AddForms(names, division);
        var official = names.Where(n => n.Value.Exists(m => m.Form == NameForm.Full)).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var division in divisions.All) AddChanged(names, official, division);
        foreach (var row in SeedFile.Stream("division_history")) Add(names, row["name"], divisions.Find(row["replaced_by"])!, NameForm.Old);
        foreach (var row in SeedFile.Stream("division_nicknames"))
        {
            var place = divisions.Find(row["code"])!;
            Add(names, row["name"], place, place.Level < DivisionLevel.District && row["name"].EndsWith("新区", StringComparison.Ordinal) ? NameForm.Zone : NameForm.Everyday);
        }
        _byHead = names.GroupBy(n => Head(n.Key[0], n.Key[1]))
            .ToFrozenDictionary(g => g.Key, g => g.Select(n => new PlaceName(n.Key, [.. n.Value])).OrderByDescending(n => n.Text.Length).ToArray());
        Cities = divisions.All.Where(d => d is { Level: DivisionLevel.City, IsPlace: true }).GroupBy(d => d.Code[..2], StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        Districts = divisions.All.Where(d => d is { Level: DivisionLevel.District, IsPlace: true }).GroupBy(d => d.Code[..4], StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The cities of a province, by its code.</summary>
    public FrozenDictionary<string, Division[]> Cities { get; }

    /// <summary>The districts of a city, by its code.</summary>
    public FrozenDictionary<string, Division[]> Districts { get; }

    /// <summary>Names that begin with these two characters, the longest first.</summary>
    public ReadOnlySpan<PlaceName> At(ReadOnlySpan<char> text) =>
        text.Length >= 2 && text[0] >= '\u3400' && _byHead.TryGetValue(Head(text[0], text[1]), out var names) ? names : default;

    /// <summary>Is a place part of another one? As their codes tell, and as the map of Xinjiang does.</summary>
    public static bool IsWithin(Division inner, Division outer) =>
        inner.IsWithin(outer) || outer.Code == Yili && Array.Exists(WithinYili, w => inner.Code.StartsWith(w, StringComparison.Ordinal));

    private static int Head(char first, char second) => first << 16 | second;

    private static void Add(Dictionary<string, List<Meaning>> names, string name, Division place, NameForm form)
    {
        if (name.Length < 2) return;
        if (!names.TryGetValue(name, out var meanings)) names.Add(name, meanings = new List<Meaning>(1));
        if (!meanings.Exists(m => m.Place == place)) meanings.Add(new Meaning(place, form));
    }

    private static void AddForms(Dictionary<string, List<Meaning>> names, Division division)
    {
        if (!division.IsPlace) return;
        Add(names, division.Name, division, NameForm.Full);
        var (name, core) = (division.Name, PlaceNames.Core(division.Name, division.Level));
        switch (division.Level)
        {
            case DivisionLevel.Province:
                Add(names, core, division, NameForm.Short);
                if (name.EndsWith("自治区", StringComparison.Ordinal)) AddAll(names, division, core + "自治区", core + "省");
                if (name.EndsWith("特别行政区", StringComparison.Ordinal)) AddAll(names, division, core + "特区", core + "市");
                break;
            case DivisionLevel.City:
                Add(names, core, division, NameForm.Short);
                if (name.EndsWith("自治州", StringComparison.Ordinal)) AddAll(names, division, core + "州", core + "自治州");
                break;
            case DivisionLevel.District when division.Kind != "statistical" && !PlaceNames.IsPartOfBanner(name):
                Add(names, core, division, NameForm.Short);
                Add(names, division.ShortName, division, NameForm.Short); // 梅里斯 and 梅里斯达斡尔族
                if (core != name) AddAll(names, division, core + name[^1]);
                if (name.EndsWith("自治县", StringComparison.Ordinal) || name.EndsWith("自治旗", StringComparison.Ordinal)) AddAll(names, division, core + name[^3..]);
                break;
            case DivisionLevel.Street when division.Parent is { IsPlace: false, Code.Length: 6 }:
                Add(names, core, division, NameForm.Short); // towns of a city without districts stand where others have a district
                break;
        }
    }

    private static void AddAll(Dictionary<string, List<Meaning>> names, Division division, params ReadOnlySpan<string> everyday)
    {
        foreach (var name in everyday)
            if (name.Length > 2) Add(names, name, division, NameForm.Everyday);
    }

    // A county that became a district or a city, said as before; never where another place bears that name today.
    private static void AddChanged(Dictionary<string, List<Meaning>> names, HashSet<string> official, Division division)
    {
        if (!division.IsPlace || division.Kind == "statistical") return;
        var core = PlaceNames.Core(division.Name, division.Level);
        if (core.Length < 2 || core == division.Name) return;
        ReadOnlySpan<string> before = (division.Level, division.Name[^1]) switch
        {
            (DivisionLevel.City, '市') => ["地区"],
            (DivisionLevel.District, '区') => ["县", "市", "新区"],
            (DivisionLevel.District, '市') => ["县"],
            _ => [],
        };
        foreach (var ending in before)
            if (!official.Contains(core + ending)) Add(names, core + ending, division, NameForm.Old);
    }
}
