using Courier.Kernel;

namespace Courier.Services.Lanes;

/// <summary>Statistics of lanes; section <c>Lanes</c>.</summary>
public sealed record LanesOptions : ICheckedOptions
{
    /// <summary>A statistic with fewer runs is not believed; the next wider one is asked.</summary>
    public int FewestRuns { get; init; } = 8;

    /// <summary>From so many runs on, the old ones count half when new ones come: the statistic follows the season.</summary>
    public int MostRuns { get; init; } = 1000;

    /// <summary>At most so many statistics are held in memory, those with the most runs.</summary>
    public int MostInMemory { get; init; } = 50_000;

    /// <summary>How old the statistics in memory may be.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What nothing was learned about for so many days is forgotten.</summary>
    public int ForgetAfterDays { get; init; } = 180;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (FewestRuns is < 1 or > 1000) yield return "FewestRuns must be 1 to 1000";
        if (MostRuns is < 50 or > 1_000_000) yield return "MostRuns must be 50 to 1000000";
        if (MostInMemory is < 100 or > 1_000_000) yield return "MostInMemory must be 100 to 1000000";
        if (Refresh < TimeSpan.FromSeconds(1)) yield return "Refresh must be a second at least";
        if (ForgetAfterDays < 7) yield return "ForgetAfterDays must be 7 at least";
    }
}
