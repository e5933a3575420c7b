using Courier.Services.Calendars;
using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>
/// Adds to what was found when it will arrive, and why it does not move. Everything comes out of memory (statistics of lanes, stuck
/// places), so a question costs no query more.
/// </summary>
public sealed class ParcelOutlook(LaneStatistics lanes, StuckPlaces places, TimeProvider clock, ParcelsOptions options)
{
    private readonly DailyHours _hours = DailyHours.Parse(options.DeliveryHours);

    /// <summary>The answers with estimate and trouble.</summary>
    public async ValueTask<IReadOnlyList<TrackedParcel>> Of(IReadOnlyList<TrackedParcel> parcels, CancellationToken ct)
    {
        var view = await Look(ct).ConfigureAwait(false);
        var seen = new TrackedParcel[parcels.Count];
        for (var i = 0; i < seen.Length; i++) seen[i] = parcels[i] is TrackedParcel.Found found ? view.Of(found) : parcels[i];
        return seen;
    }

    /// <summary>The answer with estimate and trouble.</summary>
    public async ValueTask<TrackedParcel.Found> Of(TrackedParcel.Found parcel, CancellationToken ct) => (await Look(ct).ConfigureAwait(false)).Of(parcel);

    /// <summary>The customer's list with estimates.</summary>
    public async ValueTask<MyParcelsPage> Of(MyParcelsPage page, CancellationToken ct)
    {
        if (page.Parcels.Count == 0) return page;
        var view = await Look(ct).ConfigureAwait(false);
        return page with { Parcels = [.. page.Parcels.Select(p => p.Progress is { } at ? view.Of(p, at) : p)] };
    }

    internal async ValueTask<View> Look(CancellationToken ct) =>
        new(await lanes.Current(ct).ConfigureAwait(false), await places.Current(ct).ConfigureAwait(false), _hours, clock.GetUtcNow());

    /// <summary>
    /// What is in memory just now, for those who hold a transaction open and wait for nothing. Null while it is read (again); who comes
    /// after that has it.
    /// </summary>
    internal View? AtHand()
    {
        var look = Look(CancellationToken.None);
        if (look.IsCompletedSuccessfully) return look.Result;
        _ = look.AsTask().ContinueWith(static read => read.Exception, TaskScheduler.Default); // whoever waits for it hears of a failure
        return null;
    }

    /// <summary>What is known at one moment.</summary>
    internal sealed record View(LaneBook Book, IReadOnlySet<string> Stuck, DailyHours Hours, DateTimeOffset Now)
    {
        /// <summary>When it will arrive, and why it does not move; the one knows of the other.</summary>
        public (DeliveryEta? Eta, ParcelTrouble? Trouble) Of(ParcelProgress parcel)
        {
            var trouble = FindTrouble.For(parcel, Book, parcel.Place.Length > 0 && Stuck.Contains(parcel.Place), Hours, Now);
            return (EstimateDelivery.For(parcel, trouble, Book, Hours, Now), trouble);
        }

        /// <summary>From when on it is stuck unless something happens.</summary>
        public DateTimeOffset? StuckFrom(ParcelProgress parcel) => FindTrouble.StuckFrom(parcel, Book);

        public MyParcel Of(MyParcel parcel, ParcelProgress at)
        {
            var (eta, trouble) = Of(at);
            return parcel with { Eta = eta, Trouble = trouble };
        }

        public TrackedParcel.Found Of(TrackedParcel.Found found)
        {
            if (found.Progress is not { } at) return found;
            var (eta, trouble) = Of(at);
            return found with { Eta = eta, Trouble = trouble };
        }
    }
}
