using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Addresses.Book;

/// <summary>Address books.</summary>
internal sealed class AddressesPersonalData(DataKeys keys) : IPersonalData
{
    private static readonly string[] OfTheCustomer =
    [
        "delete from addresses_shares where customer_id in @customers",
        "delete from addresses_defaults where customer_id in @customers",
        "delete from addresses_entries where customer_id in @customers",
    ];

    public string Name => "addresses";

    public IReadOnlyCollection<string> Tables => ["addresses_entries", "addresses_defaults", "addresses_shares"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var rows = await db.Query<EntryRow>($"select {EntryRow.Columns} from addresses_entries where customer_id in @customers order by id", new { customers = subject.CustomerList() }, ct)
            .ConfigureAwait(false);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(r => Shown(r, EntryContent.Open(keys, r.Cipher)))]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var erased = 0L;
        foreach (var sql in OfTheCustomer) erased += await tx.Execute(sql, new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        return erased;
    }

    private static JsonObject Shown(EntryRow row, EntryContent content) => new()
    {
        ["name"] = content.Name, ["phone"] = content.Phone, ["extension"] = content.Extension, ["address"] = content.Contact.Address.OneLine, ["label"] = content.Label,
        ["uses"] = row.Uses, ["updatedAt"] = row.UpdatedAt, ["deletedAt"] = row.DeletedAt,
    };
}
