using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>How many customers a rule would hold for.</summary>
/// <param name="Matched">So many of those who were looked at.</param>
/// <param name="Examined">So many were looked at.</param>
/// <param name="IsComplete">Were all looked at?</param>
public sealed record RulePreview(long Matched, long Examined, bool IsComplete);

/// <summary>Counts before a rule is saved.</summary>
public static class PreviewRule
{
    private const int Portion = 500, Most = 100_000;

    /// <summary>Looks at the customers, at most a hundred thousand, the oldest first.</summary>
    public static async Task<RulePreview> Execute(ISqlReader db, DateTimeOffset now, SegmentRule rule, SegmentKind kind, CancellationToken ct)
    {
        var (matched, examined) = (0L, 0L);
        for (var after = ""; examined < Most;)
        {
            var customers = await db.Query<CustomerId>("select id from customers_customers where id > @after and merged_into = '' order by id limit @portion", new { after, portion = Portion }, ct)
                .ConfigureAwait(false);
            if (customers.Count == 0) return new RulePreview(matched, examined, IsComplete: true);
            after = customers[^1].Text;
            examined += customers.Count;
            matched += (await FactSheets.Of(db, now, customers, ct).ConfigureAwait(false)).Count(who => Holds(rule, kind, who));
        }
        return new RulePreview(matched, examined, IsComplete: false);
    }

    private static bool Holds(SegmentRule rule, SegmentKind kind, LookedAt who)
    {
        if (kind == SegmentKind.Group && !who.IsPersonal) return false;
        var tags = GuessTags.ByCode(who.IsPersonal ? GuessTags.From(who.Sheet, who.Routes) : []);
        return rule.Holds(who.Sheet with { Tags = tags }, []);
    }
}
