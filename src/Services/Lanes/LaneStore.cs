using Courier.Kernel.Data;

namespace Courier.Services.Lanes;

/// <summary>Adds runs to the stored statistics.</summary>
internal static class LaneStore
{
    private static readonly string[] Columns = ["scope", "stage", "measure", "runs", "buckets", "updated_at"];

    /// <summary>Adds the runs in three statements, however many they are.</summary>
    public static async Task Add(Tx tx, TimeProvider clock, LanesOptions options, IEnumerable<(Lane Lane, IReadOnlyList<LanePoint> Points)> runs, CancellationToken ct)
    {
        var learned = new Dictionary<LaneKey, DurationHistogram>();
        foreach (var (lane, points) in runs)
            foreach (var (stage, measure, duration) in LaneLesson.Of(points))
                foreach (var (_, scope) in lane.Scopes)
                    Of(learned, new(scope, stage, measure)).Add(duration);
        if (learned.Count == 0) return;
        var stored = await tx.Query<Row>(
            "select scope as Scope, stage as Stage, measure as Measure, buckets as Buckets from lanes_statistics where scope in @scopes",
            new { scopes = learned.Keys.Select(k => k.Scope).Distinct() }, ct).ConfigureAwait(false);
        foreach (var row in stored)
            if (learned.TryGetValue(new(row.Scope, row.Stage, row.Measure), out var histogram)) Join(histogram, DurationHistogram.Parse(row.Buckets), options.MostRuns);
        var now = clock.GetUtcNow();
        await tx.UpsertRows("lanes_statistics", Columns, learned.OrderBy(l => l.Key.Scope, StringComparer.Ordinal).Select(l => new object?[]
        {
            l.Key.Scope, EnumText<LaneStage>.Of(l.Key.Stage), EnumText<LaneMeasure>.Of(l.Key.Measure), l.Value.Total, l.Value.ToString(), now,
        }), "scope, stage, measure", ["runs", "buckets", "updated_at"], ct).ConfigureAwait(false);
    }

    private static void Join(DurationHistogram histogram, DurationHistogram old, int most)
    {
        if (old.Total >= most) old.Halve();
        histogram.Add(old);
    }

    private static DurationHistogram Of(Dictionary<LaneKey, DurationHistogram> all, LaneKey key)
    {
        if (!all.TryGetValue(key, out var histogram)) all[key] = histogram = new DurationHistogram();
        return histogram;
    }

    private sealed record Row
    {
        public required string Scope { get; init; }
        public required LaneStage Stage { get; init; }
        public required LaneMeasure Measure { get; init; }
        public required string Buckets { get; init; }
    }
}
