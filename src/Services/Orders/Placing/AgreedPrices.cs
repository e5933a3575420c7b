using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Rates;

namespace Courier.Services.Orders;

/// <summary>Takes the prices over from the quotes that the customer agreed to. A quote holds for what was asked for: an order that differs asks again.</summary>
internal static class AgreedPrices
{
    /// <summary>The parcels in their order with their prices, or why the first of them cannot be taken.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Tell whose member price it is.</param>
    /// <param name="book">The cards, for what another time costs.</param>
    /// <param name="divisions">Tells places by their names.</param>
    /// <param name="customer">Who orders.</param>
    /// <param name="kind">How it is sent.</param>
    /// <param name="from">The sender's place.</param>
    /// <param name="shipments">The parcels.</param>
    /// <param name="pickup">When the courier comes; null when the sender brings it.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="RuleBroken">order.quote_unknown, order.quote_mismatch.</exception>
    public static async Task<(IReadOnlyList<AgreedParcel> Parcels, Placing? Refused)> Of(
        ISqlReader db, DataKeys keys, RateBook book, Divisions divisions, CustomerId customer, OrderKind kind, Division from, IReadOnlyList<CheckedShipment> shipments, DateTimeOffset? pickup,
        DateTimeOffset now, CancellationToken ct)
    {
        var quotes = new Dictionary<string, StoredQuote>(StringComparer.Ordinal);
        foreach (var id in shipments.Select(s => s.QuoteId).Distinct(StringComparer.Ordinal)) // one, or as many as the recipients of one pickup
            if (QuoteId.TryParse(id, null, out var quote) && await Quotes.Find(db, quote, ct).ConfigureAwait(false) is { } found) quotes[id] = found;
        foreach (var shipment in shipments)
        {
            if (!quotes.TryGetValue(shipment.QuoteId, out var quote) || !MemberDiscounts.IsFor(keys, quote.Request, customer)) throw new RuleBroken("order.quote_unknown", Texts.QuoteUnknown);
            if (!Fits(quote.Request, divisions, kind, from, shipment)) throw new RuleBroken("order.quote_mismatch", Texts.QuoteMismatch);
            if (quote.Of(shipment.Product) is null) throw new RuleBroken("order.quote_unknown", Texts.ProductUnknown);
            if (!quote.IsValid(now)) return ([], new Placing.QuoteOver(quote));
            if (pickup is { } at && await PriceAtAnotherTime.Difference(book, quote, shipment.Product, at, ct).ConfigureAwait(false) is not 0) return ([], new Placing.QuoteElsewhen(quote, at));
        }
        return ([.. shipments.Select(s => new AgreedParcel(AsQuoted(s, quotes[s.QuoteId].Request), Price(quotes[s.QuoteId], s.Product, pickup)))], null);
    }

    // Insurance, collection and packaging that the price holds are ordered with it, whether they are said again or not.
    private static CheckedShipment AsQuoted(CheckedShipment shipment, QuoteRequest asked) => shipment with
    {
        DeclaredFen = asked.InsuredFen > 0 ? asked.InsuredFen : shipment.DeclaredFen, Packaging = asked.Packaging, CodFen = asked.CodFen,
    };

    private static AgreedPrice Price(StoredQuote quote, string product, DateTimeOffset? pickup)
    {
        var option = quote.Of(product)!;
        return new AgreedPrice
        {
            QuoteId = quote.Id.Text, Product = option.Product, ProductName = option.Name, TotalFen = option.TotalFen, ListFen = option.ListFen,
            ChargeableGrams = option.ChargeableGrams, PromisedBy = option.PromisedBy.AddDays(pickup is { } at ? PromisedDays.Between(quote.Request.At, at) : 0),
            Lines = [.. option.Lines.Select(l => new OrderPriceLine(l.Code, l.Name, l.Fen, l.Explanation))],
        };
    }

    private static bool Fits(QuoteRequest asked, Divisions divisions, OrderKind kind, Division from, CheckedShipment shipment) =>
        asked.Pickup == Way(kind) && IsAt(divisions, asked.From, from) && IsAt(divisions, asked.To, shipment.Place)
        && GoodsKinds.Of(shipment.Goods.Kind) == GoodsKinds.Of(asked.Goods.Kind) && shipment.Goods.WeightGrams == asked.Goods.WeightGrams
        && (shipment.Goods.LengthMm ?? 0, shipment.Goods.WidthMm ?? 0, shipment.Goods.HeightMm ?? 0) == (asked.Goods.LengthMm, asked.Goods.WidthMm, asked.Goods.HeightMm)
        && (asked.InsuredFen == 0 || (shipment.DeclaredFen ?? asked.InsuredFen) == asked.InsuredFen)
        && (shipment.Packaging.Length == 0 || shipment.Packaging == asked.Packaging);

    private static bool IsAt(Divisions divisions, QuotePlace place, Division where) => divisions.Locate(place.Province, place.City, place.District)?.Code == where.Code;

    internal static PickupWay Way(OrderKind kind) => kind switch { OrderKind.Door => PickupWay.Door, OrderKind.Locker => PickupWay.Locker, OrderKind.Outlet => PickupWay.Outlet };
}

/// <summary>A parcel with what was agreed for it.</summary>
/// <param name="Shipment">What is sent, with insurance, collection and packaging as they were quoted.</param>
/// <param name="Price">The price.</param>
internal sealed record AgreedParcel(CheckedShipment Shipment, AgreedPrice Price);
