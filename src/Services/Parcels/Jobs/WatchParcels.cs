using System.Diagnostics.Metrics;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;

namespace Courier.Services.Parcels;

/// <summary>
/// Looks at open parcels when it is time to: notes which are stuck, and tells before a promise breaks. A portion is a transaction with
/// a fixed number of statements.
/// </summary>
internal sealed class WatchParcels(Db db, ParcelOutlook outlook) : IScheduledJob
{
    private const int Portion = 500;

    private static readonly Counter<long> Warned =
        CourierMetrics.Meter.CreateCounter<long>("courier_parcels_late_warnings_total", description: "Parcels whose followers were told that they will probably be late.");

    private static readonly Counter<long> Recovered =
        CourierMetrics.Meter.CreateCounter<long>("courier_parcels_late_recovered_total", description: "Parcels that were expected to be late and are in time again, or have arrived.");

    private static readonly string[] Columns = ["parcel_id", "check_at", "stuck_place", "warnings", "warned_eta", "is_recovered"];

    private static readonly string Due =
        """
        select w.parcel_id as Id, w.warnings as Warnings, w.warned_eta as WarnedEta, w.is_recovered as IsRecovered, p.waybill as Waybill, p.product as Product,
          p.sender_province as FromProvince, p.sender_city as FromCity, p.recipient_province as ToProvince, p.recipient_city as ToCity,
          p.promised_by as PromisedBy, p.registered_at as RegisteredAt, s.status as Status, s.version as Version, s.last_event_at as LastEventAt,
          s.latest_text as LatestText, s.latest_place as LatestPlace
        from parcels_watches w
        join parcels_parcels p on p.id = w.parcel_id
        join parcels_states s on s.parcel_id = w.parcel_id
        where w.check_at <= @now
        order by w.check_at, w.parcel_id
        limit @portion
        """;

    public async Task Run(CancellationToken ct)
    {
        var view = await outlook.Look(ct).ConfigureAwait(false);
        while (await db.InTransaction(tx => Look(tx, view, ct), ct).ConfigureAwait(false) == Portion) ct.ThrowIfCancellationRequested();
    }

    private static async Task<int> Look(Tx tx, ParcelOutlook.View view, CancellationToken ct)
    {
        var rows = await tx.Query<Row>($"{Due} {tx.Dialect.ForUpdate}", new { now = view.Now, portion = Portion }, ct).ConfigureAwait(false);
        if (rows.Count == 0) return 0;
        var points = await StatusPoints.Of(tx, [.. rows.Select(r => r.Id)], ct).ConfigureAwait(false);
        var looks = rows.Select(r => Judge(r, points[r.Id], view)).ToList();
        var followers = (await ParcelFollowers.Of(tx, [.. looks.Where(l => l.Step == WatchStep.Warn).Select(l => l.Row.Id)], ct).ConfigureAwait(false)).ToLookup(f => f.ParcelId);
        // The first warning says nothing new to whoever heard it as an answer: a choice made then stands until it gets clearly worse.
        var known = await LateWarnings.KnownTo(tx, [.. looks.Where(l => l.Step == WatchStep.Warn && l.Row.Warnings == 0).Select(l => l.Row.Id)], view.Now, ct).ConfigureAwait(false);
        var told = followers.SelectMany(f => f).Where(f => !known.Contains(f)).ToLookup(f => f.ParcelId);
        await Write(tx, [.. looks.Select(l => l.Step == WatchStep.Warn && !followers[l.Row.Id].Any() ? l with { Step = WatchStep.Nothing } : l)], told, view.Now, ct).ConfigureAwait(false);
        return rows.Count;
    }

    private static Judged Judge(Row row, IEnumerable<StatusPoint> points, ParcelOutlook.View view)
    {
        var parcel = row.Progress(points);
        var (eta, trouble) = view.Of(parcel);
        var step = WatchRule.Decide(parcel, eta, trouble, new Watch((int)row.Warnings, row.WarnedEta, row.IsRecovered != 0), view.Now);
        return new Judged(row, parcel, eta, trouble, step, WatchRule.NextLook(parcel, eta, trouble, view.StuckFrom(parcel), view.Now));
    }

    private static async Task Write(Tx tx, IReadOnlyList<Judged> looks, ILookup<string, ParcelFollower> told, DateTimeOffset now, CancellationToken ct)
    {
        var warned = looks.Where(l => l.Step == WatchStep.Warn).ToList();
        var back = looks.Where(l => l.Step == WatchStep.TakeBack).ToList();
        var done = looks.Where(l => StatusMachine.StateOf(l.Row.Status) == ParcelState.Done).Select(l => l.Row.Id).ToList();
        if (done.Count > 0) await tx.Execute("delete from parcels_watches where parcel_id in @done", new { done }, ct).ConfigureAwait(false);
        var open = looks.Where(l => StatusMachine.StateOf(l.Row.Status) == ParcelState.Open).ToList();
        if (open.Count > 0) await tx.UpsertRows("parcels_watches", Columns, open.Select(l => l.Values(now)), "parcel_id", Columns[1..], ct).ConfigureAwait(false);
        await LateWarnings.Open(tx, [.. warned.SelectMany(w => told[w.Row.Id])], now, ct).ConfigureAwait(false);
        await LateWarnings.Close(tx, [.. back.Select(b => b.Row.Id)], now, ct).ConfigureAwait(false);
        await tx.Publish([.. warned.Select(w => w.Late(now)), .. back.Select(b => new ParcelLateRecovered(b.Row.Id, b.Row.Warnings))], ct).ConfigureAwait(false);
        tx.AfterCommit(() =>
        {
            Warned.Add(warned.Count);
            Recovered.Add(back.Count);
        });
    }

    private sealed record Judged(Row Row, ParcelProgress Parcel, DeliveryEta? Eta, ParcelTrouble? Trouble, WatchStep Step, DateTimeOffset NextLook)
    {
        // Only what lies at a place makes it crowded.
        private string StuckPlace => Trouble is { Reason: TroubleReason.WaitingAtHub or TroubleReason.PlaceOverloaded } ? Parcel.Place : "";

        private bool Warns => Step == WatchStep.Warn;

        public object?[] Values(DateTimeOffset now) =>
        [
            Row.Id, NextLook, StuckPlace, Row.Warnings + (Warns ? 1 : 0), Warns ? Eta?.Likely ?? now : Row.WarnedEta, Step == WatchStep.TakeBack || (Row.IsRecovered != 0 && !Warns) ? 1 : 0,
        ];

        public ParcelLateExpected Late(DateTimeOffset now) => new(
            Row.Id, Row.Waybill, Parcel.PromisedBy!.Value, Eta is null ? "" : OutlookWords.Of(Eta, ChinaTime.AnyDay), Trouble?.Words ?? "", Row.Version, Row.Warnings + 1) { FoundAt = now };
    }

    private sealed record Row : ParcelRow
    {
        public required long Warnings { get; init; }
        public required DateTimeOffset? WarnedEta { get; init; }
        public required long IsRecovered { get; init; }
        public required long Version { get; init; }
        public required string LatestText { get; init; }
        public required string LatestPlace { get; init; }

        public ParcelProgress Progress(IEnumerable<StatusPoint> points) => ProgressBy(points, LatestPlace, LatestText);
    }
}
