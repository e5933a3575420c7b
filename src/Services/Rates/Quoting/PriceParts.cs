using Courier.Kernel;
using Courier.Services.Calendars;

namespace Courier.Services.Rates;

/// <summary>
/// The price of one product as numbers, without a word: what makes it up, each part rounded by itself, half away from zero.
/// Alternatives are compared by it, so that only what is shown is put into words.
/// </summary>
internal readonly struct PriceParts
{
    private PriceParts(RateProduct product, PriceRow price, QuoteRequest request) => (Product, Price, Request) = (product, price, request);

    public RateProduct Product { get; }
    public PriceRow Price { get; }
    public QuoteRequest Request { get; }
    public long VolumetricGrams { get; private init; }
    public long ChargeableGrams { get; private init; }
    public long Steps { get; private init; }
    public long MinimumFen { get; private init; }
    public Applied Remote { get; private init; }
    public Applied Overlong { get; private init; }
    public Applied Overweight { get; private init; }
    public Applied Peak { get; private init; }
    public Applied Night { get; private init; }
    public InsuranceBand? Insurance { get; private init; }
    public long InsuranceFen { get; private init; }
    public CodFee? Cod { get; private init; }
    public long CodFen { get; private init; }
    public PackagingItem? Packaging { get; private init; }
    public PickupDiscount? DropOff { get; private init; }
    public long DropOffFen { get; private init; }
    public TierDiscount? Tier { get; private init; }
    public long MemberFen { get; private init; }

    public long FurtherFen => Steps * Price.StepFen;

    public long FreightFen => Price.FirstFen + FurtherFen + MinimumFen;

    public long ListFen =>
        FreightFen + Remote.Fen + Overlong.Fen + Overweight.Fen + Peak.Fen + Night.Fen + InsuranceFen + CodFen + (Packaging?.Fen ?? 0);

    /// <summary>What is paid; never negative, for the discounts are shares of the freight.</summary>
    public long TotalFen => ListFen - DropOffFen - MemberFen;

    /// <summary>Computes the price; null with the reason when the product does not carry it.</summary>
    public static PriceParts? Of(RateCard card, RateProduct product, QuoteRequest request, int zone, out Refusal refusal)
    {
        var price = card.Price(product, zone);
        var packaging = request.Packaging.Length == 0 ? null : card.FindPackaging(request.Packaging);
        refusal = Refused(product, request, price, packaging);
        if (refusal != Refusal.None) return null;

        var goods = request.Goods;
        var volumetric = price!.VolumetricGrams(goods.VolumeMm3);
        var chargeable = price.Rounding.Up(Math.Max(goods.WeightGrams, volumetric)); // compared before rounding
        var steps = chargeable <= price.FirstGrams ? 0 : (chargeable - price.FirstGrams + price.StepGrams - 1) / price.StepGrams;
        var plain = price.FirstFen + steps * price.StepFen;
        var freight = Math.Max(plain, price.MinimumFen);
        var dropOff = card.Discount(product, request.Pickup);
        var dropOffFen = dropOff is null ? 0 : Math.Min(freight, dropOff.Fen + Share(freight, dropOff.Share));
        var tier = card.Tier(request.Tier);
        var insurance = request.InsuredFen > 0 ? card.Insurance(product, request.InsuredFen) : null;
        var cod = request.CodFen > 0 ? card.Cod(product) : null;
        if ((request.InsuredFen > 0 && insurance is null) || (request.CodFen > 0 && cod is null))
        {
            refusal = insurance is null && request.InsuredFen > 0 ? Refusal.InsuredTooHigh : Refusal.NoCod;
            return null;
        }
        var surcharges = card.Surcharges(product);
        return new PriceParts(product, price, request)
        {
            VolumetricGrams = volumetric, ChargeableGrams = chargeable, Steps = steps, MinimumFen = freight - plain,
            Remote = Applied.First(surcharges, SurchargeKind.Remote, request, freight), Overlong = Applied.First(surcharges, SurchargeKind.Overlong, request, freight),
            Overweight = Applied.First(surcharges, SurchargeKind.Overweight, request, freight), Peak = Applied.First(surcharges, SurchargeKind.Peak, request, freight),
            Night = Applied.First(surcharges, SurchargeKind.Night, request, freight),
            Insurance = insurance, InsuranceFen = InsuranceOf(insurance, request.InsuredFen), Cod = cod, CodFen = CodOf(cod, request.CodFen), Packaging = packaging,
            DropOff = dropOff, DropOffFen = dropOffFen, Tier = tier, MemberFen = tier is null ? 0 : Share(freight - dropOffFen, tier.Share),
        };
    }

    private static Refusal Refused(RateProduct product, QuoteRequest request, PriceRow? price, PackagingItem? packaging) =>
        price is null ? Refusal.NotServed
        : request.Goods.WeightGrams > product.MaxGrams || price.VolumetricGrams(request.Goods.VolumeMm3) > product.MaxGrams * 3 ? Refusal.TooHeavy
        : request.Goods.LongestMm > product.MaxLengthMm || request.Goods.SidesMm > product.MaxSidesMm ? Refusal.TooLarge
        : product.ExcludedGoods.Contains(request.Goods.Kind) || product.ExcludedGoods.Contains(request.Goods.NamedKind) ? Refusal.GoodsExcluded
        : !product.PickupWays.Contains(request.Pickup) ? Refusal.WayExcluded
        : request.InsuredFen > product.MaxInsuredFen ? product.MaxInsuredFen == 0 ? Refusal.NoInsurance : Refusal.InsuredTooHigh
        : request.CodFen > product.MaxCodFen ? product.MaxCodFen == 0 ? Refusal.NoCod : Refusal.CodTooHigh
        : request.Packaging.Length > 0 && (packaging is null || packaging.HoldsGrams < request.Goods.WeightGrams) ? Refusal.PackagingUnfit
        : Refusal.None;

    private static long InsuranceOf(InsuranceBand? band, long insuredFen) =>
        band is null ? 0 : band.Share == 0 ? band.Fen : Math.Max(band.LeastFen, Share(insuredFen, band.Share));

    private static long CodOf(CodFee? fee, long codFen) => fee is null ? 0 : Math.Clamp(Share(codFen, fee.Share), fee.LeastFen, fee.MostFen);

    internal static long Share(long fen, long tenThousandths) => tenThousandths == 0 ? 0 : new Money(fen).Share(tenThousandths).Fen;
}

