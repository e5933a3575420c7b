using Courier.Kernel.Data;

namespace Courier.Services.Customers.Imports;

/// <summary>What is known about the people of a portion of rows, read at once and locked; follows what the portion adds.</summary>
internal sealed class KnownRecords
{
    private readonly Dictionary<string, StoredLink> _links;
    private readonly ILookup<string, Holder> _proven;
    private readonly Dictionary<string, HashSet<CustomerId>> _tellers;
    private readonly HashSet<CustomerId> _living;
    private readonly Dictionary<(CustomerId, CustomerField), RecordedField> _fields;
    private readonly Dictionary<(CustomerId, CustomerField), ImportConflicts.Row> _conflicts;
    private readonly ILookup<CustomerId, StoredLink> _linksOf;

    private KnownRecords(
        IReadOnlyList<StoredLink> links, IReadOnlyList<Holder> proven, IReadOnlyList<Holder> tellers, IReadOnlyList<CustomerId> living, ILookup<CustomerId, RecordedField> fields,
        IReadOnlyList<ImportConflicts.Row> conflicts, IReadOnlyList<StoredLink> linksOf)
    {
        _links = links.ToDictionary(l => l.SourceKey);
        _proven = proven.ToLookup(h => h.Hash);
        _tellers = tellers.GroupBy(h => h.Hash).ToDictionary(g => g.Key, g => g.Select(h => h.Customer).ToHashSet());
        _living = [.. living];
        _fields = fields.SelectMany(g => g.Select(f => (g.Key, f))).ToDictionary(p => (p.Key, p.f.Field), p => p.f);
        _conflicts = conflicts.GroupBy(c => (c.Customer, c.Field)).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Id, StringComparer.Ordinal)!);
        _linksOf = linksOf.ToLookup(l => CustomerId.Parse(l.Customer));
    }

    public static async Task<KnownRecords> Load(Tx tx, DataKeys keys, string source, IReadOnlyCollection<string> sourceKeys, IReadOnlyCollection<string> phoneHashes, CancellationToken ct)
    {
        const string link = "select source_key as SourceKey, customer_id as Customer, seen_run as SeenRun, created_at as CreatedAt from customers_import_links";
        var links = await tx.Query<StoredLink>($"{link} where source_key in @sourceKeys", new { sourceKeys = NotEmpty(sourceKeys) }, ct).ConfigureAwait(false);
        var phones = NotEmpty(phoneHashes);
        var proven = await tx.Query<Holder>("select phone_hash as Hash, customer_id as Customer, verified_at as At from customers_phones where phone_hash in @phones", new { phones }, ct).ConfigureAwait(false);
        var tellers = await tx.Query<Holder>("select value_hash as Hash, customer_id as Customer, at as At from customers_fields where field = 'phone' and value_hash in @phones", new { phones }, ct).ConfigureAwait(false);
        var customers = NotEmpty([.. links.Select(l => l.Customer).Concat(proven.Select(h => h.Customer.Text)).Where(c => c.Length > 0).Distinct()]);
        // Whoever puts a record right meanwhile has its customer locked, or waits.
        var living = await tx.Query<CustomerId>($"select id from customers_customers where id in @customers order by id {tx.Dialect.ForUpdate}", new { customers }, ct).ConfigureAwait(false);
        return new KnownRecords(
            links, proven, tellers, living, await CustomerFields.Told(tx, keys, customers, ct).ConfigureAwait(false), await ImportConflicts.Of(tx, source, customers, ct).ConfigureAwait(false),
            await tx.Query<StoredLink>($"{link} where customer_id in @customers and source = @source", new { customers, source }, ct).ConfigureAwait(false));
    }

    public StoredLink? Link(string sourceKey) => _links.GetValueOrDefault(sourceKey);

    /// <summary>Is the customer still there? An erasure takes the customer first and the rest a little later.</summary>
    public bool Lives(string customer) => CustomerId.TryParse(customer, null, out var id) && _living.Contains(id);

    /// <summary>Does another, older link of this source speak for the customer? Two become one customer's when customers are merged.</summary>
    public bool SpeaksAnother(CustomerId customer, string sourceKey) =>
        _linksOf[customer].OrderBy(l => l.CreatedAt).ThenBy(l => l.SourceKey, StringComparer.Ordinal).FirstOrDefault() is { } first && first.SourceKey != sourceKey;

    public bool IsLinked(CustomerId customer) => _linksOf[customer].Any() || _links.Values.Any(l => l.Customer == customer.Text);

    /// <summary>Who was proven to hold a number.</summary>
    public IEnumerable<Holder> Holders(string phoneHash) => _proven[phoneHash];

    /// <summary>Of whom somebody says that it is their number.</summary>
    public IEnumerable<CustomerId> Tellers(string phoneHash) => _tellers.GetValueOrDefault(phoneHash) ?? [];

    public RecordedField? Field(CustomerId customer, CustomerField field) => _fields.GetValueOrDefault((customer, field));

    public ImportConflicts.Row? Conflict(CustomerId customer, CustomerField field) => _conflicts.GetValueOrDefault((customer, field));

    public void Add(StoredLink link)
    {
        _links[link.SourceKey] = link;
        _living.Add(CustomerId.Parse(link.Customer));
    }

    public void AddTeller(string phoneHash, CustomerId customer)
    {
        if (!_tellers.TryGetValue(phoneHash, out var tellers)) _tellers[phoneHash] = tellers = [];
        tellers.Add(customer);
    }

    private static IReadOnlyCollection<string> NotEmpty(IReadOnlyCollection<string> list) => list.Count > 0 ? list : [""];

    internal sealed record StoredLink
    {
        public required string SourceKey { get; init; }

        /// <summary>Empty when the person is erased.</summary>
        public required string Customer { get; init; }

        public required string SeenRun { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }
    }

    internal sealed record Holder
    {
        public required string Hash { get; init; }
        public required CustomerId Customer { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
