using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Network;
using Courier.Services.Parcels;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>Times, lockers and stations that are offered for a parcel, by a number each.</summary>
internal sealed partial class DirectionPlaces(Db db, OutletBook outlets, NearestPlaces nearest, Divisions divisions, TimeProvider clock)
{
    private const int Most = 4, Days = 3;

    // When couriers bring parcels, in China time.
    private static readonly (int From, int Until)[] Halves = [(9, 12), (14, 18)];

    /// <summary>Mornings and afternoons of the next days.</summary>
    public IReadOnlyList<DirectionOption> Times()
    {
        var (now, today) = (clock.GetUtcNow(), ChinaTime.Day(clock.GetUtcNow()));
        return
        [
            .. Enumerable.Range(1, Days).SelectMany(day => Halves.Select(h =>
            {
                var (from, until) = (At(today.AddDays(day), h.From), At(today.AddDays(day), h.Until));
                return new DirectionOption(SendingTexts.SlotText(from, until, now), null, new DirectionDetail { From = from, Until = until });
            })),
        ];
    }

    /// <summary>Stations where the parcel goes to; none when we know none there.</summary>
    public async Task<IReadOnlyList<DirectionOption>> Stations(WaybillNumber waybill, CancellationToken ct) =>
        [.. (await Around(waybill, ct).ConfigureAwait(false)).Where(o => !o.IsClosed && o.Offers("pickup")).Take(Most).Select(o => Option(o.Name, o.Address, o.Code))];

    /// <summary>Lockers with a free cell where the parcel goes to: around the outlet that serves the place.</summary>
    public async Task<IReadOnlyList<DirectionOption>> Lockers(WaybillNumber waybill, CancellationToken ct)
    {
        if (await Around(waybill, ct).ConfigureAwait(false) is not [var outlet, ..]) return [];
        var lockers = await FindNearest.Execute(db, nearest, clock, outlet.Latitude, outlet.Longitude, PlaceKind.Locker, CellSize.Small, Most, ct).ConfigureAwait(false);
        return [.. lockers.Select(l => Option(l.Name, l.Address, l.Id))];
    }

    /// <summary>Places of ours that people call so: with this code or name anywhere, or with the words in name or address in the city that the parcel goes to.</summary>
    public async Task<IReadOnlyList<DirectionOption>> Named(WaybillNumber waybill, DirectionKind kind, string words, CancellationToken ct)
    {
        var ours = kind is DirectionKind.Locker ? PlaceKind.Locker : PlaceKind.Outlet;
        var found = await FindNamedPlaces.Exactly(db, ours, words, ct).ConfigureAwait(false);
        if (found.Count == 0 && Kinds().Replace(words, "") is { Length: >= 2 } name && await City(waybill, ct).ConfigureAwait(false) is { } city)
            found = await FindNamedPlaces.Within(db, ours, city, name, ct).ConfigureAwait(false);
        return [.. found.Select(p => Option(p.Name, p.Address, p.Code))];
    }

    private async Task<Division?> City(WaybillNumber waybill, CancellationToken ct) =>
        await ParcelWays.OfWaybills(db, [waybill], ct).ConfigureAwait(false) is [var way] ? divisions.Locate(way.ToProvince, way.ToCity, "") : null;

    // 幸福里的快递柜 is 幸福里: what kind of place it is tells nothing.
    [GeneratedRegex("的?(?:快递柜|丰巢柜?|蜂巢|柜子|菜鸟驿站|驿站|快递点|服务网点|网点|营业点|营业部|代收点|柜)$")]
    private static partial Regex Kinds();

    private async Task<IReadOnlyList<Outlet>> Around(WaybillNumber waybill, CancellationToken ct)
    {
        if (await ParcelWays.OfWaybills(db, [waybill], ct).ConfigureAwait(false) is not [var way]) return [];
        return await FindOutlets.Search(db, outlets, divisions, way.ToProvince + way.ToCity + way.ToDistrict, ct).ConfigureAwait(false) is OutletSearch.Found found ? found.Outlets : [];
    }

    private static DirectionOption Option(string name, string address, string code) => new($"{name}（{address}）", null, new DirectionDetail { Place = code }, name);

    private static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), ChinaTime.Offset);
}
