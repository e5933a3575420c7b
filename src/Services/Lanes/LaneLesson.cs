namespace Courier.Services.Lanes;

/// <summary>What one finished run teaches: how long from each stage to the next, and to the recipient. Pure.</summary>
internal static class LaneLesson
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>The durations of a run. A stage that comes twice counts twice; what runs backwards or takes more than sixty days teaches nothing.</summary>
    public static IEnumerable<(LaneStage Stage, LaneMeasure Measure, TimeSpan Duration)> Of(IReadOnlyList<LanePoint> points)
    {
        var delivered = points.FirstOrDefault(p => p.Stage is LaneStage.Awaiting or LaneStage.Finished)?.At;
        for (var i = 0; i < points.Count - 1; i++)
        {
            var (stage, at) = points[i];
            if (stage == LaneStage.Finished) continue;
            if (Sound(points[i + 1].At - at)) yield return (stage, LaneMeasure.Leg, points[i + 1].At - at);
            if (stage != LaneStage.Awaiting && delivered is { } end && Sound(end - at)) yield return (stage, LaneMeasure.Delivery, end - at);
        }
    }

    private static bool Sound(TimeSpan duration) => duration >= TimeSpan.Zero && duration <= Longest;
}
