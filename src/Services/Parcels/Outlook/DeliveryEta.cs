using Courier.Services.Calendars;
using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>When a parcel will probably be with its recipient (or in a locker or station), judged by past runs.</summary>
/// <param name="Likely">Half of comparable parcels had arrived by then; never in the past, rounded up to half an hour.</param>
/// <param name="Latest">Nine of ten had; rounded up to an hour.</param>
/// <param name="Runs">On how many runs the estimate rests.</param>
/// <param name="Basis">On which.</param>
public sealed record DeliveryEta(DateTimeOffset Likely, DateTimeOffset Latest, int Runs, LaneBasis Basis);

/// <summary>Estimates deliveries. Pure.</summary>
internal static class EstimateDelivery
{
    // What would fall into the night comes with the first round of the next morning, which takes about so long.
    private static readonly TimeSpan FirstRound = TimeSpan.FromHours(2);

    /// <summary>The estimate; null for a parcel that is delivered or not on its way to the recipient, and where too little is known.</summary>
    /// <param name="parcel">The parcel.</param>
    /// <param name="trouble">Why it does not move; null when it does.</param>
    /// <param name="book">How long steps take.</param>
    /// <param name="hours">When people deliver.</param>
    /// <param name="now">The moment.</param>
    public static DeliveryEta? For(ParcelProgress parcel, ParcelTrouble? trouble, LaneBook book, DailyHours hours, DateTimeOffset now)
    {
        if (parcel.Stage is not { } stage || stage is LaneStage.Awaiting or LaneStage.Finished) return null;
        var known = book.Estimate(parcel.Lane, stage, LaneMeasure.Delivery, Elapsed(parcel, now));
        if (trouble is not null) return OfStuck(parcel, stage, trouble, known, book, hours, now);
        return known is null ? null : Of(parcel.Since + known.P50, parcel.Since + known.P90, known, hours, now);
    }

    /// <summary>
    /// A parcel that does not move arrives after it has moved on: what usually follows its step is added to the moment by which it moves
    /// on. Nothing is said where that is not known, or lies in somebody else's hands.
    /// </summary>
    private static DeliveryEta? OfStuck(
        ParcelProgress parcel, LaneStage stage, ParcelTrouble trouble, LaneEstimate? known, LaneBook book, DailyHours hours, DateTimeOffset now)
    {
        if (trouble.NextBy is not { } moves || LiesWithOthers(trouble.Reason)) return null;
        var (whole, leg) = (book.Estimate(parcel.Lane, stage, LaneMeasure.Delivery, TimeSpan.Zero), book.Estimate(parcel.Lane, stage, LaneMeasure.Leg, TimeSpan.Zero));
        if (whole is null || leg is null) return null;
        var (likely, latest) = (moves + AtLeastZero(whole.P50 - leg.P50), moves + AtLeastZero(whole.P90 - leg.P90));
        return known is null ? Of(likely, latest, whole, hours, now)
            : Of(Later(likely, parcel.Since + known.P50), Later(latest, parcel.Since + known.P90), known, hours, now);
    }

    /// <summary>Is it somebody else who decides when it goes on: the sender, customs, whoever has to pay or to explain?</summary>
    private static bool LiesWithOthers(TroubleReason reason) => reason switch
    {
        TroubleReason.NotHandedOver or TroubleReason.Customs or TroubleReason.Goods or TroubleReason.PaymentDue or TroubleReason.NotFetched => true,
        TroubleReason.WaitingAtHub or TroubleReason.PlaceOverloaded or TroubleReason.LongHaul or TroubleReason.OnRoundTooLong or TroubleReason.PhoneUnanswered
            or TroubleReason.AddressUnclear or TroubleReason.NobodyThere or TroubleReason.DeliveryFailed or TroubleReason.WeatherOrRoads or TroubleReason.OutOfArea
            or TroubleReason.Held => false,
    };

    private static DeliveryEta Of(DateTimeOffset half, DateTimeOffset nineOfTen, LaneEstimate estimate, DailyHours hours, DateTimeOffset now)
    {
        var likely = RoundUp(Daytime(hours, Later(half, now)), TimeSpan.FromMinutes(30));
        var latest = RoundUp(Daytime(hours, Later(nineOfTen, now)), TimeSpan.FromHours(1));
        return new DeliveryEta(likely, Later(latest, likely), estimate.Runs, estimate.Basis);
    }

    private static TimeSpan AtLeastZero(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    internal static TimeSpan Elapsed(ParcelProgress parcel, DateTimeOffset now) => now > parcel.Since ? now - parcel.Since : TimeSpan.Zero;

    internal static DateTimeOffset Daytime(DailyHours hours, DateTimeOffset moment) =>
        hours.IsEmpty || hours.Contains(moment) ? moment : hours.NextStart(moment)!.Value + FirstRound;

    internal static DateTimeOffset RoundUp(DateTimeOffset moment, TimeSpan step)
    {
        var over = moment.UtcTicks % step.Ticks;
        return over == 0 ? moment : moment.AddTicks(step.Ticks - over);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
