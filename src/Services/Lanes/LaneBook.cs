namespace Courier.Services.Lanes;

/// <summary>The statistics of all lanes at one moment; answers without asking anybody.</summary>
public sealed class LaneBook
{
    // One in fifty may be an odd one out; when fewer than that ever took so long, nothing is known about the rest.
    private const double OddShare = 0.02;

    private readonly IReadOnlyDictionary<LaneKey, DurationHistogram> _known;
    private readonly int _fewest;

    internal LaneBook(IReadOnlyDictionary<LaneKey, DurationHistogram> known, int fewest) => (_known, _fewest) = (known, fewest);

    /// <summary>Knows nothing.</summary>
    public static LaneBook Empty { get; } = new(new Dictionary<LaneKey, DurationHistogram>(), 1);

    internal IReadOnlyDictionary<LaneKey, DurationHistogram> Known => _known;

    /// <summary>How long it takes from the beginning of a stage, among runs that had not got further after the time that has passed; null when too little is known.</summary>
    /// <param name="lane">From where to where.</param>
    /// <param name="stage">Where it is.</param>
    /// <param name="measure">Until what.</param>
    /// <param name="elapsed">How long it has been in the stage; zero for all runs.</param>
    public LaneEstimate? Estimate(Lane lane, LaneStage stage, LaneMeasure measure, TimeSpan elapsed)
    {
        if (_known.Count == 0) return null; // the scopes' names need not be made
        foreach (var (basis, scope) in lane.Scopes)
        {
            if (!_known.TryGetValue(new(scope, stage, measure), out var histogram) || histogram.Total < _fewest) continue;
            if (histogram.Survivors(elapsed) < Math.Max(1, histogram.Total * OddShare)) continue; // longer than ever here: perhaps the wider statistic knows such cases
            return new LaneEstimate(histogram.Quantile(0.5, elapsed), histogram.Quantile(0.9, elapsed), histogram.Total, basis);
        }
        return null;
    }
}

/// <summary>An estimate, counted from the beginning of the stage.</summary>
/// <param name="P50">Half of the runs were over by then.</param>
/// <param name="P90">Nine of ten were over by then.</param>
/// <param name="Runs">On how many runs it rests.</param>
/// <param name="Basis">On which.</param>
public sealed record LaneEstimate(TimeSpan P50, TimeSpan P90, int Runs, LaneBasis Basis);

/// <summary>Names a statistic.</summary>
internal readonly record struct LaneKey(string Scope, LaneStage Stage, LaneMeasure Measure);
