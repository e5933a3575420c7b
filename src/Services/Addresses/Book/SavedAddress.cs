using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Addresses.Book;

/// <summary>An entry of a customer's address book.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Contact">Who and where.</param>
/// <param name="Label">家, 公司, 学校 or a word of the customer's own; null for none.</param>
/// <param name="DefaultSend">Is it taken as sender unless another is chosen?</param>
/// <param name="DefaultReceive">Is it taken as recipient unless another is chosen?</param>
/// <param name="Uses">How many parcels went from or to it.</param>
/// <param name="UsedAt">When the last one did; null when none did.</param>
/// <param name="UpdatedAt">When it was last written.</param>
public sealed record SavedAddress(
    string Id, ContactAddress Contact, string? Label, bool DefaultSend, bool DefaultReceive, int Uses, DateTimeOffset? UsedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Without name and number.</summary>
    public override string ToString() => $"{Id} {Contact.Address}";
}

/// <summary>An entry that was kept.</summary>
/// <param name="Address">The entry.</param>
/// <param name="IsNew">False when the book had this phone and place already: then it is that entry, not a second one.</param>
public sealed record KeptAddress(SavedAddress Address, bool IsNew);

/// <summary>What lies encrypted in a row.</summary>
internal sealed record EntryContent(
    string Name, string Phone, string? Extension, string Province, string City, string District, string Street, string Detail, string? Label)
{
    public static EntryContent Of(ContactAddress c, string? label) =>
        new(c.Name, c.Phone.Text, c.Extension, c.Address.Province, c.Address.City, c.Address.District, c.Address.Street, c.Address.Detail, label);

    public static EntryContent Open(DataKeys keys, string cipher) => JsonSerializer.Deserialize<EntryContent>(keys.Decrypt(cipher), KernelJson.Options)!;

    public string Seal(DataKeys keys) => keys.Encrypt(JsonSerializer.Serialize(this, KernelJson.Options));

    public ContactAddress Contact => new(Name, Kernel.Phone.Parse(Phone), Extension, new PostalAddress(Province, City, District, Street, Detail));

    /// <summary>What makes two entries the same: number and place, whatever the width of the letters and the blanks and commas between them.</summary>
    public static string SameKey(DataKeys keys, ContactAddress contact) =>
        keys.Hash($"address/{contact.Phone.Text}/{contact.Extension}/{contact.Address.Plain}");
}

/// <summary>A row of a book.</summary>
internal sealed record EntryRow
{
    public const string Columns =
        "id as Id, customer_id as Customer, same_key as SameKey, content_cipher as Cipher, uses as Uses, used_at as UsedAt, updated_at as UpdatedAt, deleted_at as DeletedAt";

    public required string Id { get; init; }
    public required CustomerId Customer { get; init; }
    public required string SameKey { get; init; }
    public required string Cipher { get; init; }
    public required int Uses { get; init; }
    public required DateTimeOffset? UsedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset? DeletedAt { get; init; }

    public SavedAddress Show(DataKeys keys, IReadOnlyList<DefaultRow> defaults)
    {
        var content = EntryContent.Open(keys, Cipher);
        return new SavedAddress(Id, content.Contact, content.Label, Is("send"), Is("receive"), Uses, UsedAt, UpdatedAt);

        bool Is(string purpose) => defaults.Any(d => d.Purpose == purpose && d.EntryId == Id);
    }

    /// <summary>One of the customer's own; deleted ones too.</summary>
    public static Task<EntryRow?> Find(ISqlReader db, CustomerId me, string id, CancellationToken ct) =>
        db.First<EntryRow>($"select {Columns} from addresses_entries where id = @id and customer_id = @me", new { id, me }, ct);
}

/// <summary>A default of a customer.</summary>
internal sealed record DefaultRow
{
    public required string Purpose { get; init; }
    public required string EntryId { get; init; }

    public static Task<IReadOnlyList<DefaultRow>> Of(ISqlReader db, CustomerId me, CancellationToken ct) =>
        db.Query<DefaultRow>("select purpose as Purpose, entry_id as EntryId from addresses_defaults where customer_id = @me", new { me }, ct);

    /// <summary>Makes an entry the default, or no longer; null leaves it as it is.</summary>
    public static async Task Set(Tx tx, CustomerId me, string purpose, string id, bool? isDefault, CancellationToken ct)
    {
        if (isDefault is true)
            await tx.UpsertRows("addresses_defaults", ["customer_id", "purpose", "entry_id"], [[me, purpose, id]], "customer_id, purpose", ["entry_id"], ct).ConfigureAwait(false);
        else if (isDefault is false)
            await tx.Execute("delete from addresses_defaults where customer_id = @me and purpose = @purpose and entry_id = @id", new { me, purpose, id }, ct).ConfigureAwait(false);
    }
}
