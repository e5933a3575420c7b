using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>What was said about a watched parcel so far.</summary>
/// <param name="Warnings">How many times its followers were warned.</param>
/// <param name="WarnedEta">Which arrival they were told last; null when none.</param>
/// <param name="IsRecovered">Was it found to be in time again since?</param>
internal sealed record Watch(int Warnings, DateTimeOffset? WarnedEta, bool IsRecovered)
{
    /// <summary>Nothing was said.</summary>
    public static Watch New { get; } = new(0, null, false);
}

/// <summary>What to do about a watched parcel.</summary>
internal enum WatchStep
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Tell its followers that it will probably break its promise.</summary>
    Warn,

    /// <summary>What was told does not hold any more.</summary>
    TakeBack,
}

/// <summary>When a parcel is worth a warning, and when it is looked at again. Pure.</summary>
internal static class WatchRule
{
    private const int MostWarnings = 3;

    private static readonly TimeSpan WorseBy = TimeSpan.FromHours(12), Soonest = TimeSpan.FromMinutes(10), Latest = TimeSpan.FromHours(3), Blind = TimeSpan.FromHours(24);

    /// <summary>Decides.</summary>
    /// <param name="parcel">Where it stands.</param>
    /// <param name="eta">When it will probably arrive; null when that is not known.</param>
    /// <param name="trouble">Why it does not move; null when it does.</param>
    /// <param name="watch">What was said so far.</param>
    /// <param name="now">The moment.</param>
    public static WatchStep Decide(ParcelProgress parcel, DeliveryEta? eta, ParcelTrouble? trouble, Watch watch, DateTimeOffset now)
    {
        var isToldLate = watch is { Warnings: > 0, IsRecovered: false };
        if (parcel.Stage is null or LaneStage.Awaiting or LaneStage.Finished) return isToldLate ? WatchStep.TakeBack : WatchStep.Nothing;
        if (parcel.PromisedBy is not { } promised || promised <= now) return WatchStep.Nothing; // too late to be early
        if (WillBeLate(eta, trouble, promised, now))
            return watch.Warnings == 0 || (watch.Warnings < MostWarnings && eta is not null && eta.Likely > watch.WarnedEta + WorseBy) ? WatchStep.Warn : WatchStep.Nothing;
        return isToldLate && eta is not null && eta.Latest <= promised ? WatchStep.TakeBack : WatchStep.Nothing;
    }

    /// <summary>When to look next: the nearer the promise to the estimate, the sooner.</summary>
    public static DateTimeOffset NextLook(ParcelProgress parcel, DeliveryEta? eta, ParcelTrouble? trouble, DateTimeOffset now)
    {
        if (trouble is not null || eta is null || parcel.PromisedBy is not { } promised) return now + (trouble is null ? Latest : TimeSpan.FromMinutes(30));
        var third = (promised - eta.Likely) / 3;
        return now + (third < Soonest ? Soonest : third > Latest ? Latest : third);
    }

    // What all runs of the country have in common says too little about one parcel to alarm somebody. Where a parcel takes longer
    // than any before, nothing can be estimated: then the promise counts as lost a day before its end.
    private static bool WillBeLate(DeliveryEta? eta, ParcelTrouble? trouble, DateTimeOffset promised, DateTimeOffset now) =>
        eta is not null ? eta.Basis != LaneBasis.All && eta.Likely > promised : trouble is { NextBy: null } && promised - now < Blind;
}
