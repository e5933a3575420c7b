using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Addresses;

namespace Courier.Services.Network;

/// <summary>What a search for outlets came to.</summary>
public abstract record OutletSearch
{
    /// <summary>Outlets that stand there, or that are called so.</summary>
    /// <param name="Where">The area or name.</param>
    /// <param name="Outlets">All of them.</param>
    public sealed record Found(string Where, IReadOnlyList<Outlet> Outlets) : OutletSearch;

    /// <summary>Somebody serves the place.</summary>
    /// <param name="Where">The street or village, with its area.</param>
    /// <param name="Outlets">Who serves it.</param>
    /// <param name="IsVillageKnown">False when only the area of a named village is known to be served.</param>
    public sealed record Served(string Where, IReadOnlyList<Outlet> Outlets, bool IsVillageKnown) : OutletSearch;

    /// <summary>Couriers do not go there; customers collect at these outlets.</summary>
    /// <param name="Where">The village, with its area.</param>
    /// <param name="Outlets">Where to collect.</param>
    public sealed record Beyond(string Where, IReadOnlyList<Outlet> Outlets) : OutletSearch;

    /// <summary>Outside of what is served.</summary>
    /// <param name="Where">The place.</param>
    /// <param name="Around">The least area around that has outlets; null when the whole province has none.</param>
    /// <param name="Outlets">Those that stand there, in no order; may be empty.</param>
    public sealed record NotServed(string Where, string? Around, IReadOnlyList<Outlet> Outlets) : OutletSearch;

    /// <summary>The name does not decide.</summary>
    /// <param name="Said">The name.</param>
    /// <param name="Candidates">Full names of what may be meant.</param>
    public sealed record WhichOne(string Said, IReadOnlyList<string> Candidates) : OutletSearch;

    /// <summary>A village was named that is not known by itself: its district and street are needed.</summary>
    /// <param name="Village">The village; empty when it was only pointed at (我们村).</param>
    public sealed record WhichArea(string Village) : OutletSearch;
}

/// <summary>Outlets by area or name, and who serves a street or village. In memory.</summary>
public static partial class FindOutlets
{
    private static readonly string[] VillageKinds = ["村", "社区"];

    /// <summary>The outlets of the area (by name or region code) or of the name that a text says; null when it says neither.</summary>
    /// <param name="db">Where outlets lie.</param>
    /// <param name="book">What is held in memory of them.</param>
    /// <param name="divisions">The places of China.</param>
    /// <param name="text">A place or name, or a sentence with one, without the words for outlet.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<OutletSearch?> Search(ISqlReader db, OutletBook book, Divisions divisions, string text, CancellationToken ct)
    {
        var index = await book.Read(db, ct).ConfigureAwait(false);
        if (RegionCode().IsMatch(text.Trim())) return PlaceOf(divisions, text.Trim()) is { } coded ? Standing(index, coded) : null;
        var named = divisions.NamedIn(text);
        if (index.Named(text.Trim()) is { Count: > 0 } byName && (named.Candidates.Count == 0 || byName.Count == 1)) return new OutletSearch.Found(text.Trim(), byName);
        if (named.Candidates.Count == 0) return null;
        return Decide(named, index) is { } area ? Standing(index, area) : Which(named);
    }

    /// <summary>The place that a region code names, as forms and parcel data write it: 440305; 440300 is the city 4403, 440000 the province 44. Null when there is none.</summary>
    /// <param name="divisions">The places of China.</param>
    /// <param name="code">Digits.</param>
    public static Division? PlaceOf(Divisions divisions, string code) =>
        divisions.Find(code) ?? (code.EndsWith("0000", StringComparison.Ordinal) ? divisions.Find(code[..2]) : code.EndsWith("00", StringComparison.Ordinal) ? divisions.Find(code[..4]) : null);

