using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Who may have which parcels brought another way now: their recipients, known by a proven phone, while <see cref="DirectionRules"/> allows any way.</summary>
public static class RedirectRights
{
    private const string Parcels =
        """
        select p.id as ParcelId, p.product as Product, p.recipient_phone_hash as RecipientHash, s.status as Status
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        where p.id in @parcelIds
        """;

    private static readonly DirectionKind[] Ways = [.. Enum.GetValues<DirectionKind>().Where(DirectionRules.IsAnotherWay)];

    /// <summary>The parcels with each of the customers who may; two queries, however many parcels.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="options">Whose way is fixed.</param>
    /// <param name="parcelIds">Which parcels.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlySet<ParcelFollower>> Of(ISqlReader db, ParcelsOptions options, IReadOnlyCollection<string> parcelIds, CancellationToken ct)
    {
        if (parcelIds.Count == 0) return new HashSet<ParcelFollower>();
        var parcels = (await db.Query<Row>(Parcels, new { parcelIds }, ct).ConfigureAwait(false))
            .Where(p => Ways.Any(w => DirectionRules.Allows(w, PartyRole.Recipient, p.Status, options.IsFixed(p.Product)))).ToList();
        var owners = (await VerifiedPhones.OwnersOf(db, [.. parcels.Select(p => p.RecipientHash).Distinct()], ct).ConfigureAwait(false)).ToLookup(o => o.Hash, o => o.Customer);
        return parcels.SelectMany(p => owners[p.RecipientHash].Select(c => new ParcelFollower { ParcelId = p.ParcelId, Customer = c })).ToHashSet();
    }

    private sealed record Row
    {
        public required string ParcelId { get; init; }
        public required string Product { get; init; }
        public required string RecipientHash { get; init; }
        public required ParcelStatus Status { get; init; }
    }
}
