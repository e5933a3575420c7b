namespace Courier.Services.Rates;

/// <summary>What the page of a product needs.</summary>
public static class ProductPages
{
    /// <summary>The request of a product's price example: its route and weight, handed over in the cheapest way that it has a courier or counter for.</summary>
    /// <param name="product">The product.</param>
    /// <param name="at">When it is handed over.</param>
    public static QuoteRequest Example(RateProduct product, DateTimeOffset at) => new()
    {
        From = product.ExampleFrom, To = product.ExampleTo, Goods = new QuoteGoods(GoodsKinds.Other, product.ExampleGrams),
        Pickup = product.PickupWays.Contains(PickupWay.Door) ? PickupWay.Door : product.PickupWays.Contains(PickupWay.Outlet) ? PickupWay.Outlet : PickupWay.Locker, At = at,
    };
}
