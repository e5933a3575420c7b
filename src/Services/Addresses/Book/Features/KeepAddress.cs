using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Addresses.Book;

/// <summary>Writes an address into a customer's book.</summary>
public static class KeepAddress
{
    private static readonly string[] Columns = ["id", "customer_id", "same_key", "content_cipher", "created_at", "updated_at"];

    private const string Same = $"select {EntryRow.Columns} from addresses_entries where customer_id = @me and same_key = @sameKey";

    /// <summary>Adds it; when number and place are in the book already, that entry is answered, and one that was deleted comes back.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="me">Whose book.</param>
    /// <param name="contact">Who and where.</param>
    /// <param name="label">家, 公司, 学校 or a word of the customer's own; null for none.</param>
    /// <param name="defaultSend">Taken as sender unless another is chosen.</param>
    /// <param name="defaultReceive">Taken as recipient unless another is chosen.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="RuleBroken"><c>address.book_full</c>.</exception>
    public static Task<KeptAddress> Execute(
        Db db, DataKeys keys, TimeProvider clock, CustomerId me, ContactAddress contact, string? label, bool defaultSend, bool defaultReceive, CancellationToken ct) =>
        db.InTransaction(tx => In(tx, keys, clock, me, contact, label, defaultSend, defaultReceive, ct), ct);

    internal static async Task<KeptAddress> In(
        Tx tx, DataKeys keys, TimeProvider clock, CustomerId me, ContactAddress contact, string? label, bool defaultSend, bool defaultReceive, CancellationToken ct)
    {
        var (id, isNew) = await Entry(tx, keys, clock, me, contact, label, ct).ConfigureAwait(false);
        if (defaultSend) await DefaultRow.Set(tx, me, "send", id, true, ct).ConfigureAwait(false);
        if (defaultReceive) await DefaultRow.Set(tx, me, "receive", id, true, ct).ConfigureAwait(false);
        return new KeptAddress((await AddressBook.Find(tx, keys, me, id, ct).ConfigureAwait(false))!, isNew);
    }

    private static async Task<(string Id, bool IsNew)> Entry(Tx tx, DataKeys keys, TimeProvider clock, CustomerId me, ContactAddress contact, string? label, CancellationToken ct)
    {
        var (now, sameKey, content) = (clock.GetUtcNow(), EntryContent.SameKey(keys, contact), EntryContent.Of(contact, label).Seal(keys));
        // The book stays locked, so that of two who add the same one finds the other's, and none grows beyond its size.
        var count = (await tx.Query<string>($"select id from addresses_entries where customer_id = @me and deleted_at is null {tx.Dialect.ForUpdate}", new { me }, ct).ConfigureAwait(false)).Count;
        var same = await tx.First<EntryRow>($"{Same} {tx.Dialect.ForUpdate}", new { me, sameKey }, ct).ConfigureAwait(false);
        if (same is { DeletedAt: null }) return (same.Id, false);
        if (count >= AddressBook.Most) throw new RuleBroken("address.book_full", Texts.BookFull);
        if (same is not null)
        {
            await tx.Execute("update addresses_entries set content_cipher = @content, updated_at = @now, deleted_at = null where id = @Id", new { content, now, same.Id }, ct).ConfigureAwait(false);
            return (same.Id, true);
        }
        var id = Ids.New(clock);
        await tx.InsertRows("addresses_entries", Columns, [[id, me, sameKey, content, now, now]], ifAbsent: true, ct).ConfigureAwait(false);
        var kept = (await tx.First<string>($"select id from addresses_entries where customer_id = @me and same_key = @sameKey {tx.Dialect.ForUpdate}", new { me, sameKey }, ct).ConfigureAwait(false))!;
        return (kept, kept == id);
    }
}
