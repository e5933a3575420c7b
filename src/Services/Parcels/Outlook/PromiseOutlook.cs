using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>How it stands with a promise.</summary>
public enum PromiseOutlook
{
    /// <summary>Nothing was promised.</summary>
    None,

    /// <summary>It will be kept.</summary>
    Kept,

    /// <summary>Too little is known.</summary>
    Unknown,

    /// <summary>It may be broken: nothing to alarm anybody.</summary>
    MayBreak,

    /// <summary>It will probably be broken: followers are warned, and who asks is told so and gets the same choices.</summary>
    WillBreak,

    /// <summary>It is over.</summary>
    Broken,
}

/// <summary>The one rule about promises: answers, lists and warnings say the same. Pure.</summary>
internal static class JudgePromise
{
    // Where nothing can be estimated, a parcel that does not move loses its promise a day before the end.
    private static readonly TimeSpan Blind = TimeSpan.FromHours(24);

    /// <summary>How it stands with the promise of a parcel that has not arrived.</summary>
    /// <param name="promisedBy">Until when delivery was promised; null when it was not.</param>
    /// <param name="eta">When it will probably arrive; null when that is not known.</param>
    /// <param name="trouble">Why it does not move; null when it does.</param>
    /// <param name="now">The moment.</param>
    public static PromiseOutlook Of(DateTimeOffset? promisedBy, DeliveryEta? eta, ParcelTrouble? trouble, DateTimeOffset now)
    {
        if (promisedBy is not { } promised) return PromiseOutlook.None;
        if (promised <= now) return PromiseOutlook.Broken;
        if (eta is not null && eta.Latest <= promised) return PromiseOutlook.Kept;
        if (eta is null && trouble is null) return PromiseOutlook.Unknown;
        return WillBreak(eta, trouble, promised, now) ? PromiseOutlook.WillBreak : PromiseOutlook.MayBreak;
    }

    // What all runs of the country have in common says too little about one parcel to alarm somebody, unless it stands still as well.
    private static bool WillBreak(DeliveryEta? eta, ParcelTrouble? trouble, DateTimeOffset promised, DateTimeOffset now) =>
        (eta is null || eta.Likely > promised) && ((eta is not null && eta.Basis != LaneBasis.All) || (trouble is not null && promised - now < Blind));
}
