using System.Data.Common;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Takes waybills that a carrier core made.</summary>
public static class RegisterWaybills
{
    private const int Attempts = 3;

    private static readonly string[] Columns =
    [
        "id", "waybill", "core", "product",
        "sender_name_cipher", "sender_phone_cipher", "sender_phone_hash", "sender_phone_tail", "sender_province", "sender_city", "sender_district", "sender_detail_cipher",
        "recipient_name_cipher", "recipient_phone_cipher", "recipient_phone_hash", "recipient_phone_tail", "recipient_province", "recipient_city", "recipient_district",
        "recipient_detail_cipher", "weight_grams", "promised_by", "registered_at",
    ];

    /// <summary>Registers the waybills; the same ones may be sent any number of times. A number belongs to the core that registered it first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypts names, phones and addresses.</param>
    /// <param name="clock">Now.</param>
    /// <param name="core">The core's configured name.</param>
    /// <param name="waybills">At most 1000; null for one that is no such object.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<BatchResult> Execute(Db db, DataKeys keys, TimeProvider clock, string core, IReadOnlyList<WaybillReport?> waybills, CancellationToken ct)
    {
        var rejected = new List<BatchRejection>();
        var rows = new List<Row>(waybills.Count);
        for (var i = 0; i < waybills.Count; i++)
        {
            if (ReportCheck.Read(waybills[i], out var waybill) is { } fault) rejected.Add(new(i, fault.Code, fault.Message));
            else rows.Add(new Row(i, waybill!.Number, Values(keys, clock, core, waybill)));
        }
        if (rows.Count == 0) return new BatchResult(0, 0, rejected);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransaction(tx => Register(tx, core, rows, rejected, clock.GetUtcNow(), ct), ct).ConfigureAwait(false);
            }
            catch (DbException e) when (db.Dialect.IsUniqueViolation(e) && attempt < Attempts)
            {
                // Another batch registered one of them at the same moment; now it can be seen.
            }
        }
    }

    /// <summary>Registers waybills of our own in somebody's transaction; known ones stay as they are.</summary>
    /// <exception cref="InvalidOperationException">A number belongs to another core.</exception>
    internal static async Task Register(Tx tx, DataKeys keys, TimeProvider clock, string core, IReadOnlyList<NewWaybill> waybills, CancellationToken ct)
    {
        var rows = waybills.Select((w, i) => new Row(i, w.Number, Values(keys, clock, core, w))).ToList();
        var result = await Register(tx, core, rows, [], clock.GetUtcNow(), ct).ConfigureAwait(false);
        if (result.Rejected.Count > 0) throw new InvalidOperationException($"the number {rows[result.Rejected[0].Index].Number} belongs to a carrier core");
    }

    private static async Task<BatchResult> Register(
        Tx tx, string core, List<Row> rows, List<BatchRejection> malformed, DateTimeOffset now, CancellationToken ct)
    {
        var owners = (await tx.Query<Known>("select waybill as Waybill, core as Core from parcels_parcels where waybill in @waybills",
            new { waybills = rows.Select(r => r.Number.Text).Distinct() }, ct).ConfigureAwait(false)).ToDictionary(k => k.Waybill, k => k.Core);
        var rejected = new List<BatchRejection>(malformed);
        var fresh = new List<Row>(rows.Count);
        var duplicates = 0;
        foreach (var row in rows)
        {
            if (owners.TryAdd(row.Number, core)) fresh.Add(row);
            else if (owners[row.Number] == core) duplicates++;
            else rejected.Add(new(row.Index, "waybill.taken", Texts.WaybillTaken));
        }
        await tx.InsertRows("parcels_parcels", Columns, fresh.Select(r => r.Values), ct: ct).ConfigureAwait(false);
        await ParcelStore.Save(tx, [.. fresh.Select(r => NewParcel(core, r))], ct).ConfigureAwait(false);
        await Watches.Begin(tx, [.. fresh.Select(r => (string)r.Values[0]!)], now, ct).ConfigureAwait(false);
        return new BatchResult(fresh.Count, duplicates, [.. rejected.OrderBy(r => r.Index)]);
    }

    // No event is known yet: whatever comes first counts, also what happened before the registration reached us.
    private static Parcel NewParcel(string core, Row row) => new()
    {
        Id = (string)row.Values[0]!, Waybill = row.Number, Core = core, PromisedBy = (DateTimeOffset?)row.Values[^2], Status = ParcelStatus.Registered, Version = 1,
        LastEventAt = DateTimeOffset.UnixEpoch, LatestText = "", LatestPlace = "",
    };

    private static object?[] Values(DataKeys keys, TimeProvider clock, string core, NewWaybill w) =>
    [
        Ids.New(clock), w.Number, core, w.Product, .. Values(keys, w.Sender), .. Values(keys, w.Recipient), w.WeightGrams, w.PromisedBy, clock.GetUtcNow(),
    ];

    private static object?[] Values(DataKeys keys, Party party) =>
    [
        keys.Encrypt(party.Name), keys.Encrypt(party.Dialled), keys.Hash(party.Phone), party.Phone.Tail,
        party.Province, party.City, party.District, keys.Encrypt(party.Detail),
    ];

    private sealed record Row(int Index, WaybillNumber Number, object?[] Values);

    private sealed record Known
    {
        public required WaybillNumber Waybill { get; init; }

        public required string Core { get; init; }
    }
}
