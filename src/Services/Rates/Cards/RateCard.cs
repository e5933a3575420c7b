using System.Collections.Frozen;

namespace Courier.Services.Rates;

/// <summary>A rate card as quotes need it: read once from its files, never changed, answers without asking anybody.</summary>
public sealed class RateCard
{
    internal const string DraftId = "";

    private readonly FrozenDictionary<string, RateProduct> _byCode;
    private readonly FrozenDictionary<string, PackagingItem> _packaging;
    private readonly FrozenDictionary<string, TierDiscount> _tiers;
    private readonly PriceRow?[][] _prices;
    private readonly Surcharge[][] _surcharges;
    private readonly InsuranceBand[][] _insurance;
    private readonly CodFee?[] _cod;
    private readonly FrozenDictionary<(int, PickupWay), PickupDiscount> _pickup;

    internal RateCard(string id, CardContent content)
    {
        (Id, Products, Zones, Packaging) = (id, content.Products, content.Zones, content.Packaging);
        _byCode = content.Products.ToFrozenDictionary(p => p.Code, StringComparer.Ordinal);
        _packaging = content.Packaging.ToFrozenDictionary(p => p.Code, StringComparer.Ordinal);
        _tiers = content.Tiers.ToFrozenDictionary(t => t.Code, StringComparer.Ordinal);
        _prices = [.. content.Products.Select(p => content.Zones.Names.Select(z => content.Prices.GetValueOrDefault((p.Code, z))).ToArray())];
        _surcharges = [.. content.Products.Select(p => content.Surcharges.Where(s => s.Product.Length == 0 || s.Product == p.Code).ToArray())];
        _insurance = [.. content.Products.Select(p => Own(content.Insurance, p.Code).Select(b => b.Band).ToArray())];
        _cod = [.. content.Products.Select(p => Own(content.Cod, p.Code).Select(c => c.Fee).FirstOrDefault())];
        _pickup = content.Pickup.SelectMany(d => content.Products.Where(p => d.Product.Length == 0 || d.Product == p.Code).Select(p => (p, d)))
            .GroupBy(x => (x.p.Index, x.d.Way)).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(x => x.d.Product.Length).First().d.Discount);
        Boxes = [.. content.Packaging.Where(p => p.Kind == PackagingKind.Box).OrderByDescending(p => p.VolumeMm3)];
    }

    /// <summary>Its id; empty while it is only being checked.</summary>
    public string Id { get; }

    /// <summary>The products in the card's order; <see cref="RateProduct.Standard"/> is always among them.</summary>
    public IReadOnlyList<RateProduct> Products { get; }

    /// <summary>The packaging that is sold.</summary>
    public IReadOnlyList<PackagingItem> Packaging { get; }

    internal ZoneTable Zones { get; }

    /// <summary>The cardboard boxes, the largest first.</summary>
    internal IReadOnlyList<PackagingItem> Boxes { get; }

    /// <summary>The product with this code; null when there is none.</summary>
    public RateProduct? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The packaging with this code; null when there is none.</summary>
    public PackagingItem? FindPackaging(string code) => _packaging.GetValueOrDefault(code);

    internal TierDiscount? Tier(string code) => code.Length == 0 ? null : _tiers.GetValueOrDefault(code);

    internal PriceRow? Price(RateProduct product, int zone) => zone < 0 ? null : _prices[product.Index][zone];

    internal ReadOnlySpan<Surcharge> Surcharges(RateProduct product) => _surcharges[product.Index];

    internal InsuranceBand? Insurance(RateProduct product, long insuredFen)
    {
        foreach (var band in _insurance[product.Index])
            if (insuredFen <= band.UpToFen) return band;
        return null;
    }

    internal CodFee? Cod(RateProduct product) => _cod[product.Index];

    internal PickupDiscount? Discount(RateProduct product, PickupWay way) => _pickup.GetValueOrDefault((product.Index, way));

    // What names the product counts instead of what is for all.
    private static IEnumerable<T> Own<T>(IReadOnlyList<T> rows, string product) where T : IForProduct =>
        rows.Any(r => r.Product == product) ? rows.Where(r => r.Product == product) : rows.Where(r => r.Product.Length == 0);
}

/// <summary>What a card's files hold.</summary>
internal sealed record CardContent(
    IReadOnlyList<RateProduct> Products, ZoneTable Zones, IReadOnlyDictionary<(string Product, string Zone), PriceRow> Prices,
    IReadOnlyList<Surcharge> Surcharges, IReadOnlyList<InsuranceRow> Insurance, IReadOnlyList<CodRow> Cod, IReadOnlyList<PackagingItem> Packaging,
    IReadOnlyList<PickupRow> Pickup, IReadOnlyList<TierDiscount> Tiers);

/// <summary>A row that is for one product, or for all when it names none.</summary>
internal interface IForProduct
{
    string Product { get; }
}

internal sealed record InsuranceRow(string Product, InsuranceBand Band) : IForProduct;

internal sealed record CodRow(string Product, CodFee Fee) : IForProduct;

internal sealed record PickupRow(string Product, PickupWay Way, PickupDiscount Discount) : IForProduct;