/// <summary>A surcharge that applies, with its sum in fen; nothing by default.</summary>
internal readonly record struct Applied(Surcharge? Row, long Fen)
{
    /// <summary>The first row of a kind that fits; the others of the kind do not count.</summary>
    public static Applied First(ReadOnlySpan<Surcharge> rows, SurchargeKind kind, QuoteRequest request, long freightFen)
    {
        foreach (var row in rows)
            if (row.Kind == kind && Fits(row, request)) return new Applied(row, row.Fen + PriceParts.Share(freightFen, row.Share));
        return default;
    }

    private static bool Fits(Surcharge row, QuoteRequest request) => row.Kind switch
    {
        SurchargeKind.Remote => row.Region is null || row.Region.Holds(request.To) || row.Region.Holds(request.From),
        SurchargeKind.Overlong => request.Goods.LongestMm > row.Over,
        SurchargeKind.Overweight => request.Goods.WeightGrams > row.Over,
        SurchargeKind.Peak => row.Days is not { } days || (ChinaTime.Day(request.At) is var day && day >= days.From && day <= days.Until),
        SurchargeKind.Night => request.Pickup == PickupWay.Door && row.Hours is { } hours && TimeOnly.FromDateTime(ChinaTime.In(request.At).DateTime).IsBetween(hours.From, hours.Until),
    };
}

/// <summary>Why a product does not carry something.</summary>
internal enum Refusal
{
    None,
    NotServed,
    TooHeavy,
    TooLarge,
    GoodsExcluded,
    WayExcluded,
    NoInsurance,
    InsuredTooHigh,
    NoCod,
    CodTooHigh,
    PackagingUnfit,
}
