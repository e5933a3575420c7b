using Courier.Services.Calendars;
using Courier.Services.Lanes;

namespace Courier.Services.Rates;

/// <summary>
/// By when a parcel is promised to arrive: the card's days from the day it leaves, which is tomorrow after the cut-off; later when
/// the product's own parcels between these cities lately took longer (nine of ten): what other products took would promise the quicker one for
/// later than the slower. Never earlier than the card says: a product is not sold as a quicker one.
/// </summary>
internal static class PromisedTime
{
    private static readonly TimeOnly Morning = new(9, 0);

    public static DateTimeOffset Of(in PriceParts part, LaneBook? lanes)
    {
        var (product, request, price) = (part.Product, part.Request, part.Price);
        var leaves = Leaves(product, request);
        var byCard = At(ChinaTime.Day(leaves).AddDays(price.Days), price.By);
        if (lanes is null) return byCard;
        var lane = new Lane(product.Code, request.From.Province, request.From.City, request.To.Province, request.To.City);
        if (lanes.Estimate(lane, LaneStage.PickedUp, LaneMeasure.Delivery, TimeSpan.Zero) is not { Basis: LaneBasis.Lane } lately) return byCard;
        var byRuns = NextHour(leaves + lately.P90, price.By);
        return byRuns > byCard ? byRuns : byCard;
    }

    // What comes after the cut-off leaves with the next day's first car.
    private static DateTimeOffset Leaves(RateProduct product, QuoteRequest request)
    {
        var local = ChinaTime.In(request.At);
        var cutOff = IsCounty(request.From.District) ? product.CountyCutOff : product.CutOff;
        return TimeOnly.FromDateTime(local.DateTime) <= cutOff ? local : At(ChinaTime.Day(local).AddDays(1), Morning);
    }

    private static DateTimeOffset NextHour(DateTimeOffset moment, TimeOnly by)
    {
        var sameDay = At(ChinaTime.Day(moment), by);
        return moment <= sameDay ? sameDay : At(ChinaTime.Day(moment).AddDays(1), by);
    }

    private static bool IsCounty(string district) => district.Length > 0 && district[^1] is '县' or '旗' or '市';

    private static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), ChinaTime.Offset);
}
