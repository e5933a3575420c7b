using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;
using Courier.Services.Lanes;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>What a parcel costs, for the chat: the same card and lanes as the pages' quotes, computed in memory; the price is agreed to on the page.</summary>
internal sealed class Prices(Db db, DataKeys keys, Divisions divisions, RateBook book, LaneStatistics lanes, TimeProvider clock)
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

    /// <summary>The prices of all products that carry it.</summary>
    public async Task<Quotation> Of(QuotePlace from, QuotePlace to, QuoteGoods goods, CancellationToken ct)
    {
        var request = new QuoteRequest { From = from, To = to, Goods = goods, Pickup = PickupWay.Door, At = clock.GetUtcNow() };
        return Quotation.Of(await book.Current(ct).ConfigureAwait(false), request, await lanes.Current(ct).ConfigureAwait(false));
    }
}
