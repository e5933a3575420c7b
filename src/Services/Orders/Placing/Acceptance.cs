using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Network;

namespace Courier.Services.Orders;

/// <summary>Does the network take it? Asked when an order is placed, and again when what was asked about is changed.</summary>
internal static class Acceptance
{
    /// <summary>Does a courier come to this sender?</summary>
    /// <exception cref="RuleBroken">order.area_not_served.</exception>
    public static async Task AskTheArea(ISqlReader db, OutletBook outlets, Divisions divisions, OrderContact sender, CancellationToken ct)
    {
        if (await ServiceArea.NoPickup(db, outlets, divisions, sender.Province, sender.City, sender.District, sender.Detail, ct).ConfigureAwait(false) is { } why)
            throw new RuleBroken("order.area_not_served", why);
    }

    /// <summary>Does the outlet take parcels like these? A fault when there is no such outlet.</summary>
    /// <exception cref="RuleBroken">order.outlet_closed, order.outlet_refuses.</exception>
    public static async Task<WishFault?> AskTheOutlet(ISqlReader db, string code, IEnumerable<OrderGoods> goods, CancellationToken ct)
    {
        if (await ListOutlets.Find(db, code, ct).ConfigureAwait(false) is not { } outlet) return new WishFault("outletCode", Texts.OutletUnknown);
        if (outlet.IsClosed || !outlet.Offers("send")) throw new RuleBroken("order.outlet_closed", Texts.OutletClosed);
        return goods.Select(g => outlet.Refuses(g.WeightGrams, (int?)g.LengthMm, (int?)g.WidthMm, (int?)g.HeightMm)).FirstOrDefault(r => r is not null) is { } why
            ? throw new RuleBroken("order.outlet_refuses", why) : null;
    }
}
