using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>
/// Who follows, shares and was warned of which parcel. The waybills themselves are the carrier's records, which it must keep by law; this capability only
/// mirrors them, and they go when the carrier's time of keeping is over.
/// </summary>
internal sealed class ParcelsPersonalData : IPersonalData
{
    public string Name => "parcels";

    public IReadOnlyCollection<string> Tables => ["parcels_followers", "parcels_warnings", "parcels_shares", "parcels_directions"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var rows = await db.Query<Row>(
            """
            select p.waybill as Waybill, f.asked_at as Since
            from parcels_followers f
            join parcels_parcels p on p.id = f.parcel_id
            where f.customer_id in @customers
            order by f.asked_at
            """, new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        var shares = await db.Query<Row>(
            """
            select p.waybill as Waybill, s.created_at as Since
            from parcels_shares s
            join parcels_parcels p on p.id = s.parcel_id
            where s.customer_id in @customers
            order by s.created_at
            """, new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        return rows.Count + shares.Count == 0 ? null : new JsonArray(
        [
            .. rows.Select(r => new JsonObject { ["follows"] = r.Waybill, ["since"] = r.Since }),
            .. shares.Select(r => new JsonObject { ["shares"] = r.Waybill, ["since"] = r.Since }),
        ]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct) => what.IsEverything
        ? await Delete(tx, "delete from parcels_followers where customer_id in @customers", subject, ct).ConfigureAwait(false)
            + await Delete(tx, "delete from parcels_warnings where customer_id in @customers", subject, ct).ConfigureAwait(false)
            + await Delete(tx, "delete from parcels_directions where customer_id in @customers", subject, ct).ConfigureAwait(false)
            + await Delete(tx, "delete from parcels_shares where customer_id in @customers", subject, ct).ConfigureAwait(false)
        : 0;

    private static Task<int> Delete(Tx tx, string sql, PersonalSubject subject, CancellationToken ct) => tx.Execute(sql, new { customers = subject.CustomerList() }, ct);

    private sealed record Row
    {
        public required string Waybill { get; init; }
        public required DateTimeOffset Since { get; init; }
    }
}
