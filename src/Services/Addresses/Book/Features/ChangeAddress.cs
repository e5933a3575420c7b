using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Addresses.Book;

/// <summary>Changes, deletes and brings back entries of a customer's own book.</summary>
public static class ChangeAddress
{
    /// <summary>Deleted entries can be brought back for so long.</summary>
    public static readonly TimeSpan Undo = TimeSpan.FromDays(30);

    /// <summary>Writes an entry anew.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="me">Whose book.</param>
    /// <param name="id">Which entry.</param>
    /// <param name="contact">Who and where.</param>
    /// <param name="label">The label; null for none.</param>
    /// <param name="defaultSend">Whether it is taken as sender; null leaves it as it is.</param>
    /// <param name="defaultReceive">Whether it is taken as recipient; null leaves it as it is.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when the customer has no such entry.</returns>
    /// <exception cref="RuleBroken"><c>address.same_as_other</c>: the book has this number and place in another entry.</exception>
    public static Task<SavedAddress?> Execute(
        Db db, DataKeys keys, TimeProvider clock, CustomerId me, string id, ContactAddress contact, string? label, bool? defaultSend, bool? defaultReceive, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            if (await EntryRow.Find(tx, me, id, ct).ConfigureAwait(false) is not { DeletedAt: null }) return null;
            var sameKey = EntryContent.SameKey(keys, contact);
            // A deleted twin gives its place up: it could not come back beside this one.
            await tx.Execute("delete from addresses_entries where customer_id = @me and same_key = @sameKey and id <> @id and deleted_at is not null", new { me, sameKey, id }, ct).ConfigureAwait(false);
            if (await tx.First<string>($"select id from addresses_entries where customer_id = @me and same_key = @sameKey and id <> @id {tx.Dialect.ForUpdate}", new { me, sameKey, id }, ct)
                .ConfigureAwait(false) is not null) throw new RuleBroken("address.same_as_other", Texts.SameAsOther);
            await tx.Execute("update addresses_entries set same_key = @sameKey, content_cipher = @content, updated_at = @now where id = @id",
                new { sameKey, content = EntryContent.Of(contact, label).Seal(keys), now = clock.GetUtcNow(), id }, ct).ConfigureAwait(false);
            await DefaultRow.Set(tx, me, "send", id, defaultSend, ct).ConfigureAwait(false);
            await DefaultRow.Set(tx, me, "receive", id, defaultReceive, ct).ConfigureAwait(false);
            return await AddressBook.Find(tx, keys, me, id, ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Takes an entry out of the book and ends its links; it can be brought back for a while.</summary>
    /// <returns>False when the customer has no such entry.</returns>
    public static Task<bool> Delete(Db db, TimeProvider clock, CustomerId me, string id, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        if (await tx.Execute("update addresses_entries set deleted_at = @now where id = @id and customer_id = @me and deleted_at is null", new { now, id, me }, ct).ConfigureAwait(false) == 0) return false;
        await tx.Execute("delete from addresses_defaults where customer_id = @me and entry_id = @id", new { me, id }, ct).ConfigureAwait(false);
        await tx.Execute("update addresses_shares set expires_at = @now where entry_id = @id and expires_at > @now", new { now, id }, ct).ConfigureAwait(false);
        return true;
    }, ct);

    /// <summary>Brings a deleted entry back; one that is not deleted stays as it is.</summary>
    /// <returns>Null when the customer has no such entry, or it was deleted too long ago.</returns>
    public static async Task<SavedAddress?> Restore(Db db, DataKeys keys, TimeProvider clock, CustomerId me, string id, CancellationToken ct)
    {
        await db.Execute("update addresses_entries set deleted_at = null where id = @id and customer_id = @me and deleted_at > @since",
            new { id, me, since = clock.GetUtcNow() - Undo }, ct).ConfigureAwait(false);
        return await AddressBook.Find(db, keys, me, id, ct).ConfigureAwait(false);
    }
}

/// <summary>Counts that a parcel goes from or to an entry, so that what is used most comes first.</summary>
public static class UseAddress
{
    /// <summary>Counts one use of each entry with one of these numbers and places, as far as the book has them.</summary>
    public static Task Execute(Tx tx, DataKeys keys, DateTimeOffset now, CustomerId me, IReadOnlyCollection<ContactAddress> contacts, CancellationToken ct) => tx.Execute(
        "update addresses_entries set uses = uses + 1, used_at = @now where customer_id = @me and same_key in @same and deleted_at is null",
        new { now, me, same = contacts.Select(c => EntryContent.SameKey(keys, c)).ToList() }, ct);
}
