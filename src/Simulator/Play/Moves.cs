using Courier.Simulator.Network;
using Courier.Simulator.Parcels;

namespace Courier.Simulator.Play;

/// <summary>How a parcel gets on: by its plan when time passes, or at once by hand. A parcel that cannot is returned as it is.</summary>
internal static class Moves
{
    public static SimulatedParcel UpTo(SimulatedParcel parcel, DateTimeOffset worldNow, DateTimeOffset now)
    {
        while (parcel.Plan.Count > 0 && parcel.Plan[0].Due <= worldNow) parcel = parcel.Happen(now);
        return parcel;
    }

    public static SimulatedParcel By(SimulatedParcel parcel, int steps, DateTimeOffset worldNow, DateTimeOffset now)
    {
        for (; steps > 0 && parcel.Plan.Count > 0; steps--) parcel = AtOnce(parcel, worldNow, now);
        return parcel;
    }

    /// <summary>On to the next time that it is in the stage; when its plan does not lead there, fate is changed.</summary>
    public static SimulatedParcel To(SimulatedParcel parcel, ParcelStage stage, DateTimeOffset worldNow, DateTimeOffset now, int seed)
    {
        if (stage == ParcelStage.Registered || parcel.Stage.IsFinal()) return parcel;
        var planned = parcel.Plan.Any(step => step.Stage == stage) ? parcel : Replan(parcel, stage, worldNow, seed);
        if (planned.Plan.All(step => step.Stage != stage)) return parcel;
        while (planned.Past.Count == parcel.Past.Count || planned.Stage != stage) planned = AtOnce(planned, worldNow, now);
        return planned;
    }

    static SimulatedParcel AtOnce(SimulatedParcel parcel, DateTimeOffset worldNow, DateTimeOffset now)
    {
        var due = parcel.Plan[0].Due;
        var sooner = parcel with { Plan = [parcel.Plan[0] with { Due = now }, .. parcel.Plan.Skip(1)] };
        return sooner.Happen(now).PlanFrom(due, worldNow);
    }

    static SimulatedParcel Replan(SimulatedParcel parcel, ParcelStage stage, DateTimeOffset worldNow, int seed)
    {
        if (stage == ParcelStage.Cancelled && parcel.Stage != ParcelStage.Registered) return parcel;
        var random = Chance.Of(seed, unchecked(parcel.WeightGrams * 31 + parcel.Past.Count));
        var way = stage == ParcelStage.Cancelled ? [] : parcel.Plan.TakeWhile(OnTheWay).ToList();
        if (parcel.Stage == ParcelStage.Returning && !CanBeOnTheWayBack(stage))
            way.Add(Journey.Ending(parcel.Trip, Outcome.Redirected, random, worldNow)[0]);
        var from = way.Count > 0 ? way[^1].Due : worldNow;
        var ending = Journey.Ending(parcel.Trip, Outcomes.Reaching(stage), random, from).SkipWhile(step => step.Stage == parcel.Stage);
        return parcel with { Plan = [.. way, .. ending] };
    }

    /// <summary>All else first needs somebody to turn the parcel round: a redirection.</summary>
    static bool CanBeOnTheWayBack(ParcelStage stage) =>
        stage is ParcelStage.Returned or ParcelStage.Damaged or ParcelStage.Lost or ParcelStage.Redirected;

    static bool OnTheWay(Step step) => step.Stage is ParcelStage.PickedUp or ParcelStage.Departed or ParcelStage.Arrived;
}
