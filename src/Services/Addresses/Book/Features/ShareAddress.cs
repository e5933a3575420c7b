using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Addresses.Book;

/// <summary>Links by which somebody else takes an entry over into a book of their own.</summary>
public static class ShareAddress
{
    /// <summary>The usual and the longest life of a link, in hours.</summary>
    public const int UsualHours = 24, MostHours = 7 * 24;

    private const int MostTakers = 20;

    private const string Living =
        $"""
        select {EntryRow.Columns} from addresses_entries
        where deleted_at is null and id = (select entry_id from addresses_shares where token_hash = @hash and expires_at > @now and taken < @mostTakers)
        """;

    /// <summary>The link of an entry; the same one again while it lives, with its new end.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect the link's secret.</param>
    /// <param name="clock">The time.</param>
    /// <param name="me">Who shares.</param>
    /// <param name="id">Which entry.</param>
    /// <param name="hours">1 to <see cref="MostHours"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when the customer has no such entry.</returns>
    public static Task<AddressShare?> Execute(Db db, DataKeys keys, TimeProvider clock, CustomerId me, string id, int hours, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await tx.First<string>($"select id from addresses_entries where id = @id and customer_id = @me and deleted_at is null {tx.Dialect.ForUpdate}", new { id, me }, ct).ConfigureAwait(false) is null) return null;
        var now = clock.GetUtcNow();
        var until = now.AddHours(hours);
        if (await tx.First<string>("select token_cipher from addresses_shares where entry_id = @id and customer_id = @me and expires_at > @now and taken < @MostTakers", new { id, me, now, MostTakers }, ct)
            .ConfigureAwait(false) is { } cipher)
        {
            await tx.Execute("update addresses_shares set expires_at = @until where entry_id = @id and customer_id = @me and expires_at > @now", new { until, id, me, now }, ct).ConfigureAwait(false);
            return new AddressShare(keys.Decrypt(cipher), until);
        }
        var token = ShareToken.New();
        await tx.InsertRows("addresses_shares", ["token_hash", "customer_id", "entry_id", "token_cipher", "created_at", "expires_at"],
            [[ShareToken.Hash(token), me, id, keys.Encrypt(token), now, until]], ct: ct).ConfigureAwait(false);
        return new AddressShare(token, until);
    }, ct);

    /// <summary>The link is worth nothing any more.</summary>
    /// <returns>False when there was none that lived.</returns>
    public static async Task<bool> Revoke(Db db, TimeProvider clock, CustomerId me, string id, CancellationToken ct) => await db.Execute(
        "update addresses_shares set expires_at = @now where entry_id = @id and customer_id = @me and expires_at > @now", new { now = clock.GetUtcNow(), id, me }, ct).ConfigureAwait(false) > 0;

    /// <summary>Takes a shared entry over; who has number and place already keeps the one entry. The giver's label stays the giver's.</summary>
    /// <returns>Null alike for a link that is unknown, over, taken back or used up.</returns>
    /// <exception cref="RuleBroken"><c>address.book_full</c>.</exception>
    public static async Task<KeptAddress?> Take(Db db, DataKeys keys, TimeProvider clock, CustomerId me, string token, CancellationToken ct)
    {
        if (!ShareToken.LooksRight(token)) return null;
        var hash = ShareToken.Hash(token);
        return await db.InTransaction(async tx =>
        {
            if (await tx.First<EntryRow>(Living, new { hash, now = clock.GetUtcNow(), mostTakers = MostTakers }, ct).ConfigureAwait(false) is not { } shared) return null;
            var kept = await KeepAddress.In(tx, keys, clock, me, EntryContent.Open(keys, shared.Cipher).Contact, null, false, false, ct).ConfigureAwait(false);
            if (kept.IsNew) await tx.Execute("update addresses_shares set taken = taken + 1 where token_hash = @hash", new { hash }, ct).ConfigureAwait(false);
            return kept;
        }, ct).ConfigureAwait(false);
    }
}

/// <summary>A link to an entry.</summary>
/// <param name="Token">Its secret part.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
public sealed record AddressShare(string Token, DateTimeOffset ExpiresAt);
