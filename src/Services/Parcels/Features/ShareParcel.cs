using System.Data.Common;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Links that show a parcel to friends, without anything personal; one a customer and parcel.</summary>
public static class ShareParcel
{
    /// <summary>The longest life of a link, in hours.</summary>
    public const int MostHours = 30 * 24;

    /// <summary>A link dies so long after the parcel is done, whatever was asked for.</summary>
    internal static readonly TimeSpan AfterDone = TimeSpan.FromHours(24);

    private const int Attempts = 3;

    private static readonly string[] Columns = ["parcel_id", "customer_id", "token_hash", "token_cipher", "created_at", "expires_at", "revoked_at"];

    private const string Seen =
        """
        select p.id as Id, s.status as Status, s.last_event_at as LastEventAt
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        left join parcels_followers f on f.parcel_id = p.id and f.customer_id = @customer
        where p.waybill = @waybill and (f.customer_id is not null or p.sender_phone_hash in @mine or p.recipient_phone_hash in @mine)
        """;

    /// <summary>The link of a parcel that the customer may see; the same one again while it lives, with its new end.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypts the link's secret.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">How long a link lives.</param>
    /// <param name="customer">Who shares.</param>
    /// <param name="waybill">What.</param>
    /// <param name="hours">For how many hours, 1 to <see cref="MostHours"/>; null for as long as usual.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when there is no such parcel, or none that this customer may see.</returns>
    /// <exception cref="RuleBroken"><c>parcel.share_over</c>: the parcel has been done for a day.</exception>
    public static async Task<ParcelShare?> Execute(
        Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, CustomerId customer, WaybillNumber waybill, int? hours, CancellationToken ct)
    {
        var phones = (await VerifiedPhones.Of(db, customer, ct).ConfigureAwait(false)).Select(p => p.Hash).ToList();
        var args = new { customer, waybill, mine = phones.Count > 0 ? phones : [""] };
        if (await db.First<SeenParcel>(Seen, args, ct).ConfigureAwait(false) is not { } parcel) return null;
        var now = clock.GetUtcNow();
        if (StatusMachine.StateOf(parcel.Status) == ParcelState.Done && now >= parcel.LastEventAt + AfterDone) throw new RuleBroken("parcel.share_over", Texts.ShareOver);
        var until = now + (hours is { } asked ? TimeSpan.FromHours(asked) : TimeSpan.FromDays(options.ShareDays));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new ParcelShare(waybill, await db.InTransaction(tx => Keep(tx, keys, customer, parcel.Id, now, until, ct), ct).ConfigureAwait(false), until);
            }
            catch (DbException e) when (db.Dialect.IsUniqueViolation(e) && attempt < Attempts)
            {
                // The same customer shares it twice at the same moment; now the first link can be seen.
            }
        }
    }

    /// <summary>The link is worth nothing any more.</summary>
    /// <returns>False when there was none that lived.</returns>
    public static async Task<bool> Revoke(Db db, TimeProvider clock, CustomerId customer, WaybillNumber waybill, CancellationToken ct) => await db.Execute(
        """
        update parcels_shares set revoked_at = @now
        where customer_id = @customer and revoked_at is null and expires_at > @now and parcel_id = (select id from parcels_parcels where waybill = @waybill)
        """, new { customer, waybill, now = clock.GetUtcNow() }, ct).ConfigureAwait(false) > 0;

    /// <summary>All links of the customer are worth nothing any more.</summary>
    /// <returns>How many lived.</returns>
    public static Task<int> RevokeAll(Db db, TimeProvider clock, CustomerId customer, CancellationToken ct) => db.Execute(
        "update parcels_shares set revoked_at = @now where customer_id = @customer and revoked_at is null and expires_at > @now", new { customer, now = clock.GetUtcNow() }, ct);

    private static async Task<string> Keep(Tx tx, DataKeys keys, CustomerId customer, string parcelId, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        var old = await tx.First<string>(
            $"select token_cipher from parcels_shares where parcel_id = @parcelId and customer_id = @customer and revoked_at is null and expires_at > @now {tx.Dialect.ForUpdate}",
            new { parcelId, customer, now }, ct).ConfigureAwait(false);
        if (old is not null)
        {
            await tx.Execute("update parcels_shares set expires_at = @until where parcel_id = @parcelId and customer_id = @customer", new { parcelId, customer, until }, ct).ConfigureAwait(false);
            return keys.Decrypt(old);
        }
        var token = ShareToken.New();
        await tx.Execute("delete from parcels_shares where parcel_id = @parcelId and customer_id = @customer", new { parcelId, customer }, ct).ConfigureAwait(false);
        await tx.InsertRows("parcels_shares", Columns, [[parcelId, customer, ShareToken.Hash(token), keys.Encrypt(token), now, until, null]], ct: ct).ConfigureAwait(false);
        return token;
    }

    private sealed record SeenParcel
    {
        public required string Id { get; init; }
        public required ParcelStatus Status { get; init; }
        public required DateTimeOffset LastEventAt { get; init; }
    }
}

/// <summary>A link as its owner gets it.</summary>
/// <param name="Waybill">The parcel.</param>
/// <param name="Token">The last part of the link's path.</param>
/// <param name="ExpiresAt">From then on it is worth nothing; a day after the parcel is done at the latest.</param>
public sealed record ParcelShare(WaybillNumber Waybill, string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>The link's path.</summary>
    public string Path => "/s/" + Token;
}
