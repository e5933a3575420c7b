using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;
using Courier.Services.Lanes;
using Courier.Services.Orders;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>A price as it was computed.</summary>
/// <param name="Request">For what: the customer's tier, and the time at which a courier could come, are in it.</param>
/// <param name="Pickup">The first slot that can be booked; null when none can, then it is as if handed over now.</param>
/// <param name="Quotation">What each product costs.</param>
internal sealed record ComputedPrice(QuoteRequest Request, ListedSlot? Pickup, Quotation Quotation);

/// <summary>What a parcel costs, for the chat: the same card and lanes as the pages' quotes, computed in memory; the price is agreed to on the page.</summary>
internal sealed class Prices(Db db, DataKeys keys, Divisions divisions, RateBook book, LaneStatistics lanes, OrdersOptions orders, TimeProvider clock)
{
    /// <summary>What is assumed where no weight was said, grams.</summary>
    public const long Usual = 1000;

    /// <summary>Where the customer usually sends from; null when the address book has no such entry.</summary>
    public async Task<SavedAddress?> Home(CustomerId customer, CancellationToken ct) =>
        await AddressBook.Default(db, keys, customer, asSender: true, ct).ConfigureAwait(false);

    /// <summary>The place of a division as prices see it.</summary>
    public QuotePlace? PlaceOf(Division division)
    {
        var root = division;
        while (root.Parent is { } above) root = above;
        var city = division.Level == DivisionLevel.District ? division.Parent : division.Level == DivisionLevel.City ? division : null;
        return Place(root.Name, city is { IsPlace: true } ? city.Name : "", division.Level == DivisionLevel.District ? division.Name : "");
    }

    /// <summary>The place of an address as prices see it; null when there is no such place.</summary>
    public QuotePlace? Place(string province, string city, string district) =>
        QuotePlaces.Locate(divisions, province, city, district, out _) is { City.Length: > 0 } place ? place : null;

    /// <summary>
    /// The prices of all products that carry it, for this customer. Who asks at night books a slot of the day: the price is that of the next
    /// one, not of a courier in the night.
    /// </summary>
    public async Task<ComputedPrice> Of(CustomerId customer, QuotePlace from, QuotePlace to, QuoteGoods goods, CancellationToken ct)
    {
        var pickup = await NextPickup(from, ct).ConfigureAwait(false);
        var (request, quotation) = await Of(customer, new QuoteRequest { From = from, To = to, Goods = goods, Pickup = PickupWay.Door, At = pickup?.From ?? clock.GetUtcNow() }, ct).ConfigureAwait(false);
        return new ComputedPrice(request, pickup, quotation);
    }

    /// <summary>The prices of what is asked for, for this customer.</summary>
    public async Task<(QuoteRequest Request, Quotation Quotation)> Of(CustomerId customer, QuoteRequest asked, CancellationToken ct)
    {
        var card = await book.Current(ct).ConfigureAwait(false);
        var request = await MemberDiscounts.Apply(db, keys, card, customer, asked, ct).ConfigureAwait(false);
        return (request, Quotation.Of(card, request, await lanes.Current(ct).ConfigureAwait(false)));
    }

    private async Task<ListedSlot?> NextPickup(QuotePlace from, CancellationToken ct) =>
        divisions.Locate(from.Province, from.City, from.District) is { } place
            ? await ListSlots.Next(db, clock, orders, place, ct).ConfigureAwait(false) : null;
}
