using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Who is told when parcels move.</summary>
public static class ParcelFollowers
{
    /// <summary>Everybody who asked for one of the parcels and could see it, and everybody whose verified phone is the sender's or recipient's; each once a parcel.</summary>
    public static async Task<IReadOnlyList<ParcelFollower>> Of(ISqlReader db, IReadOnlyCollection<string> parcelIds, CancellationToken ct)
    {
        if (parcelIds.Count == 0) return [];
        var asked = await db.Query<ParcelFollower>(
            "select parcel_id as ParcelId, customer_id as Customer from parcels_followers where parcel_id in @parcelIds", new { parcelIds }, ct).ConfigureAwait(false);
        var parties = await db.Query<Parties>(
            "select id as ParcelId, sender_phone_hash as Sender, recipient_phone_hash as Recipient from parcels_parcels where id in @parcelIds",
            new { parcelIds }, ct).ConfigureAwait(false);
        var owners = (await VerifiedPhones.OwnersOf(db, [.. parties.SelectMany(p => new[] { p.Sender, p.Recipient }).Distinct()], ct).ConfigureAwait(false))
            .ToLookup(o => o.Hash, o => o.Customer);
        return
        [
            .. asked.Concat(parties.SelectMany(p => owners[p.Sender].Concat(owners[p.Recipient])
                .Select(c => new ParcelFollower { ParcelId = p.ParcelId, Customer = c }))).Distinct(),
        ];
    }

    private sealed record Parties
    {
        public required string ParcelId { get; init; }
        public required string Sender { get; init; }
        public required string Recipient { get; init; }
    }
}

/// <summary>A customer who is told when a parcel moves.</summary>
public sealed record ParcelFollower
{
    /// <summary>The parcel's id.</summary>
    public required string ParcelId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }
}
