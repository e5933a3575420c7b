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

    // A night in between alone makes it thirteen hours later: that is not much worse.
    private static readonly TimeSpan WorseBy = TimeSpan.FromHours(18);

    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(10), Latest = TimeSpan.FromHours(3), WhileStuck = TimeSpan.FromMinutes(30),
        Run = TimeSpan.FromMinutes(1);

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
        return JudgePromise.Of(parcel.PromisedBy, eta, trouble, now) switch
        {
            PromiseOutlook.WillBreak => watch.Warnings == 0 || (watch.Warnings < MostWarnings && eta is not null && eta.Likely > watch.WarnedEta + WorseBy) ? WatchStep.Warn : WatchStep.Nothing,
            PromiseOutlook.Kept => isToldLate ? WatchStep.TakeBack : WatchStep.Nothing,
            PromiseOutlook.None or PromiseOutlook.Unknown or PromiseOutlook.MayBreak => WatchStep.Nothing,
            PromiseOutlook.Broken => WatchStep.Nothing, // too late to be early
        };
    }

    /// <summary>
    /// When to look next: the nearer the promise to the estimate, the sooner; at the moment from which on it counts as stuck, as the estimate
    /// changes there; and always once more before the promise is over.
    /// </summary>
    /// <param name="parcel">Where it stands.</param>
    /// <param name="eta">When it will probably arrive; null when that is not known.</param>
    /// <param name="trouble">Why it does not move; null when it does.</param>
    /// <param name="stuckFrom">From when on it is stuck unless something happens; null when never.</param>
    /// <param name="now">The moment.</param>
    public static DateTimeOffset NextLook(ParcelProgress parcel, DeliveryEta? eta, ParcelTrouble? trouble, DateTimeOffset? stuckFrom, DateTimeOffset now)
    {
        var next = now + (trouble is not null ? WhileStuck : eta is null || parcel.PromisedBy is null ? Latest : Third(parcel.PromisedBy.Value - eta.Likely));
        if (stuckFrom > now && stuckFrom < next) next = stuckFrom.Value;
        if (parcel.PromisedBy is { } promised && promised > now && now + (promised - now) / 2 < next) next = now + (promised - now) / 2;
        return next > now + Run ? next : now + Run;
    }

    private static TimeSpan Third(TimeSpan slack) => slack / 3 < Soonest ? Soonest : slack / 3 > Latest ? Latest : slack / 3;
}
