using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>What is known of a customer, each field with its source and date.</summary>
public static class CustomerFields
{
    private const string Select =
        "select customer_id as Customer, field as Field, value_cipher as Cipher, origin as Origin, source as Source, at as At, replaced_hash as ReplacedHash from customers_fields where customer_id in @customers";

    // A number that an SMS proved was the customer's own word.
    private const string Proven =
        """
        select customer_id as Customer, 'phone' as Field, phone_cipher as Cipher, case when source = 'wechat' then 'wechat' else 'customer' end as Origin, '' as Source, verified_at as At, '' as ReplacedHash
        from customers_phones where customer_id in @customers
        """;

    /// <summary>All fields, proven numbers among them.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the values.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<RecordedField>> Of(ISqlReader db, DataKeys keys, CustomerId customer, CancellationToken ct)
    {
        var proven = await db.Query<Row>(Proven, new { customers = (string[])[customer.Text] }, ct).ConfigureAwait(false);
        return [.. proven.Select(r => r.Open(keys) with { IsProven = true }), .. (await Told(db, keys, [customer.Text], ct).ConfigureAwait(false))[customer].OrderBy(f => f.Field)];
    }

    /// <summary>One field; null when nobody said anything.</summary>
    public static async Task<RecordedField?> Find(ISqlReader db, DataKeys keys, CustomerId customer, CustomerField field, CancellationToken ct) =>
        (await Told(db, keys, [customer.Text], ct).ConfigureAwait(false))[customer].FirstOrDefault(f => f.Field == field);

    /// <summary>What was said, without proven numbers.</summary>
    internal static async Task<ILookup<CustomerId, RecordedField>> Told(ISqlReader db, DataKeys keys, IReadOnlyCollection<string> customers, CancellationToken ct) =>
        (await db.Query<Row>(Select, new { customers }, ct).ConfigureAwait(false)).ToLookup(r => r.Customer, r => r.Open(keys));

    /// <summary>Keeps what was said; a former word about the same field gives way. Who may give way to whom is decided before.</summary>
    internal static Task Write(Tx tx, DataKeys keys, IEnumerable<(CustomerId Customer, RecordedField Field)> said, CancellationToken ct) => tx.UpsertRows(
        "customers_fields", ["customer_id", "field", "value_cipher", "value_hash", "origin", "source", "at", "replaced_hash"],
        said.Select(s => new object?[] { s.Customer, s.Field.Field, keys.Encrypt(s.Field.Value), HashOf(keys, s.Field.Field, s.Field.Value), s.Field.Origin, s.Field.Source, s.Field.At, s.Field.ReplacedHash }),
        "customer_id, field", ["value_cipher", "value_hash", "origin", "source", "at", "replaced_hash"], ct);

    /// <summary>By which an equal value is found; a number's is that of proven ones.</summary>
    internal static string HashOf(DataKeys keys, CustomerField field, string value) =>
        keys.Hash(field == CustomerField.Phone ? value : $"{EnumText<CustomerField>.Of(field)}/{value}");

    private sealed record Row
    {
        public required CustomerId Customer { get; init; }
        public required CustomerField Field { get; init; }
        public required string Cipher { get; init; }
        public required FieldOrigin Origin { get; init; }
        public required string Source { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string ReplacedHash { get; init; }

        public RecordedField Open(DataKeys keys) => new() { Field = Field, Value = keys.Decrypt(Cipher), Origin = Origin, Source = Source, At = At, ReplacedHash = ReplacedHash };
    }
}
