using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Parcels;

/// <summary>When parcels that have just moved will probably arrive, for those who are told of it.</summary>
public static class ExpectedArrivals
{
    private const string Lanes =
        """
        select id as Id, product as Product, sender_province as FromProvince, sender_city as FromCity, recipient_province as ToProvince, recipient_city as ToCity,
          promised_by as PromisedBy
        from parcels_parcels
        where id in @ids
        """;

    /// <summary>
    /// By change, for parcels that are on their way; a change of which too little is known is absent. One query for all, and none while
    /// the statistics are not in memory.
    /// </summary>
    /// <param name="db">Where to read; a transaction may be open.</param>
    /// <param name="outlook">Estimates.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyDictionary<ParcelStatusChanged, ExpectedArrival>> Of(
        ISqlReader db, ParcelOutlook outlook, IReadOnlyCollection<ParcelStatusChanged> changes, CancellationToken ct)
    {
        var found = new Dictionary<ParcelStatusChanged, ExpectedArrival>();
        var moving = changes.Where(c => IsOnItsWay(c.To)).ToList();
        if (moving.Count == 0 || outlook.AtHand() is not { } view) return found;
        var rows = (await db.Query<Row>(Lanes, new { ids = moving.Select(c => c.ParcelId).Distinct().ToList() }, ct).ConfigureAwait(false)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var change in moving)
            if (rows.GetValueOrDefault(change.ParcelId) is { } row && view.Of(row.After(change)).Eta is { } eta)
                found[change] = new ExpectedArrival(OutlookWords.Of(eta, ChinaTime.AnyDay), OutlookWords.Short(eta, ChinaTime.AnyDay));
        return found;
    }

    private static bool IsOnItsWay(ParcelStatus status) =>
        status is ParcelStatus.PickedUp or ParcelStatus.Departed or ParcelStatus.Arrived or ParcelStatus.OutForDelivery;

    private sealed record Row : LaneRow
    {
        public required DateTimeOffset? PromisedBy { get; init; }

        public ParcelProgress After(ParcelStatusChanged change) => new(
            change.To, Lane, change.City, change.Place, change.Text, change.At, change.At, PromisedBy);
    }
}

/// <summary>When a parcel will probably arrive, with dates, so that it may be read later.</summary>
/// <param name="Sentence">A sentence without a full stop: <c>预计11月23日 14:00–18:00 送达</c>.</param>
/// <param name="Short">At most 20 characters: <c>预计11月23日 18:00 前</c>.</param>
public sealed record ExpectedArrival(string Sentence, string Short);
