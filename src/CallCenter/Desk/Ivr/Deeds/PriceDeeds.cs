using System.Globalization;
using Courier.CallCenter.Voice;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Lanes;
using Courier.Services.Rates;

namespace Courier.CallCenter.Ivr;

/// <summary>Prices for callers: the same card, lanes and member discounts as everywhere.</summary>
internal sealed class CallPrices(Db db, DataKeys keys, RateBook book, LaneStatistics lanes, RatesOptions rates, TimeProvider clock)
{
    /// <summary>Heaviest parcel that is asked for by keys, kilograms.</summary>
    public const int HeaviestKilograms = 100;

    /// <summary>What it costs; nothing is kept.</summary>
    public async Task<Quotation> Show(FlowCall call, QuotePlace from, QuotePlace to, long grams, DateTimeOffset at, CancellationToken ct)
    {
        var card = await book.Current(ct).ConfigureAwait(false);
        return Quotation.Of(card, await Request(call, from, to, grams, at, ct).ConfigureAwait(false), await lanes.Current(ct).ConfigureAwait(false));
    }

    /// <summary>What it costs, kept so that an order can take it.</summary>
    /// <exception cref="Kernel.RuleBroken"><c>quote.not_carried</c>.</exception>
    public async Task<StoredQuote> Keep(FlowCall call, QuotePlace from, QuotePlace to, long grams, DateTimeOffset at, CancellationToken ct) =>
        (await MakeQuote.Execute(db, book, lanes, clock, rates, await Request(call, from, to, grams, at, ct).ConfigureAwait(false), ct).ConfigureAwait(false)).Quote;

    /// <summary>The kilograms that were keyed in, in grams; null when they are none that can be sent.</summary>
    public static long? Grams(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var kilograms) && kilograms is >= 1 and <= HeaviestKilograms ? kilograms * 1000L : null;

    private async Task<QuoteRequest> Request(FlowCall call, QuotePlace from, QuotePlace to, long grams, DateTimeOffset at, CancellationToken ct)
    {
        var request = new QuoteRequest { From = from, To = to, Goods = new QuoteGoods(GoodsKinds.Other, grams), Pickup = PickupWay.Door, At = at };
        return call.Customer is { } customer ? await MemberDiscounts.Apply(db, keys, await book.Current(ct).ConfigureAwait(false), customer, request, ct).ConfigureAwait(false) : request;
    }
}

/// <summary>Which city a parcel is sent from and to, by area code; the usual address of a known caller is where it is sent from.</summary>
internal sealed class TellPrice(Db db, DataKeys keys, AreaCodes codes, CallPrices prices, Divisions divisions, TimeProvider clock) : Deed(
    "price", NodeType.Lookup, "报价（公斤数在 kilograms，到达城市区号在 to_code，寄出城市区号在 from_code）",
    [new("quoted", "有报价"), new("ask_origin", "不知道从哪里寄"), new("no_place", "没有这个区号"), new("too_heavy", "重量不对"), new("not_carried", "寄不了")],
    new("price", "报价"), new("price_from", "寄出城市"), new("price_to", "到达城市"))
{
    private const int Told = 3;

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (CallPrices.Grams(call.Of("kilograms")) is not { } grams) return "too_heavy";
        if (codes.Find(call.Of("to_code")) is not { } to) return "no_place";
        var keyed = call.Of("from_code");
        var from = keyed.Length > 0 ? codes.Find(keyed) : await Home(call, ct).ConfigureAwait(false);
        if (from is null) return keyed.Length > 0 ? "no_place" : "ask_origin";
        var now = clock.GetUtcNow();
        var options = (await prices.Show(call, from, to, grams, now, ct).ConfigureAwait(false)).Options.OrderBy(o => o.TotalFen).Take(Told).ToList();
        if (options.Count == 0) return "not_carried";
        call.Keep("price_from", from.City);
        call.Keep("price_to", to.City);
        call.Keep("price", string.Concat(options.Select(o => $"{o.Name}，{Spoken.Money(o.TotalFen)}，{Spoken.Before(o.PromisedBy, now)}送到。")));
        call.Result = Texts.PriceRead(from.City, to.City, grams, options, now);
        return "quoted";
    }

    private async Task<QuotePlace?> Home(FlowCall call, CancellationToken ct) =>
        call.Customer is { } customer && await AddressBook.Default(db, keys, customer, asSender: true, ct).ConfigureAwait(false) is { Contact.Address: var a }
            ? QuotePlaces.Locate(divisions, a.Province, a.City, a.District, out _) : null;
}
