using System.Globalization;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Addresses.Book;

/// <summary>Reads a customer's address book.</summary>
public static class AddressBook
{
    /// <summary>Entries of a book at most.</summary>
    public const int Most = 500;

    private const string All = $"select {EntryRow.Columns} from addresses_entries where customer_id = @me and deleted_at is null limit @most";

    /// <summary>A page of the book: the defaults first, then what is used most and latest.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the entries.</param>
    /// <param name="me">Whose book.</param>
    /// <param name="query">Words that name, number, place or label hold, each of them; empty for all.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<AddressPage> List(ISqlReader db, DataKeys keys, CustomerId me, string query, string? after, int limit, CancellationToken ct)
    {
        var defaults = await DefaultRow.Of(db, me, ct).ConfigureAwait(false);
        var rows = await db.Query<EntryRow>(All, new { me, most = Most }, ct).ConfigureAwait(false);
        var words = HalfWidth.Of(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = rows.Select(r => r.Show(keys, defaults)).Where(a => words.All(w => Holds(a, w)))
            .OrderByDescending(a => a.DefaultSend || a.DefaultReceive).ThenByDescending(a => a.Uses).ThenByDescending(a => a.UsedAt ?? a.UpdatedAt).ThenByDescending(a => a.Id, StringComparer.Ordinal)
            .ToList();
        var start = int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
        var end = start + limit;
        return new AddressPage([.. found.Skip(start).Take(limit)], end < found.Count ? end.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>An entry of the customer's own; null for all others and for deleted ones.</summary>
    public static async Task<SavedAddress?> Find(ISqlReader db, DataKeys keys, CustomerId me, string id, CancellationToken ct) =>
        await EntryRow.Find(db, me, id, ct).ConfigureAwait(false) is { DeletedAt: null } row ? row.Show(keys, await DefaultRow.Of(db, me, ct).ConfigureAwait(false)) : null;

    /// <summary>The entry that is taken as sender (or recipient) unless another is chosen; null when there is none.</summary>
    public static async Task<SavedAddress?> Default(ISqlReader db, DataKeys keys, CustomerId me, bool asSender, CancellationToken ct)
    {
        var purpose = asSender ? "send" : "receive";
        return (await DefaultRow.Of(db, me, ct).ConfigureAwait(false)).FirstOrDefault(d => d.Purpose == purpose) is { } found
            ? await Find(db, keys, me, found.EntryId, ct).ConfigureAwait(false)
            : null;
    }

    /// <summary>Where these entries are, whoever's they are and also once deleted: for comparing with where a parcel goes, never for showing.</summary>
    public static async Task<IReadOnlyDictionary<string, PostalAddress>> Places(ISqlReader db, DataKeys keys, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        ids.Count == 0 ? new Dictionary<string, PostalAddress>()
        : (await db.Query<EntryRow>($"select {EntryRow.Columns} from addresses_entries where id in @ids", new { ids }, ct).ConfigureAwait(false))
            .ToDictionary(r => r.Id, r => EntryContent.Open(keys, r.Cipher).Contact.Address, StringComparer.Ordinal);

    private static bool Holds(SavedAddress a, string word) =>
        a.Contact.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || a.Contact.Phone.Text.Contains(word, StringComparison.Ordinal)
        || a.Contact.Address.OneLine.Contains(word, StringComparison.OrdinalIgnoreCase) || a.Label?.Contains(word, StringComparison.OrdinalIgnoreCase) is true;
}

/// <summary>A page of a book.</summary>
/// <param name="Addresses">The entries.</param>
/// <param name="Next">Where the next page begins; null when this was the last.</param>
public sealed record AddressPage(IReadOnlyList<SavedAddress> Addresses, string? Next);
