using System.Collections.Frozen;
using System.Globalization;
using Courier.Kernel.Data;
using Courier.Services.Addresses;

namespace Courier.Services.Rates;

/// <summary>
/// Reads the files of a card. Everything is checked, cell by cell and against each other; a card comes out only when nothing is wrong.
/// </summary>
public sealed class CardReader
{
    /// <summary>More faults than this are not listed.</summary>
    public const int MostFaults = 200;

    private readonly FaultList _faults = new();
    private readonly Divisions _divisions;
    private readonly Dictionary<string, Sheet> _sheets;
    private readonly Dictionary<string, Region> _regions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Rounding> _roundings = new(StringComparer.Ordinal);

    private CardReader(IReadOnlyDictionary<string, string> files, Divisions divisions)
    {
        _divisions = divisions;
        _sheets = CardLayout.Files.ToDictionary(f => f, f => Sheet.Read(f, files.GetValueOrDefault(f), _faults));
    }

    /// <summary>Reads a card.</summary>
    /// <param name="id">The card's id; empty while it has none.</param>
    /// <param name="files">The files' texts by name (<c>prices</c>), all twelve.</param>
    /// <param name="divisions">Tells which places there are.</param>
    public static CardReading Read(string id, IReadOnlyDictionary<string, string> files, Divisions divisions)
    {
        var reader = new CardReader(files, divisions);
        var content = reader.Content();
        if (reader._faults.All.Count > 0) return new CardReading(null, reader._faults.All);
        var card = new RateCard(id, content);
        reader.CheckExamples(card);
        return reader._faults.All.Count > 0 ? new CardReading(null, reader._faults.All) : new CardReading(card, []);
    }

    private CardContent Content()
    {
        var products = Products();
        Regions();
        var zones = Zones();
        Roundings();
        var times = Times(products, zones);
        var prices = Prices(products, zones, times);
        var content = new CardContent(
            products, zones, prices, Surcharges(products), Insurance(products), Cod(products), Packaging(), Pickup(products), Tiers());
        if (_faults.All.Count == 0) CardChecks.Run(content, _faults);
        return content;
    }

    private IReadOnlyList<RateProduct> Products()
    {
        var products = _sheets[CardLayout.Products].Rows.Select((r, i) => new RateProduct
        {
            Code = r.Code("code"), Name = r.Text("name", 20), Summary = r.Text("summary", 60), Introduction = r.Text("introduction", 1000), Promise = r.Text("promise", 100),
            ByAir = r.YesNo("air"), MaxGrams = r.Whole("max_grams", 1, 5_000_000), MaxLengthMm = r.Whole("max_length_mm", 1, 20_000), MaxSidesMm = r.Whole("max_sides_mm", 1, 60_000),
            PickupWays = r.Several("pickup_ways", Enum.GetValues<PickupWay>().Select(EnumText<PickupWay>.Of), required: true)
                .Select(w => EnumText<PickupWay>.TryParse(w, out var way) ? way : default).ToFrozenSet(),
            ExcludedGoods = r.Several("excluded_goods", GoodsKinds.Codes, required: false).ToFrozenSet(StringComparer.Ordinal),
            MaxInsuredFen = r.Fen("insured_max_yuan"), MaxCodFen = r.Fen("cod_max_yuan"), CutOff = r.Time("cut_off"), CountyCutOff = r.Time("county_cut_off"),
            ExampleFrom = Example(r, "example_from"), ExampleTo = Example(r, "example_to"), ExampleGrams = r.Whole("example_grams", 1, 5_000_000), Index = i,
        }).ToList();
        Unique(CardLayout.Products, products.Select(p => p.Code), "code", CardTexts.SameProduct);
        if (products.TrueForAll(p => p.Code != RateProduct.Standard)) _faults.Add(CardLayout.Products, CardTexts.NoStandard);
        return products;
    }

    private void Regions()
    {
        foreach (var rows in _sheets[CardLayout.Regions].Rows.GroupBy(r => r.Text("region", 20)))
        {
            if (QuotePlaces.Province(_divisions, rows.Key) is not null) rows.First().Wrong("region", CardTexts.RegionIsProvince);
            _regions[rows.Key] = new Region(rows.Key, rows.Select(Place).OfType<QuotePlace>());
        }

        QuotePlace? Place(SheetRow r)
        {
            if (QuotePlaces.Exact(_divisions, r.Raw("province"), r.Raw("city"), r.Raw("district")) is { } place) return place;
            r.Wrong("province", CardTexts.UnknownPlace);
            return null;
        }
    }

    private ZoneTable Zones()
    {
        var rows = _sheets[CardLayout.Zones].Rows.Select(r => new ZoneRow(End(r, "from"), End(r, "to"), r.Text("zone", 20))).ToList();
        if (rows.Count == 0) _faults.Add(CardLayout.Zones, CardTexts.NoRows);
        var gaps = 0;
        return ZoneTable.Of(rows, QuotePlaces.Provinces(_divisions), (from, to) =>
        {
            if (rows.Count > 0 && gaps++ < 5) _faults.Add(CardLayout.Zones, CardTexts.Gap(from, to));
        });
    }

