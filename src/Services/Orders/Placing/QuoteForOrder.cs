using Courier.Services.Addresses;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>What is asked for when a parcel of an order is to go elsewhere, or to hold something else: the same insurance, collection, packaging and time.</summary>
public static class QuoteForOrder
{
    /// <summary>The request, without the member's discount; null when a place has no price.</summary>
    /// <param name="divisions">Tell places by their names.</param>
    /// <param name="order">The order.</param>
    /// <param name="parcel">The parcel as it is.</param>
    /// <param name="recipient">Who is to receive it.</param>
    /// <param name="goods">What it is to hold.</param>
    /// <param name="now">The time.</param>
    public static QuoteRequest? Of(Divisions divisions, ReadOrder order, ReadShipment parcel, OrderContact recipient, OrderGoods goods, DateTimeOffset now) =>
        Place(divisions, order.Sender) is { } from && Place(divisions, recipient) is { } to ? new QuoteRequest
        {
            From = from, To = to, Goods = new QuoteGoods(GoodsKinds.Of(goods.Kind) ?? "other", goods.WeightGrams, goods.LengthMm ?? 0, goods.WidthMm ?? 0, goods.HeightMm ?? 0),
            InsuredFen = parcel.Price.Lines.Any(l => l.Code == LineCodes.Insurance) ? parcel.DeclaredFen ?? 0 : 0, CodFen = parcel.CodFen, Packaging = parcel.Packaging, Pickup = AgreedPrices.Way(order.Kind),
            At = order.Slot?.From is { } slot && slot > now ? slot : now,
        } : null;

    private static QuotePlace? Place(Divisions divisions, OrderContact who) =>
        QuotePlaces.Locate(divisions, who.Province, who.City, who.District, out _) is { City.Length: > 0 } place ? place : null;
}
