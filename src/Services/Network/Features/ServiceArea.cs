using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Addresses;

namespace Courier.Services.Network;

/// <summary>How an address stands to what we serve.</summary>
public enum AreaStanding
{
    /// <summary>Couriers come.</summary>
    Served,

    /// <summary>Some of its streets are served; which one it is was not said.</summary>
    ServedInParts,

    /// <summary>Couriers do not go there; an outlet keeps parcels for it.</summary>
    Beyond,

    /// <summary>Nobody serves it.</summary>
    Outside,

    /// <summary>There is no such place.</summary>
    Unknown,
}

/// <summary>What somebody can do where couriers do not come to the door.</summary>
public enum AreaOption
{
    /// <summary>Take the parcel to an outlet.</summary>
    DropOff,

    /// <summary>Collect it at an outlet.</summary>
    CollectAtOutlet,

    /// <summary>Say in which street or town it is.</summary>
    NameTheStreet,
}

/// <summary>Whether couriers come to an address, and what is possible otherwise.</summary>
/// <param name="Where">What was understood: 广东省深圳市南山区粤海街道.</param>
/// <param name="DivisionCode">Its code; null for <see cref="AreaStanding.Unknown"/>.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Pickup">Do couriers collect at the door?</param>
/// <param name="Delivery">Do they deliver to the door?</param>
/// <param name="Outlets">Who serves it; beyond: where to collect. The closed ones come last.</param>
/// <param name="Around">Outside: where the nearest outlets stand; null when the whole province has none.</param>
/// <param name="Nearest">Outside: those outlets.</param>
/// <param name="Possible">What can be done instead of waiting at the door.</param>
/// <param name="Answer">The same in a sentence for the customer.</param>
public sealed record AreaService(
    string Where, string? DivisionCode, AreaStanding Standing, bool Pickup, bool Delivery, IReadOnlyList<Outlet> Outlets, string? Around, IReadOnlyList<Outlet> Nearest,
    IReadOnlyList<AreaOption> Possible, string Answer);

/// <summary>Who serves an address. In memory.</summary>
public static partial class ServiceArea
{
    /// <summary>Looks an address up, by its village where coverage knows it, by its street, else by its district.</summary>
    /// <param name="db">Where outlets lie.</param>
    /// <param name="book">What is held in memory of them.</param>
    /// <param name="divisions">The places of China.</param>
    /// <param name="province">省, full or short.</param>
    /// <param name="city">市; may be empty where the district tells it.</param>
    /// <param name="district">区县; may be empty.</param>
    /// <param name="street">街道、乡镇; may be empty: it is then looked for at the start of the detail.</param>
    /// <param name="detail">What is below; may be empty.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<AreaService> Of(
        ISqlReader db, OutletBook book, Divisions divisions, string province, string city, string district, string street, string detail, CancellationToken ct)
    {
        var index = await book.Read(db, ct).ConfigureAwait(false);
        if (divisions.Locate(province, city, district) is not { } region)
            return new AreaService("", null, AreaStanding.Unknown, false, false, [], null, [], [], Texts.AreaUnknown);
        var area = StreetOf(divisions, region, street.Length > 0 ? street : Street().Match(detail).Value) ?? region;
        if (index.PlaceIn(detail) is { } village && index.Of(village, area) is { Count: > 0 } rows)
        {
            var serving = index.Outlets(rows.Where(r => r.Kind == CoverageKind.Serves));
            return serving.Count > 0 ? Served(area, area.FullName + village, serving) : Beyond(area, area.FullName + village, index.Outlets(rows));
        }
        if (area.Level < DivisionLevel.Street && index.ServingWithin(area) is { Count: > 0 } there)
            return index.IsServedWhole(area, divisions) ? Served(area, area.FullName, there) : InParts(area, there);
        return index.ServingDoor(area) is { Count: > 0 } outlets ? Served(area, area.FullName, outlets) : Outside(area, index);
    }

    /// <summary>
    /// Why no courier collects at an address, in words for the customer; null when one does. What cannot be told stops nobody: an address whose
    /// street decides and was not named, and every address while no coverage at all is known.
    /// </summary>
    /// <param name="db">Where outlets lie.</param>
    /// <param name="book">What is held in memory of them.</param>
    /// <param name="divisions">The places of China.</param>
    /// <param name="province">省.</param>
    /// <param name="city">市; may be empty where the district tells it.</param>
    /// <param name="district">区县; may be empty.</param>
    /// <param name="detail">What is below, street first.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<string?> NoPickup(
        ISqlReader db, OutletBook book, Divisions divisions, string province, string city, string district, string detail, CancellationToken ct)
    {
        if (!(await book.Read(db, ct).ConfigureAwait(false)).HasCoverage) return null;
        var area = await Of(db, book, divisions, province, city, district, "", detail, ct).ConfigureAwait(false);
        return area.Pickup || area.Standing == AreaStanding.ServedInParts ? null : area.Answer;
    }

    private static AreaService Served(Division area, string where, IReadOnlyList<Outlet> outlets)
    {
        var sorted = OpenFirst(outlets);
        var pickup = sorted.Any(o => !o.IsClosed && o.Offers("pickup"));
        var sending = sorted.Any(o => !o.IsClosed && o.Offers("send"));
        return new AreaService(where, area.Code, AreaStanding.Served, pickup, true, sorted, null, [],
            sending ? [AreaOption.DropOff] : [], Texts.AreaServed(where, sorted[0].Name, pickup, sending));
    }

    private static AreaService InParts(Division area, IReadOnlyList<Outlet> outlets) => new(
        area.FullName, area.Code, AreaStanding.ServedInParts, false, false, OpenFirst(outlets), null, [],
        outlets.Count > 0 ? [AreaOption.NameTheStreet, AreaOption.DropOff] : [AreaOption.NameTheStreet], Texts.AreaInParts(area.FullName));

    private static AreaService Beyond(Division area, string where, IReadOnlyList<Outlet> outlets)
    {
        var sorted = OpenFirst(outlets);
        return new AreaService(where, area.Code, AreaStanding.Beyond, false, false, sorted, null, [], [AreaOption.CollectAtOutlet, AreaOption.DropOff], Texts.AreaBeyond(where, sorted[0].Name));
    }

    private static AreaService Outside(Division area, OutletIndex index)
    {
        var standing = index.In(area); // somebody may stand there and serve other streets
        var (around, nearest) = standing.Count > 0 ? (area, standing) : index.Around(area);
        var sorted = OpenFirst(nearest);
        return new AreaService(area.FullName, area.Code, AreaStanding.Outside, false, false, [], around?.FullName, sorted,
            sorted.Count > 0 ? [AreaOption.DropOff, AreaOption.CollectAtOutlet] : [],
            around is null || sorted.Count == 0 ? Texts.AreaNowhere(area.FullName) : Texts.AreaOutside(area.FullName, around.FullName, sorted[0].Name));
    }

    private static List<Outlet> OpenFirst(IReadOnlyList<Outlet> outlets) => [.. outlets.OrderBy(o => o.IsClosed)];

    private static Division? StreetOf(Divisions divisions, Division region, string name)
    {
        if (name.Length == 0 || region.Level == DivisionLevel.Province) return null;
        var streets = divisions.NamedIn(region.FullName + name).Candidates.Where(c => c.Level == DivisionLevel.Street && c.IsWithin(region)).ToList();
        return streets.Count == 1 ? streets[0] : null;
    }

    [GeneratedRegex("^.{1,12}?(?:街道|镇|乡|苏木)")]
    private static partial Regex Street();
}