    private static OutletSearch Standing(OutletIndex index, Division area)
    {
        var outlets = index.In(area) is { Count: > 0 } there ? there : index.Serving(area);
        if (outlets.Count > 0) return new OutletSearch.Found(area.FullName, outlets);
        var (around, nearest) = index.Around(area);
        return new OutletSearch.NotServed(area.FullName, around?.FullName, nearest);
    }

    /// <summary>Who serves the street or village that a text names; null when it names no place.</summary>
    /// <param name="db">Where outlets lie.</param>
    /// <param name="book">What is held in memory of them.</param>
    /// <param name="divisions">The places of China.</param>
    /// <param name="text">A sentence with the place.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<OutletSearch?> Coverage(ISqlReader db, OutletBook book, Divisions divisions, string text, CancellationToken ct)
    {
        var index = await book.Read(db, ct).ConfigureAwait(false);
        var village = index.PlaceIn(text) ?? (Village().Match(text) is { Success: true } match ? Whose().Replace(match.Value, "") : null);
        if (village is "村" or "社区" or "屯") return new OutletSearch.WhichArea("");
        var named = divisions.NamedIn(village is null ? text : text.Replace(village, "，", StringComparison.Ordinal));
        village ??= Shortened(index, named.Rest.Trim());
        if (named.Candidates.Count == 0 && village is not null) return OfVillage(index, divisions, village, null) ?? new OutletSearch.WhichArea(village);
        if (named.Candidates.Count == 0) return null;
        if (Decide(named, index) is not { } area) return Which(named);
        if (village is not null && OfVillage(index, divisions, village, area) is { } known) return known;
        if (index.Serving(area) is { Count: > 0 } serving) return new OutletSearch.Served(area.FullName + village, serving, village is null);
        var (around, nearest) = index.Around(area);
        return new OutletSearch.NotServed(area.FullName + village, around?.FullName, nearest);
    }

    // 麻磡 is 麻磡村.
    private static string? Shortened(OutletIndex index, string said) =>
        said.Length < 2 ? null : VillageKinds.Select(kind => said + kind).FirstOrDefault(name => index.PlaceIn(name) == name);

    private static OutletSearch? OfVillage(OutletIndex index, Divisions divisions, string village, Division? area)
    {
        var rows = index.Of(village, area);
        if (rows.Count == 0) return null;
        var areas = rows.Select(r => r.DivisionCode).Distinct().Select(code => (divisions.Find(code)?.FullName ?? "") + village).ToList();
        if (areas.Count > 1) return new OutletSearch.WhichOne(village, areas);
        var serving = index.Outlets(rows.Where(r => r.Kind == CoverageKind.Serves));
        return serving.Count > 0 ? new OutletSearch.Served(areas[0], serving, true) : new OutletSearch.Beyond(areas[0], index.Outlets(rows));
    }

    // Of several places with the name, the only one where we are is meant: 南山区 is Shenzhen's, not Hegang's.
    private static Division? Decide(PlacesNamed named, OutletIndex index)
    {
        if (named.Candidates.Count == 1) return named.Candidates[0];
        var ours = named.Candidates.Where(c => index.Serving(c).Count > 0).ToList();
        return ours.Count == 1 ? ours[0] : null;
    }

    private static OutletSearch.WhichOne Which(PlacesNamed named) => new(named.Said, [.. named.Candidates.Select(c => c.FullName)]);

    // Two digits are too little to be meant as a code: they may be part of a name.
    [GeneratedRegex("^(?:[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$")]
    private static partial Regex RegionCode();

    // What stands behind the last word for a division and ends like a village.
    [GeneratedRegex(@"[^省市区县镇乡道旗州\s，,。？?！!、有能可到往在]{1,8}?(?:村|社区|屯)")]
    private static partial Regex Village();

    [GeneratedRegex("^(?:请问|你好|您好|你们|我们|咱们|俺们|我|你|咱|俺|这边|那边|这个|那个|这|那|本|家|老家|的|这里|那里)+")]
    private static partial Regex Whose();
}