    private ZoneEnd End(SheetRow r, string column)
    {
        var raw = r.Raw(column);
        if (raw is "同市" or "同省")
        {
            if (column != "to") r.Wrong(column, CardTexts.SameOnlyTo);
            return new ZoneEnd(null, raw == "同市" ? Relation.SameCity : Relation.SameProvince);
        }
        var region = raw == "*" ? null : RegionOf(r, column);
        if (region is { NamesDistricts: true }) r.Wrong(column, CardTexts.DistrictInZone);
        return new ZoneEnd(region, null);
    }

    // A region of the file, a province, or 省/市.
    private Region? RegionOf(SheetRow r, string column)
    {
        var raw = r.Raw(column);
        if (_regions.TryGetValue(raw, out var region)) return region;
        var parts = raw.Split('/', StringSplitOptions.TrimEntries);
        if (parts.Length <= 2 && QuotePlaces.Exact(_divisions, parts[0], parts.Length == 2 ? parts[1] : "", "") is { } place) return _regions[raw] = new Region(raw, [place]);
        r.Wrong(column, CardTexts.UnknownRegion);
        return null;
    }

    private void Roundings()
    {
        foreach (var rows in _sheets[CardLayout.Roundings].Rows.GroupBy(r => r.Code("rule")))
        {
            var before = 0L;
            var bands = new List<(long UpTo, long Step)>();
            foreach (var r in rows)
            {
                var (upTo, step) = (r.Whole("up_to_grams", 1, 10_000_000, empty: long.MaxValue), r.Whole("step_grams", 1, 100_000));
                if (upTo <= before) r.Wrong("up_to_grams", CardTexts.BandOrder);
                if (upTo != long.MaxValue && upTo % step != 0) r.Wrong("up_to_grams", CardTexts.BandStep);
                bands.Add((before = upTo, step));
            }
            if (before != long.MaxValue) rows.Last().Wrong("up_to_grams", CardTexts.BandOrder);
            _roundings[rows.Key] = new Rounding(bands);
        }
    }

    private Dictionary<(string, string), (int Days, TimeOnly By)> Times(IReadOnlyList<RateProduct> products, ZoneTable zones)
    {
        var times = new Dictionary<(string, string), (int, TimeOnly)>();
        foreach (var r in _sheets[CardLayout.Times].Rows)
            if (!times.TryAdd((Product(r, products, all: false), Zone(r, zones)), ((int)r.Whole("days", 0, 60), r.Time("by")))) r.Wrong("zone", CardTexts.SameTime);
        return times;
    }

    private Dictionary<(string, string), PriceRow> Prices(
        IReadOnlyList<RateProduct> products, ZoneTable zones, IReadOnlyDictionary<(string, string), (int Days, TimeOnly By)> times)
    {
        var prices = new Dictionary<(string, string), PriceRow>();
        foreach (var r in _sheets[CardLayout.Prices].Rows)
        {
            var (product, zone) = (Product(r, products, all: false), Zone(r, zones));
            if (!_roundings.TryGetValue(r.Raw("rounding"), out var rounding)) r.Wrong("rounding", CardTexts.UnknownRounding);
            if (!times.TryGetValue((product, zone), out var time)) r.Wrong("zone", CardTexts.NoTime);
            var row = new PriceRow(
                zone, r.Whole("first_grams", 1, 5_000_000), r.Fen("first_yuan"), r.Whole("step_grams", 1, 1_000_000), r.Fen("step_yuan"), r.Fen("minimum_yuan", empty: 0),
                r.Whole("divisor", 0, 100_000, empty: 0), rounding ?? new Rounding([(long.MaxValue, 1)]), time.Days, time.By);
            if (!prices.TryAdd((product, zone), row)) r.Wrong("zone", CardTexts.SamePrice);
        }
        return prices;
    }

    private List<Surcharge> Surcharges(IReadOnlyList<RateProduct> products) => [.. _sheets[CardLayout.Surcharges].Rows.Select(r =>
    {
        var kind = r.One<SurchargeKind>("kind");
        if (r.IsEmpty("yuan") == r.IsEmpty("percent")) r.Wrong("yuan", CardTexts.YuanOrPercent);
        return new Surcharge(
            kind, r.Text("name", 20), Product(r, products, all: true), kind == SurchargeKind.Remote ? RegionOf(r, "region") : null,
            kind is SurchargeKind.Overlong or SurchargeKind.Overweight ? r.Whole("over", 1, 10_000_000) : 0,
            kind == SurchargeKind.Peak ? Days(r) : null, kind == SurchargeKind.Night ? Hours(r) : null, r.Fen("yuan", empty: 0), r.Share("percent", empty: 0));
    })];

    private static (DateOnly, DateOnly) Days(SheetRow r)
    {
        var (from, until) = (r.Date("from"), r.Date("until"));
        if (until < from) r.Wrong("until", CardTexts.UntilBeforeFrom);
        return (from, until);
    }

