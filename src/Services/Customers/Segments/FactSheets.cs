using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Customers;

/// <summary>A customer whom rules look at: the facts, and what is needed for tags.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Sheet">The facts, without tags.</param>
/// <param name="Routes">Cities and how often in the last twelve months, the most frequent first; empty when guesses are not wanted.</param>
/// <param name="IsPersonal">May something be guessed from behaviour?</param>
/// <param name="HasHistory">Did something happen within a year, so that a sum may change when a day is over?</param>
internal sealed record LookedAt(CustomerId Customer, FactSheet Sheet, IReadOnlyList<RouteUse> Routes, bool IsPersonal, bool HasHistory);

/// <summary>How often somebody sent from one city to another.</summary>
internal sealed record RouteUse(string From, string To, long Uses);

/// <summary>Sums up the facts of many customers with a handful of statements; rows of records that were merged into one count for the one.</summary>
internal static class FactSheets
{
    private const int Year = 365;

    public static async Task<IReadOnlyList<LookedAt>> Of(ISqlReader db, DateTimeOffset now, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        if (customers.Count == 0) return [];
        var owner = await WithFormer(db, customers, ct).ConfigureAwait(false);
        var today = ChinaTime.DayNumber(now);
        var args = new { ids = owner.Keys.ToList(), year = today - Year };
        var measures = (await db.Query<Measured>(
            "select customer_id as Customer, measure as Measure, day as Day, amount as Amount from customers_measures where customer_id in @ids and (day > @year or measure = 'open_complaints')",
            args, ct).ConfigureAwait(false)).ToLookup(m => owner[m.Customer]);
        var routes = (await db.Query<Routed>(
            "select customer_id as Customer, from_city as FromCity, to_city as ToCity, sum(uses) as Uses from customers_routes where customer_id in @ids and day > @year group by customer_id, from_city, to_city",
            args, ct).ConfigureAwait(false)).ToLookup(r => owner[r.Customer]);
        var places = (await db.Query<Placed>("select customer_id as Customer, province as Province, city as City, at as At from customers_places where customer_id in @ids", args, ct)
            .ConfigureAwait(false)).ToLookup(p => owner[p.Customer]);
        var known = (await db.Query<Born>("select id as Customer, created_at as Since from customers_customers where id in @ids", args, ct).ConfigureAwait(false)).ToDictionary(b => b.Customer, b => b.Since);
        var impersonal = await Personalisation.Off(db, customers, ct).ConfigureAwait(false);
        return [.. customers.Where(c => known.ContainsKey(c.Text)).Select(c =>
        {
            var isPersonal = !impersonal.Contains(c);
            return new LookedAt(c, Sheet(measures[c], places[c].MaxBy(p => p.At), known[c.Text], now, today), isPersonal ? Frequent(routes[c]) : [], isPersonal, measures[c].Any() || routes[c].Any());
        })];
    }

    private static FactSheet Sheet(IEnumerable<Measured> measures, Placed? place, DateTimeOffset since, DateTimeOffset now, long today)
    {
        var all = measures.ToList();
        var numbers = SegmentFacts.Sums.ToDictionary(s => s.Fact, s => all.Where(m => m.Measure == s.Measure && (s.Days is not { } days || m.Day > today - days)).Sum(m => m.Amount));
        numbers[SegmentFacts.RegisteredDays] = Math.Max(0, (long)(now - since).TotalDays);
        return new FactSheet(numbers, new Dictionary<string, string> { ["province"] = place?.Province ?? "", ["city"] = place?.City ?? "" }, new Dictionary<string, string>());
    }

    private static List<RouteUse> Frequent(IEnumerable<Routed> routes) =>
        [.. routes.GroupBy(r => (r.FromCity, r.ToCity)).Select(g => new RouteUse(g.Key.FromCity, g.Key.ToCity, g.Sum(r => r.Uses))).OrderByDescending(r => r.Uses).ThenBy(r => r.To, StringComparer.Ordinal)];

    /// <summary>Every id, also of records that were merged into one of the customers at any remove, with the customer whom it counts for.</summary>
    private static async Task<Dictionary<string, CustomerId>> WithFormer(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        var owner = customers.Distinct().ToDictionary(c => c.Text);
        for (var latest = owner.Keys.ToList(); latest.Count > 0;)
        {
            var former = await db.Query<Former>("select id as Id, merged_into as PartOf from customers_customers where merged_into in @latest", new { latest }, ct).ConfigureAwait(false);
            // Also one that is asked for itself: what was merged away counts for the one who stayed.
            foreach (var one in former) owner[one.Id] = owner[one.PartOf];
            latest = [.. former.Select(f => f.Id)];
        }
        return owner;
    }

    private sealed record Former
    {
        public required string Id { get; init; }
        public required string PartOf { get; init; }
    }

    private sealed record Measured
    {
        public required string Customer { get; init; }
        public required CustomerMeasure Measure { get; init; }
        public required long Day { get; init; }
        public required long Amount { get; init; }
    }

    private sealed record Routed
    {
        public required string Customer { get; init; }
        public required string FromCity { get; init; }
        public required string ToCity { get; init; }
        public required long Uses { get; init; }
    }

    private sealed record Placed
    {
        public required string Customer { get; init; }
        public required string Province { get; init; }
        public required string City { get; init; }
        public required DateTimeOffset At { get; init; }
    }

    private sealed record Born
    {
        public required string Customer { get; init; }
        public required DateTimeOffset Since { get; init; }
    }
}
