namespace Courier.Services.Customers;

/// <summary>
/// How good data are, in thousandths: completeness (how many of the expected fields are there), validity (how many look as they should),
/// freshness (1000 up to 30 days after they were said, falling evenly to 0 after a year; 500 without a date), consistency (how many nobody
/// contradicts). The score is 40 % of the first, 30 % of the second, 15 % of the third, 15 % of the fourth.
/// </summary>
/// <param name="Completeness">0 to 1000.</param>
/// <param name="Validity">0 to 1000.</param>
/// <param name="Freshness">0 to 1000.</param>
/// <param name="Consistency">0 to 1000.</param>
public sealed record RecordQuality(long Completeness, long Validity, long Freshness, long Consistency)
{
    private const int FreshDays = 30, StaleDays = 365;

    /// <summary>Nothing is good: a row that was refused.</summary>
    internal static readonly RecordQuality None = new(0, 0, 0, 0);

    /// <summary>0 to 1000.</summary>
    public long Score => (40 * Completeness + 30 * Validity + 15 * Freshness + 15 * Consistency) / 100;

    /// <summary>Of a record, as it stands.</summary>
    /// <param name="fields">What is known.</param>
    /// <param name="openConflicts">About how many fields somebody says something else.</param>
    /// <param name="now">Today.</param>
    public static RecordQuality Of(IReadOnlyCollection<RecordedField> fields, int openConflicts, DateTimeOffset now)
    {
        var known = fields.Select(f => f.Field).Distinct().ToList();
        return fields.Count == 0 ? None : new RecordQuality(
            CompletenessOf(known), Share(fields.Count(f => FieldRules.Read(f.Field, f.Value).Value is not null), fields.Count),
            (long)fields.Average(f => FreshnessOf(f.At, now)), Share(known.Count - Math.Min(openConflicts, known.Count), known.Count));
    }

    /// <summary>How many of the expected fields are there.</summary>
    internal static long CompletenessOf(IEnumerable<CustomerField> known) => Share(FieldRules.Expected.Intersect(known).Count(), FieldRules.Expected.Length);

    /// <summary>How fresh something is that was said then.</summary>
    internal static long FreshnessOf(DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } said) return 500;
        var days = Math.Clamp((now - said).TotalDays, FreshDays, StaleDays);
        return (long)(1000 * (StaleDays - days) / (StaleDays - FreshDays));
    }

    /// <summary>Part of all, in thousandths.</summary>
    internal static long Share(int part, int all) => all == 0 ? 0 : 1000L * part / all;
}