    private static (TimeOnly, TimeOnly) Hours(SheetRow r)
    {
        var (from, until) = (r.Time("from"), r.Time("until"));
        if (until == from) r.Wrong("until", CardTexts.NightSame);
        return (from, until);
    }

    private List<InsuranceRow> Insurance(IReadOnlyList<RateProduct> products)
    {
        var rows = new List<InsuranceRow>();
        foreach (var r in _sheets[CardLayout.Insurance].Rows)
        {
            var product = Product(r, products, all: true);
            var upTo = r.Fen("up_to_yuan");
            if (r.IsEmpty("yuan") == r.IsEmpty("percent")) r.Wrong("yuan", CardTexts.YuanOrPercent);
            if (rows.LastOrDefault(x => x.Product == product) is { } before && upTo <= before.Band.UpToFen) r.Wrong("up_to_yuan", CardTexts.InsuranceOrder);
            rows.Add(new InsuranceRow(product, new InsuranceBand(upTo, r.Fen("yuan", empty: 0), r.Share("percent", empty: 0), r.Fen("least_yuan", empty: 0))));
        }
        return rows;
    }

    private List<CodRow> Cod(IReadOnlyList<RateProduct> products) => [.. _sheets[CardLayout.Cod].Rows.Select(r =>
    {
        var fee = new CodFee(r.Share("percent"), r.Fen("least_yuan", empty: 0), r.Fen("most_yuan", empty: long.MaxValue));
        if (fee.MostFen < fee.LeastFen) r.Wrong("most_yuan", CardTexts.CodOrder);
        return new CodRow(Product(r, products, all: true), fee with { MostFen = Math.Max(fee.LeastFen, fee.MostFen) });
    })];

    private List<PackagingItem> Packaging()
    {
        List<PackagingItem> items = [.. _sheets[CardLayout.Packaging].Rows.Select(r => new PackagingItem(
            r.Code("code"), r.Text("name", 20), r.One<PackagingKind>("kind"), r.Whole("length_mm", 1, 20_000), r.Whole("width_mm", 1, 20_000), r.Whole("height_mm", 1, 20_000),
            r.Whole("holds_grams", 1, 5_000_000), r.Whole("own_grams", 0, 1_000_000), r.Fen("yuan")))];
        Unique(CardLayout.Packaging, items.Select(p => p.Code), "code", CardTexts.SameCode);
        return items;
    }

    private List<PickupRow> Pickup(IReadOnlyList<RateProduct> products) => [.. _sheets[CardLayout.Pickup].Rows.Select(r =>
    {
        var way = r.One<PickupWay>("pickup");
        if (way == PickupWay.Door) r.Wrong("pickup", CardTexts.DoorNoDiscount);
        if (r.IsEmpty("yuan") && r.IsEmpty("percent")) r.Wrong("yuan", CardTexts.SomeDiscount);
        return new PickupRow(Product(r, products, all: true), way, new PickupDiscount(r.Fen("yuan", empty: 0), r.Share("percent", empty: 0)));
    })];

    private List<TierDiscount> Tiers()
    {
        List<TierDiscount> tiers = [.. _sheets[CardLayout.Tiers].Rows.Select(r => new TierDiscount(r.Code("tier"), r.Text("name", 20), r.Share("percent")))];
        Unique(CardLayout.Tiers, tiers.Select(t => t.Code), "tier", CardTexts.SameCode);
        return tiers;
    }

    private QuotePlace Example(SheetRow r, string column)
    {
        var parts = r.Raw(column).Split('/', StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && QuotePlaces.Exact(_divisions, parts[0], parts[1], "") is { City.Length: > 0 } place) return place;
        r.Wrong(column, CardTexts.ExamplePlace);
        return new QuotePlace("", "", "");
    }

    private static string Product(SheetRow r, IReadOnlyList<RateProduct> products, bool all)
    {
        var code = r.Raw("product");
        if (!(all && code.Length == 0) && !products.Any(p => p.Code == code)) r.Wrong("product", CardTexts.UnknownProduct);
        return code;
    }

    private static string Zone(SheetRow r, ZoneTable zones)
    {
        var zone = r.Text("zone", 20);
        if (!zones.Names.Contains(zone)) r.Wrong("zone", CardTexts.UnknownZone);
        return zone;
    }

    private void Unique(string file, IEnumerable<string> codes, string column, string message)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, row) in codes.Zip(_sheets[file].Rows))
            if (!seen.Add(code)) row.Wrong(column, message);
    }

    private void CheckExamples(RateCard card)
    {
        foreach (var (product, row) in card.Products.Zip(_sheets[CardLayout.Products].Rows))
            if (Quotation.OfProduct(card, product.Code, ProductPages.Example(product, DateTimeOffset.UnixEpoch)) is null) row.Wrong("example_to", CardTexts.ExampleNotCarried);
    }
}
