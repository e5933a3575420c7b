using System.Collections.Frozen;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Parcels;

namespace Courier.Services.Knowledge;

/// <summary>Which incidents concern which open parcels: those that touch where it is now, goes to, or comes from until it has left.</summary>
public static class ParcelIncidents
{
    private const int MostParcels = 30;

    /// <summary>By waybill number, the worst incident first; parcels that none concerns are absent. Asks the database only while an incident is shown.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="board">What is published.</param>
    /// <param name="divisions">Where places lie.</param>
    /// <param name="waybills">Parcels that the asker may see.</param>
    /// <param name="ct">Ends the queries.</param>
    public static async Task<IReadOnlyDictionary<WaybillNumber, IReadOnlyList<Incident>>> OfWaybills(
        ISqlReader db, IncidentBoard board, Divisions divisions, IReadOnlyCollection<WaybillNumber> waybills, CancellationToken ct)
    {
        var shown = await board.Now(db, ct).ConfigureAwait(false);
        if (shown.All.Count == 0 || waybills.Count == 0) return FrozenDictionary<WaybillNumber, IReadOnlyList<Incident>>.Empty;
        return Matched(await ParcelWays.OfWaybills(db, waybills, ct).ConfigureAwait(false), w => w.Waybill, shown, divisions);
    }

    /// <summary>The same by the ids of parcels.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<Incident>>> OfParcels(
        ISqlReader db, IncidentBoard board, Divisions divisions, IReadOnlyCollection<string> parcelIds, CancellationToken ct)
    {
        var shown = await board.Now(db, ct).ConfigureAwait(false);
        if (shown.All.Count == 0 || parcelIds.Count == 0) return FrozenDictionary<string, IReadOnlyList<Incident>>.Empty;
        return Matched(await ParcelWays.Of(db, parcelIds, ct).ConfigureAwait(false), w => w.ParcelId, shown, divisions);
    }

    /// <summary>Those that concern the newest open parcels of a customer; empty also when the customer has none.</summary>
    public static async Task<IReadOnlyList<Incident>> OfCustomer(
        Db db, DataKeys keys, IncidentBoard board, Divisions divisions, CustomerId customer, CancellationToken ct)
    {
        if ((await board.Now(db, ct).ConfigureAwait(false)).All.Count == 0) return [];
        var mine = await MyParcels.Execute(db, keys, customer, role: null, ParcelState.Open, cursor: null, MostParcels, ct).ConfigureAwait(false);
        return Worst((await OfWaybills(db, board, divisions, [.. mine.Parcels.Select(p => p.Waybill)], ct).ConfigureAwait(false)).Values);
    }

    /// <summary>Incidents of several parcels as one list, each once, the worst first.</summary>
    public static IReadOnlyList<Incident> Worst(IEnumerable<IReadOnlyList<Incident>> ofParcels) =>
        [.. ofParcels.SelectMany(i => i).DistinctBy(i => i.Id).OrderByDescending(i => i.Severity)];

    private static Dictionary<TKey, IReadOnlyList<Incident>> Matched<TKey>(
        IReadOnlyList<ParcelWay> ways, Func<ParcelWay, TKey> key, ShownIncidents shown, Divisions divisions) where TKey : notnull => ways
        .Where(w => StatusMachine.StateOf(w.Status) == ParcelState.Open)
        .Select(w => (Key: key(w), Incidents: shown.Touching(PlacesOfParcels.Of(w, divisions))))
        .Where(m => m.Incidents.Count > 0)
        .ToDictionary(m => m.Key, m => m.Incidents);
}
