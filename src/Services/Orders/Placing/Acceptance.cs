using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Network;

namespace Courier.Services.Orders;

/// <summary>Does the network take it? Asked when an order is placed, and again when what was asked about is changed.</summary>
internal static class Acceptance
{
    /// <summary>There is no such locker.</summary>
    public static WishFault UnknownLocker { get; } = new("lockerCode", Texts.LockerUnknown) { Code = "locker.unknown" };

    /// <summary>Does a courier come to this sender?</summary>
    /// <exception cref="RuleBroken">order.area_not_served.</exception>
    public static async Task AskTheArea(ISqlReader db, OutletBook outlets, Divisions divisions, OrderContact sender, CancellationToken ct)
    {
        if (await ServiceArea.NoPickup(db, outlets, divisions, sender.Province, sender.City, sender.District, sender.Detail, ct).ConfigureAwait(false) is { } why)
            throw new RuleBroken("order.area_not_served", why);
    }

    /// <summary>Does the outlet take parcels like these? A fault when there is no such outlet.</summary>
    /// <exception cref="RuleBroken">order.outlet_closed, order.place_elsewhere, order.outlet_refuses.</exception>
    public static async Task<WishFault?> AskTheOutlet(ISqlReader db, Divisions divisions, string code, Division sender, IEnumerable<OrderGoods> goods, CancellationToken ct)
    {
        if (await ListOutlets.Find(db, code, ct).ConfigureAwait(false) is not { } outlet) return new WishFault("outletCode", Texts.OutletUnknown);
        if (outlet.IsClosed || !outlet.Offers("send")) throw new RuleBroken("order.outlet_closed", Texts.OutletClosed);
        if (!IsInTheCity(divisions, outlet.DistrictCode, sender)) throw new RuleBroken("order.place_elsewhere", Texts.OutletElsewhere);
        return goods.Select(g => outlet.Refuses(g.WeightGrams, (int?)g.LengthMm, (int?)g.WidthMm, (int?)g.HeightMm)).FirstOrDefault(r => r is not null) is { } why
            ? throw new RuleBroken("order.outlet_refuses", why) : null;
    }

    /// <summary>Does the locker stand where the parcel is sent from? A fault when there is no such locker.</summary>
    /// <exception cref="RuleBroken">order.place_elsewhere.</exception>
    public static async Task<WishFault?> AskTheLocker(ISqlReader db, Divisions divisions, LockerCode code, Division sender, CancellationToken ct)
    {
        if (await Locker.Find(db, code, ct).ConfigureAwait(false) is not { } locker) return UnknownLocker;
        return IsInTheCity(divisions, locker.DistrictCode, sender) ? null : throw new RuleBroken("order.place_elsewhere", Texts.LockerElsewhere);
    }

    /// <summary>May an outlet take in what is sent from this place? The price holds from there: another city has another.</summary>
    public static async Task<bool> IsOutletInTheCity(ISqlReader db, Divisions divisions, string code, string sender, CancellationToken ct) =>
        await ListOutlets.Find(db, code, ct).ConfigureAwait(false) is { } outlet && divisions.Find(sender) is { } place && IsInTheCity(divisions, outlet.DistrictCode, place);

    private static bool IsInTheCity(Divisions divisions, string district, Division sender) => divisions.Find(district) is { } place && CityOf(place) == CityOf(sender);

    // Municipalities and the special regions are cities themselves, and so is what hangs directly below a province.
    private static string CityOf(Division place) =>
        place.Level == DivisionLevel.Province || place.Code[..2] is "11" or "12" or "31" or "50" or "71" or "81" or "82" ? place.Code[..2]
        : place is { Level: DivisionLevel.District, Parent.IsPlace: false } ? place.Code : place.Code[..4];
}
