using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>
/// Who follows which parcel. The waybills themselves are the carrier's records, which it must keep by law; this capability only
/// mirrors them, and they go when the carrier's time of keeping is over.
/// </summary>
internal sealed class ParcelsPersonalData : IPersonalData
{
    public string Name => "parcels";

    public IReadOnlyCollection<string> Tables => ["parcels_followers"];

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
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(r => new JsonObject { ["follows"] = r.Waybill, ["since"] = r.Since })]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct) => what.IsEverything
        ? await tx.Execute("delete from parcels_followers where customer_id in @customers", new { customers = subject.CustomerList() }, ct).ConfigureAwait(false)
        : 0;

    private sealed record Row
    {
        public required string Waybill { get; init; }
        public required DateTimeOffset Since { get; init; }
    }
}
