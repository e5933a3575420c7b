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
    public static DeliveryEta? For(ParcelProgress parcel, LaneBook book, DailyHours hours, DateTimeOffset now)
    {
        if (parcel.Stage is not { } stage || stage is LaneStage.Awaiting or LaneStage.Finished) return null;
        if (book.Estimate(parcel.Lane, stage, LaneMeasure.Delivery, Elapsed(parcel, now)) is not { } estimate) return null;
        var likely = RoundUp(Daytime(hours, Later(parcel.Since + estimate.P50, now)), TimeSpan.FromMinutes(30));
        var latest = RoundUp(Daytime(hours, Later(parcel.Since + estimate.P90, now)), TimeSpan.FromHours(1));
        return new DeliveryEta(likely, Later(latest, likely), estimate.Runs, estimate.Basis);
    }

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
