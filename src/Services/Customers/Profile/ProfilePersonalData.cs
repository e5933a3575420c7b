using System.Text.Json.Nodes;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>What was summed up and guessed about a customer, who looked at it, and what the customer asked for. Receipts stay without a person.</summary>
internal sealed class ProfilePersonalData : IPersonalData
{
    private static readonly string[] ByCustomer =
    [
        "customers_measures", "customers_routes", "customers_places", "customers_tiers", "customers_groups", "customers_touched", "customers_tags", "customers_accesses", "customers_settings",
    ];

    public string Name => "profile";

    public IReadOnlyCollection<string> Tables => [.. ByCustomer, "customers_requests"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var args = new { customers = subject.CustomerList() };
        var measures = await db.Query<Measure>("select measure as Name, sum(amount) as Amount from customers_measures where customer_id in @customers group by measure order by measure", args, ct).ConfigureAwait(false);
        var tags = await db.Query<Told>("select value as Name, reason as Reason, at as At from customers_tags where customer_id in @customers", args, ct).ConfigureAwait(false);
        var tiers = await db.Query<Told>("select tier as Name, reason as Reason, since as At from customers_tiers where customer_id in @customers", args, ct).ConfigureAwait(false);
        var groups = await db.Query<Told>("select code as Name, reason as Reason, since as At from customers_groups where customer_id in @customers", args, ct).ConfigureAwait(false);
        var accesses = await db.Query<Told>("select role as Name, what as Reason, at as At from customers_accesses where customer_id in @customers order by at", args, ct).ConfigureAwait(false);
        var requests = await db.Query<Told>("select receipt as Name, kind as Reason, asked_at as At from customers_requests where customer_id in @customers order by asked_at", args, ct).ConfigureAwait(false);
        var routes = await db.Query<Route>("select from_city as FromCity, to_city as ToCity, sum(uses) as Uses from customers_routes where customer_id in @customers group by from_city, to_city order by from_city, to_city", args, ct).ConfigureAwait(false);
        var places = await db.Query<Told>("select province as Name, city as Reason, at as At from customers_places where customer_id in @customers", args, ct).ConfigureAwait(false);
        return measures.Count + routes.Count + places.Count + tags.Count + tiers.Count + groups.Count + accesses.Count + requests.Count == 0 ? null : new JsonObject
        {
            ["sums"] = new JsonArray([.. measures.Select(m => new JsonObject { ["what"] = m.Name, ["amount"] = m.Amount })]),
            ["routes"] = new JsonArray([.. routes.Select(r => new JsonObject { ["from"] = r.FromCity, ["to"] = r.ToCity, ["uses"] = r.Uses })]),
            ["places"] = Written(places), ["tags"] = Written(tags), ["tiers"] = Written(tiers), ["groups"] = Written(groups), ["accesses"] = Written(accesses), ["requests"] = Written(requests),
        };
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var args = new { customers = subject.CustomerList() };
        var erased = 0L + await tx.Execute("update customers_requests set customer_id = '', value_cipher = '' where customer_id in @customers", args, ct).ConfigureAwait(false);
        foreach (var table in ByCustomer) erased += await tx.Execute($"delete from {table} where customer_id in @customers", args, ct).ConfigureAwait(false);
        return erased;
    }

    private static JsonArray Written(IEnumerable<Told> rows) => new([.. rows.Select(r => new JsonObject { ["what"] = r.Name, ["reason"] = r.Reason, ["at"] = r.At })]);

    private sealed record Route
    {
        public required string FromCity { get; init; }
        public required string ToCity { get; init; }
        public required long Uses { get; init; }
    }

    private sealed record Measure
    {
        public required string Name { get; init; }
        public required long Amount { get; init; }
    }

    private sealed record Told
    {
        public required string Name { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
