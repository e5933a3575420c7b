using System.Text.Json.Nodes;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Consents and the log of deposits. The evidence stays and stays verifiable, but nothing in it leads to a person any more.</summary>
internal sealed class ConsentsPersonalData : IPersonalData
{
    private static readonly string[] Erasures =
    [
        "delete from customers_consents where customer_id in @customers",
        "update customers_consent_chains set customer_id = null, salt = '' where customer_id in @customers",
        "update customers_deposits set customer_id = '', phone_hash = '' where customer_id in @customers or phone_hash in @phones",
    ];

    public string Name => "consents";

    public IReadOnlyCollection<string> Tables => ["customers_consents", "customers_consent_chains", "customers_consent_entries", "customers_deposits"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var args = new { customers = subject.CustomerList(), phones = subject.PhoneHashList() };
        var held = await db.Query<Held>(
            "select kind as Kind, address_id as AddressId, size as Size, is_given as IsGiven, channel as Channel, at as At from customers_consents where customer_id in @customers", args, ct).ConfigureAwait(false);
        var entries = await db.Query<Held>(
            """
            select e.kind as Kind, e.address_hash as AddressId, e.size as Size, e.is_given as IsGiven, e.channel as Channel, e.at as At
            from customers_consent_entries e
            join customers_consent_chains c on c.chain_id = e.chain_id
            where c.customer_id in @customers
            order by e.chain_id, e.sequence
            """, args, ct).ConfigureAwait(false);
        var deposits = await db.Query<Looked>(
            "select waybill as Waybill, kind as Kind, place as Place, is_allowed as IsAllowed, at as At from customers_deposits where customer_id in @customers or phone_hash in @phones order by id",
            args, ct).ConfigureAwait(false);
        return held.Count + entries.Count + deposits.Count == 0 ? null : new JsonObject
        {
            ["now"] = new JsonArray([.. held.Select(Written)]),
            ["history"] = new JsonArray([.. entries.Select(Written)]),
            ["deposits"] = new JsonArray([.. deposits.Select(d => new JsonObject { ["waybill"] = d.Waybill, ["kind"] = d.Kind, ["place"] = d.Place, ["allowed"] = d.IsAllowed == 1, ["at"] = d.At })]),
        };
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var erased = 0L;
        var args = new { customers = subject.CustomerList(), phones = subject.PhoneHashList() };
        foreach (var sql in Erasures) erased += await tx.Execute(sql, args, ct).ConfigureAwait(false);
        return erased;
    }

    private static JsonObject Written(Held h) =>
        new() { ["kind"] = h.Kind, ["address"] = h.AddressId, ["size"] = h.Size, ["given"] = h.IsGiven == 1, ["channel"] = h.Channel, ["at"] = h.At };

    private sealed record Held
    {
        public required string Kind { get; init; }
        public required string AddressId { get; init; }
        public required string Size { get; init; }
        public required long IsGiven { get; init; }
        public required string Channel { get; init; }
        public required DateTimeOffset At { get; init; }
    }

    private sealed record Looked
    {
        public required string Waybill { get; init; }
        public required string Kind { get; init; }
        public required string Place { get; init; }
        public required long IsAllowed { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
