using System.Text.Json.Nodes;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>To which organisations somebody belongs or is invited. Organisations are no persons: they stay, without an owner if need be, and staff invite one.</summary>
internal sealed class OrganisationsPersonalData : IPersonalData
{
    public string Name => "organisations";

    public IReadOnlyCollection<string> Tables => ["customers_members", "customers_invites"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var args = new { customers = subject.CustomerList(), phones = subject.PhoneHashList() };
        var memberships = await db.Query<Row>(
            "select o.name as Name, m.role as Role, m.joined_at as At from customers_members m join customers_organisations o on o.id = m.organisation_id where m.customer_id in @customers", args, ct).ConfigureAwait(false);
        var invites = await db.Query<Row>(
            "select o.name as Name, i.role as Role, i.created_at as At from customers_invites i join customers_organisations o on o.id = i.organisation_id where i.phone_hash in @phones", args, ct).ConfigureAwait(false);
        return memberships.Count + invites.Count == 0 ? null : new JsonObject { ["memberships"] = Written(memberships), ["invites"] = Written(invites) };
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var args = new { customers = subject.CustomerList(), phones = subject.PhoneHashList() };
        return await tx.Execute("delete from customers_members where customer_id in @customers", args, ct).ConfigureAwait(false)
            + await tx.Execute("delete from customers_invites where phone_hash in @phones", args, ct).ConfigureAwait(false);
    }

    private static JsonArray Written(IEnumerable<Row> rows) => new([.. rows.Select(r => new JsonObject { ["organisation"] = r.Name, ["role"] = r.Role, ["since"] = r.At })]);

    private sealed record Row
    {
        public required string Name { get; init; }
        public required string Role { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
