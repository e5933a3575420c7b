using System.Data.Common;
using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Takes what happened to parcels from a carrier core.</summary>
public static class RecordRoutes
{
    private const int Attempts = 3;

    private static readonly string[] Columns =
    [
        "core", "event_id", "parcel_id", "code", "status", "happened_at", "sequence", "received_at", "city", "place", "text", "operator", "reason", "weight_grams",
    ];

    /// <summary>
    /// Records route events: idempotent by core and event id, in any order. A late one is kept but never moves its parcel back.
    /// The number of SQL statements does not depend on how many parcels are concerned.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">Now.</param>
    /// <param name="core">The core's configured name.</param>
    /// <param name="events">At most 1000; null for one that is no such object.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<BatchResult> Execute(Db db, TimeProvider clock, string core, IReadOnlyList<RouteReport?> events, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rejected = new List<BatchRejection>();
        var routes = new List<RouteEvent>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            if (ReportCheck.Read(events[i], i, now, out var route) is { } fault) rejected.Add(new(i, fault.Code, fault.Message));
            else routes.Add(route!);
        }
        if (routes.Count == 0) return new BatchResult(0, 0, rejected);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransaction(tx => Record(tx, now, core, routes, rejected, ct), ct).ConfigureAwait(false);
            }
            catch (DbException e) when (db.Dialect.IsUniqueViolation(e) && attempt < Attempts)
            {
                // The same event id came for another parcel at the same moment; now it can be seen and counts as a repetition.
            }
        }
    }

    /// <summary>Records checked events in somebody's transaction.</summary>
    internal static async Task<BatchResult> Record(
        Tx tx, DateTimeOffset now, string core, List<RouteEvent> routes, List<BatchRejection> malformed, CancellationToken ct)
    {
        var parcels = (await ParcelStore.Lock(tx, [.. routes.Select(r => r.Waybill.Text).Distinct()], ct).ConfigureAwait(false))
            .Where(p => p.Core == core || p.Core.Length == 0).ToDictionary(p => p.Waybill);
        var seen = (await tx.Query<string>("select event_id from parcels_events where core = @core and event_id in @ids",
            new { core, ids = routes.Select(r => r.Id).Distinct() }, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);

        var rejected = new List<BatchRejection>(malformed);
        var fresh = new List<RouteEvent>(routes.Count);
        var duplicates = 0;
        foreach (var route in routes)
        {
            if (seen.Contains(route.Id)) duplicates++;
            else if (!parcels.ContainsKey(route.Waybill)) rejected.Add(new(route.Index, "waybill.unknown", Texts.WaybillUnknown));
            else if (seen.Add(route.Id)) fresh.Add(route);
        }
        await Apply(tx, now, core, parcels, fresh, ct).ConfigureAwait(false);
        return new BatchResult(fresh.Count, duplicates, [.. rejected.OrderBy(r => r.Index)]);
    }

    private static async Task Apply(
        Tx tx, DateTimeOffset now, string core, Dictionary<WaybillNumber, Parcel> parcels, List<RouteEvent> fresh, CancellationToken ct)
    {
        if (fresh.Count == 0) return;
        await tx.InsertRows("parcels_events", Columns, fresh.Select(r => new object?[]
        {
            core, r.Id, parcels[r.Waybill].Id, r.Code, r.Meaning.OnlyMoves ? null : EnumText<ParcelStatus>.Of(r.Meaning.Status), r.At, r.Index, now,
            r.City, r.Place, r.Text, r.Operator, r.Reason, r.WeightGrams,
        }), ct: ct).ConfigureAwait(false);

        var changes = fresh.OrderBy(r => r.At).ThenBy(r => StatusMachine.Rank(r.Meaning.Status)).ThenBy(r => r.Index)
            .Select(r => parcels[r.Waybill].Apply(r)).OfType<ParcelStatusChanged>().ToList();
        await ParcelStore.Save(tx, [.. fresh.Select(r => parcels[r.Waybill]).Distinct()], ct).ConfigureAwait(false);
        await tx.Publish(changes, ct).ConfigureAwait(false);
        await Watches.LookSoon(tx, [.. changes.Where(c => Watches.IsWorthALook(c.To, parcels[c.Waybill].PromisedBy, now)).Select(c => c.ParcelId).Distinct()], now, ct).ConfigureAwait(false);
        await DirectParcel.Answer(tx, changes, now, ct).ConfigureAwait(false);
        var weights = fresh.Where(r => r.WeightGrams > 0).DistinctBy(r => r.Waybill).ToDictionary(r => r.Waybill, r => r.WeightGrams!.Value);
        await MovedShipments.Publish(tx, changes, weights, ct).ConfigureAwait(false);
        List<ParcelStatusChanged> signed = [.. changes.Where(c => c.To == ParcelStatus.Signed)];
        await tx.Publish([.. signed.Select(c => new ParcelReceived(c.ParcelId, c.At, c.Version))], ct).ConfigureAwait(false);
        await FinishedRuns.Publish(tx, [.. signed.Select(c => c.ParcelId)], ct).ConfigureAwait(false);
    }
}
