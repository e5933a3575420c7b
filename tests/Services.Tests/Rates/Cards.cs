using Courier.Services.Addresses;
using Courier.Services.Rates;

namespace Courier.Services.Tests.Rates;

/// <summary>The card of the seed, and cards that differ from it in some cells.</summary>
internal static class Cards
{
    public static readonly Divisions China = new();

    private static readonly Lazy<RateCard> OfSeed = new(() => Read());

    public static RateCard Seed => OfSeed.Value;

    /// <summary>The seed's card with other files; a file is changed by replacing text in it.</summary>
    public static RateCard Read(params (string File, string From, string To)[] changes)
    {
        var reading = Reading(changes);
        reading.Faults.ShouldBeEmpty();
        return reading.Card.ShouldNotBeNull();
    }

    public static CardReading Reading(params (string File, string From, string To)[] changes) => CardReader.Read("", Files(changes), China);

    public static Dictionary<string, string> Files(params (string File, string From, string To)[] changes)
    {
        var files = FirstCard.Files().ToDictionary();
        foreach (var (file, from, to) in changes)
        {
            files[file].ShouldContain(from);
            files[file] = files[file].Replace(from, to, StringComparison.Ordinal);
        }
        return files;
    }

    public static QuoteRequest Request(
        string from = "浙江省/杭州市/西湖区", string to = "上海市/上海市/浦东新区", long grams = 1000, string kind = "other", (long L, long W, long H)? mm = null,
        long insured = 0, long cod = 0, PickupWay pickup = PickupWay.Door, string tier = "", string packaging = "", string at = "2026-11-23T10:00:00+08:00") => new()
        {
            From = Place(from), To = Place(to), Goods = new QuoteGoods(kind, grams, mm?.L ?? 0, mm?.W ?? 0, mm?.H ?? 0), InsuredFen = insured, CodFen = cod,
            Pickup = pickup, Tier = tier, Packaging = packaging, At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
        };

    public static QuotePlace Place(string text)
    {
        var parts = text.Split('/');
        return new QuotePlace(parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
    }

    public static QuoteOption Option(QuoteRequest request, string product = "standard", RateCard? card = null) =>
        Quotation.Of(card ?? Seed, request).Options.Single(o => o.Product == product);
}
