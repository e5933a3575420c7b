using System.Text.Json.Nodes;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// What is known of a customer with source and date, and where other systems keep the same person. Of an erased person's links the keyed
/// hash stays, which names nobody: without it the next import would bring the person back.
/// </summary>
internal sealed class RecordPersonalData(DataKeys keys) : IPersonalData
{
    private static readonly string[] OfTheCustomer =
    [
        "delete from customers_fields where customer_id in @customers",
        "delete from customers_import_lines where customer_id in @customers",
        "delete from customers_import_conflicts where customer_id in @customers",
        "update customers_import_links set customer_id = '', external_id = '', score = 0 where customer_id in @customers",
    ];

    public string Name => "record";

    public IReadOnlyCollection<string> Tables => ["customers_fields", "customers_import_lines", "customers_import_conflicts", "customers_import_links"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var customers = subject.CustomerList();
        var fields = (await CustomerFields.Told(db, keys, customers, ct).ConfigureAwait(false)).SelectMany(f => f).ToList();
        var links = await db.Query<Link>("select source as Source, external_id as ExternalId, seen_at as SeenAt from customers_import_links where customer_id in @customers", new { customers }, ct).ConfigureAwait(false);
        var conflicts = await db.Query<Conflict>(
            "select field as Field, theirs_cipher as Cipher, source as Source, opened_at as OpenedAt, state as State from customers_import_conflicts where customer_id in @customers order by id",
            new { customers }, ct).ConfigureAwait(false);
        return fields.Count + links.Count + conflicts.Count == 0 ? null : new JsonObject
        {
            ["fields"] = new JsonArray([.. fields.Select(f => new JsonObject
            {
                ["field"] = EnumText<CustomerField>.Of(f.Field), ["value"] = f.Value, ["saidBy"] = EnumText<FieldOrigin>.Of(f.Origin), ["source"] = f.Source, ["at"] = f.At,
            })]),
            ["systems"] = new JsonArray([.. links.Select(l => new JsonObject { ["source"] = l.Source, ["id"] = l.ExternalId, ["seenAt"] = l.SeenAt })]),
            ["conflicts"] = new JsonArray([.. conflicts.Select(c => new JsonObject
            {
                ["field"] = c.Field, ["otherValue"] = keys.Decrypt(c.Cipher), ["source"] = c.Source, ["at"] = c.OpenedAt, ["state"] = c.State,
            })]),
        };
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var erased = 0L;
        foreach (var sql in OfTheCustomer) erased += await tx.Execute(sql, new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        return erased;
    }

    private sealed record Link
    {
        public required string Source { get; init; }
        public required string ExternalId { get; init; }
        public required DateTimeOffset SeenAt { get; init; }
    }

    private sealed record Conflict
    {
        public required string Field { get; init; }
        public required string Cipher { get; init; }
        public required string Source { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required string State { get; init; }
    }
}
