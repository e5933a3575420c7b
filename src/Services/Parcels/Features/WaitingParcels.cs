using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Parcels that wait for their recipient in a locker or station.</summary>
public static class WaitingParcels
{
    private const string Sql =
        """
        select p.waybill as Waybill, p.recipient_phone_hash as PhoneHash, s.latest_place as Place, s.latest_text as Text, s.last_event_at as Since
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        where p.recipient_phone_hash in @hashes and s.status in ('in_locker', 'in_station')
        order by s.last_event_at, p.id
        limit 200
        """;

    /// <summary>What waits for these customers, by their proven numbers, the longest waiting first.</summary>
    public static async Task<IReadOnlyList<WaitingParcel>> Of(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        var phones = (await VerifiedPhones.OfAll(db, customers, ct).ConfigureAwait(false)).GroupBy(p => p.Hash).ToDictionary(g => g.Key, g => g.First().Customer, StringComparer.Ordinal);
        if (phones.Count == 0) return [];
        var rows = await db.Query<Row>(Sql, new { hashes = phones.Keys.ToList() }, ct).ConfigureAwait(false);
        return [.. rows.Select(r => new WaitingParcel(r.Waybill, phones[r.PhoneHash], r.Place, PickupCode.In(r.Text), r.Since))];
    }

    private sealed record Row
    {
        public required WaybillNumber Waybill { get; init; }
        public required string PhoneHash { get; init; }
        public required string Place { get; init; }
        public required string Text { get; init; }
        public required DateTimeOffset Since { get; init; }
    }
}

/// <summary>A parcel that waits for its recipient.</summary>
/// <param name="Waybill">Its number.</param>
/// <param name="Owner">The recipient.</param>
/// <param name="Place">Where it lies; may be empty.</param>
/// <param name="Code">The code to take it with; null when the core did not tell it.</param>
/// <param name="Since">Since when.</param>
public sealed record WaitingParcel(WaybillNumber Waybill, CustomerId Owner, string Place, string? Code, DateTimeOffset Since)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => $"{Waybill} at {Place}";
}
