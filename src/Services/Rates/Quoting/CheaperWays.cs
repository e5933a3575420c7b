using Courier.Services.Calendars;
using Courier.Services.Lanes;

namespace Courier.Services.Rates;

/// <summary>What would be cheaper than a price. Each way is computed like any price: what is not cheaper is not named.</summary>
internal static class CheaperWays
{
    private static readonly TimeOnly TomorrowAt = new(10, 0);

    // A box may be smaller, not another world: at least so much of the volume stays (percent), and nothing is denser than water with its box.
    private const long LeastVolume = 40;

    private const long DensestMm3PerGram = 1000;

    public static IReadOnlyList<CheaperWay> Of(RateCard card, in PriceParts part, List<PriceParts> all, int zone, LaneBook? lanes)
    {
        List<CheaperWay>? ways = null;
        if (OtherProduct(part, all) is { } other) Add(ref ways, part, CheaperKind.OtherProduct, other, Texts.OtherProduct(part, other, PromisedTime.Of(other, lanes)));
        if (DropOff(card, part, zone) is { } brought) Add(ref ways, part, CheaperKind.DropOff, brought, Texts.CheaperDropOff(part, brought));
        if (Tomorrow(card, part, zone) is { } later) Add(ref ways, part, CheaperKind.Tomorrow, later, Texts.CheaperTomorrow(part, later));
        if (SmallerBox(card, part, zone) is { } boxed) Add(ref ways, part, CheaperKind.SmallerBox, boxed, Texts.CheaperBox(part, boxed));
        ways?.Sort(static (a, b) => b.SavingFen.CompareTo(a.SavingFen));
        return ways ?? (IReadOnlyList<CheaperWay>)[];
    }

    private static void Add(ref List<CheaperWay>? ways, in PriceParts part, CheaperKind kind, in PriceParts other, string why) =>
        (ways ??= new List<CheaperWay>(4)).Add(new CheaperWay(kind, other.Product.Code, other.TotalFen, part.TotalFen - other.TotalFen, why, other.Request));

    private static PriceParts? OtherProduct(in PriceParts part, List<PriceParts> all)
    {
        PriceParts? best = null;
        foreach (var other in all)
            if (other.TotalFen < (best?.TotalFen ?? part.TotalFen)) best = other;
        return best;
    }

    private static PriceParts? DropOff(RateCard card, in PriceParts part, int zone) =>
        part.Request.Pickup == PickupWay.Door ? Cheaper(card, part, zone, part.Request with { Pickup = PickupWay.Outlet }) : null;

    private static PriceParts? Tomorrow(RateCard card, in PriceParts part, int zone)
    {
        if (part.Peak.Fen == 0 && part.Night.Fen == 0) return null;
        var at = new DateTimeOffset(ChinaTime.Day(part.Request.At).AddDays(1).ToDateTime(TomorrowAt), ChinaTime.Offset);
        return Cheaper(card, part, zone, part.Request with { At = at });
    }

    private static PriceParts? SmallerBox(RateCard card, in PriceParts part, int zone)
    {
        var goods = part.Request.Goods;
        if (part.VolumetricGrams <= goods.WeightGrams) return null;
        PriceParts? best = null;
        foreach (var box in card.Boxes)
        {
            if (box.VolumeMm3 >= goods.VolumeMm3 || box.VolumeMm3 * 100 < goods.VolumeMm3 * LeastVolume || box.VolumeMm3 < goods.WeightGrams * DensestMm3PerGram) continue;
            var request = part.Request with
            {
                Packaging = box.Code, Goods = goods with { LengthMm = box.LengthMm, WidthMm = box.WidthMm, HeightMm = box.HeightMm },
            };
            if (Cheaper(card, best ?? part, zone, request) is { } cheaper) best = cheaper;
        }
        return best;
    }

    private static PriceParts? Cheaper(RateCard card, in PriceParts part, int zone, QuoteRequest request) =>
        PriceParts.Of(card, part.Product, request, zone, out _) is { } other && other.TotalFen < part.TotalFen ? other : null;
}
