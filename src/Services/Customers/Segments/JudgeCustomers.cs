using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;

namespace Courier.Services.Customers;

/// <summary>
/// Looks at customers who are new, whose facts changed, whom the rules of today did not see yet, or whose time has come, and writes down tier,
/// groups and tags with their reasons. Rules are read from the database each time, so a change needs no restart. Who was looked at and has
/// nothing that days change is left alone: the work follows what happens, not the number of customers.
/// </summary>
internal sealed class JudgeCustomers(Db db, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "customers.judge";
    private const int Portion = 200, MostPortions = 50, LongestReason = 1000;

    /// <summary>The day of those whom no day changes.</summary>
    private const long Never = 9_999_999;

    private const string Touched = "select customer_id as Customer, touch as Mark from customers_touched limit @portion";
    private const string Outdated = "select customer_id from customers_tiers where revision < @revision limit @portion";
    private const string Due = "select customer_id from customers_tiers where day <= @today limit @portion";

    public async Task Run(CancellationToken ct)
    {
        for (var portion = 0; portion < MostPortions && !ct.IsCancellationRequested; portion++)
            if (!await db.InTransaction(tx => Judge(tx, ct), ct).ConfigureAwait(false)) return;
    }

    private async Task<bool> Judge(Tx tx, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // A change of the rules waits for this lock, or this waits for the change: nobody is judged by half of it.
        var revision = await tx.First<long>("select revision from customers_rules where id = 1 " + tx.Dialect.ForUpdate, ct: ct).ConfigureAwait(false);
        var touched = await tx.Query<TouchRow>(Touched, new { portion = Portion }, ct).ConfigureAwait(false);
        var customers = touched.Select(t => t.Customer).ToList();
        foreach (var (sql, args) in new (string, object)[]
        {
            (Outdated, new { revision, portion = Portion }), (Due, new { today = ChinaTime.DayNumber(now), portion = Portion }),
        })
        {
            if (customers.Count >= Portion) break;
            customers.AddRange(await tx.Query<CustomerId>(sql, args, ct).ConfigureAwait(false));
        }
        customers = [.. customers.Distinct().Take(Portion)];
        if (customers.Count == 0) return false;
        await Judge(tx, customers, revision, now, ct).ConfigureAwait(false);
        foreach (var done in touched.Chunk(100)) // what was touched again meanwhile has another touch
            await tx.Execute("delete from customers_touched where customer_id in @customers and touch in @touches",
                new { customers = done.Select(t => t.Customer.Text).ToList(), touches = done.Select(t => t.Mark).ToList() }, ct).ConfigureAwait(false);
        return true;
    }

    private static async Task Judge(Tx tx, List<CustomerId> customers, long revision, DateTimeOffset now, CancellationToken ct)
    {
        var rules = (await Segments.All(tx, ct).ConfigureAwait(false)).Where(s => s.IsActive).Select(s => (Segment: s, Rule: SegmentRule.Parse(s.Rule))).ToList();
        var ids = new { ids = customers.Select(c => c.Text).ToList() };
        var before = (await tx.Query<TierRow>("select customer_id as Customer, tier as Tier, since as Since, version as Version from customers_tiers where customer_id in @ids", ids, ct)
            .ConfigureAwait(false)).ToDictionary(r => r.Customer);
        var groups = (await tx.Query<GroupRow>("select customer_id as Customer, code as Code, reason as Reason, since as Since from customers_groups where customer_id in @ids", ids, ct)
            .ConfigureAwait(false)).ToLookup(g => g.Customer);
        var merged = (await tx.Query<CustomerId>("select id from customers_customers where id in @ids and merged_into <> ''", ids, ct).ConfigureAwait(false)).ToHashSet();
        var judgements = (await FactSheets.Of(tx, now, customers, ct).ConfigureAwait(false))
            .Select(l => merged.Contains(l.Customer) ? Judgement.Nobody(l.Customer) : Judgement.Of(l, rules)).ToList();
        // Somebody who is gone meanwhile is not looked at again.
        var gone = customers.Except(judgements.Select(j => j.Customer)).Select(c => c.Text).ToList();
        if (gone.Count > 0) await tx.Execute("delete from customers_tiers where customer_id in @gone", new { gone }, ct).ConfigureAwait(false);
        var events = new List<IEvent>();
        var tomorrow = ChinaTime.DayNumber(now) + 1;
        var (tiers, members, tags) = (new List<object?[]>(), new List<object?[]>(), new List<object?[]>());
        foreach (var judged in judgements)
        {
            var old = before.GetValueOrDefault(judged.Customer);
            var was = groups[judged.Customer].ToDictionary(g => g.Code);
            var version = old?.Version ?? 0;
            if ((old?.Tier ?? CustomerTier.StandardCode) != judged.Tier) events.Add(new CustomerTierChanged(judged.Customer, old?.Tier ?? CustomerTier.StandardCode, judged.Tier, ++version));
            foreach (var come in judged.Groups.Keys.Except(was.Keys)) events.Add(new CustomerGroupChanged(judged.Customer, come, true, ++version));
            foreach (var left in was.Keys.Except(judged.Groups.Keys)) events.Add(new CustomerGroupChanged(judged.Customer, left, false, ++version));
            tiers.Add([judged.Customer, judged.Tier, Cut(judged.TierReason), old?.Tier == judged.Tier ? old.Since : now, revision, judged.ChangesByTheDay ? tomorrow : Never, version]);
            members.AddRange(judged.Groups.Select(g => new object?[] { judged.Customer, g.Key, Cut(g.Value), was.TryGetValue(g.Key, out var since) ? since.Since : now }));
            tags.AddRange(judged.Tags.Select(t => new object?[] { judged.Customer, t.Slot, t.Kind, t.Value, t.Reason, now }));
        }
        await tx.UpsertRows("customers_tiers", ["customer_id", "tier", "reason", "since", "revision", "day", "version"], tiers, "customer_id", ["tier", "reason", "since", "revision", "day", "version"], ct).ConfigureAwait(false);
        await tx.Execute("delete from customers_groups where customer_id in @ids", ids, ct).ConfigureAwait(false);
        await tx.InsertRows("customers_groups", ["customer_id", "code", "reason", "since"], members, ct: ct).ConfigureAwait(false);
        await tx.Execute("delete from customers_tags where customer_id in @ids", ids, ct).ConfigureAwait(false);
        await tx.InsertRows("customers_tags", ["customer_id", "slot", "kind", "value", "reason", "at"], tags, ct: ct).ConfigureAwait(false);
        if (events.Count > 0) await tx.Publish(events, ct).ConfigureAwait(false);
    }

    private static string Cut(string text) => text.Length <= LongestReason ? text : text[..LongestReason];

    private sealed record TouchRow
    {
        public required CustomerId Customer { get; init; }
        public required string Mark { get; init; }
    }

    private sealed record TierRow
    {
        public required CustomerId Customer { get; init; }
        public required string Tier { get; init; }
        public required DateTimeOffset Since { get; init; }
        public required long Version { get; init; }
    }

    private sealed record GroupRow
    {
        public required CustomerId Customer { get; init; }
        public required string Code { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset Since { get; init; }
    }
}
