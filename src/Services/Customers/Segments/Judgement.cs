namespace Courier.Services.Customers;

/// <summary>What rules and behaviour say about one customer; no database, no clock.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Tier">Code of the tier.</param>
/// <param name="TierReason">Which facts gave it; empty for the standard one.</param>
/// <param name="Groups">Codes of the groups, each with its reason.</param>
/// <param name="Tags">What is guessed from behaviour.</param>
/// <param name="ChangesByTheDay">May it be another tomorrow although nothing happens?</param>
internal sealed record Judgement(
    CustomerId Customer, string Tier, string TierReason, IReadOnlyDictionary<string, string> Groups, IReadOnlyList<GuessedTag> Tags, bool ChangesByTheDay)
{
    /// <summary>A record that is part of another one has nothing of its own.</summary>
    public static Judgement Nobody(CustomerId customer) => new(customer, CustomerTier.StandardCode, "", new Dictionary<string, string>(), [], ChangesByTheDay: false);

    /// <summary>
    /// Who wants no guesses from behaviour is in no group; the tier stays, because it is what the customer gets for what they ordered.
    /// </summary>
    public static Judgement Of(LookedAt who, IReadOnlyList<(Segment Segment, SegmentRule Rule)> rules)
    {
        var tags = who.IsPersonal ? GuessTags.From(who.Sheet, who.Routes) : [];
        var sheet = who.Sheet with { Tags = GuessTags.ByCode(tags) };
        var (tier, tierReason) = (CustomerTier.StandardCode, "");
        foreach (var (segment, rule) in rules.Where(r => r.Segment.Kind == SegmentKind.Tier).OrderByDescending(r => r.Segment.Rank).ThenBy(r => r.Segment.Code, StringComparer.Ordinal))
        {
            if (Reason(rule, sheet) is not { } reason) continue;
            (tier, tierReason) = (segment.Code, reason);
            break;
        }
        var groups = new Dictionary<string, string>();
        foreach (var (segment, rule) in rules.Where(r => who.IsPersonal && r.Segment.Kind == SegmentKind.Group))
            if (Reason(rule, sheet) is { } reason) groups.Add(segment.Code, reason);
        return new Judgement(who.Customer, tier, tierReason, groups, tags, who.HasHistory || rules.Any(r => r.Rule.ChangesByTheDay));
    }

    /// <summary>Which facts made the rule true; null when it is not.</summary>
    public static string? Reason(SegmentRule rule, FactSheet sheet)
    {
        var because = new List<string>();
        return rule.Holds(sheet, because) ? string.Join('；', because) : null;
    }
}
