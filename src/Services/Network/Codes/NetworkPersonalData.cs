using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Network.Codes;

/// <summary>Pickup codes, and what the family reads as a customer's name.</summary>
internal sealed class NetworkPersonalData(DataKeys keys) : IPersonalData
{
    public string Name => "codes";

    public IReadOnlyCollection<string> Tables => ["network_codes", "network_family_members", "network_open_tries"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var customers = subject.CustomerList();
        var codes = await db.Query<CodeRow>($"select {CodeRow.Columns} from network_codes where customer_id in @customers order by received_at, id", new { customers }, ct).ConfigureAwait(false);
        var names = await db.Query<string>("select name_cipher from network_family_members where customer_id in @customers", new { customers }, ct).ConfigureAwait(false);
        return codes.Count + names.Count == 0 ? null : new JsonObject
        {
            ["codes"] = new JsonArray([.. codes.Select(c => c.Show(keys)).Select(c => new JsonObject
            {
                ["code"] = c.Code, ["place"] = c.Place, ["carrier"] = c.Carrier, ["waybill"] = c.Waybill, ["receivedAt"] = c.ReceivedAt, ["fetchedAt"] = c.FetchedAt,
            })]),
            ["familyNames"] = new JsonArray([.. names.Select(n => JsonValue.Create(keys.Decrypt(n)))]),
        };
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var customers = subject.CustomerList();
        var families = await tx.Query<Membership>("select family_id as Family, customer_id as Customer from network_family_members where customer_id in @customers", new { customers }, ct).ConfigureAwait(false);
        foreach (var member in families) await Family.Remove(tx, member.Family, member.Customer, ct).ConfigureAwait(false);
        var codes = await tx.Execute("delete from network_codes where customer_id in @customers", new { customers }, ct).ConfigureAwait(false);
        return families.Count + codes + await tx.Execute("delete from network_open_tries where caller in @customers", new { customers }, ct).ConfigureAwait(false);
    }

    private sealed record Membership
    {
        public required string Family { get; init; }
        public required CustomerId Customer { get; init; }
    }
}
