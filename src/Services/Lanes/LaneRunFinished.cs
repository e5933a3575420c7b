using Courier.Kernel.Events;

namespace Courier.Services.Lanes;

/// <summary>A parcel has reached its recipient: what its way teaches about the lane. Published by whoever knows the way, once a parcel.</summary>
/// <param name="ParcelId">The parcel's id; names nobody.</param>
/// <param name="Lane">From where to where.</param>
/// <param name="Points">The stages in the order of their times; the last is <see cref="LaneStage.Finished"/>.</param>
[EventName("lane.run_finished.v1")]
public sealed record LaneRunFinished(string ParcelId, Lane Lane, IReadOnlyList<LanePoint> Points) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "lane_run:" + ParcelId;

    /// <inheritdoc />
    public long Version => 1;
}

/// <summary>The beginning of a stage.</summary>
/// <param name="Stage">Which.</param>
/// <param name="At">When.</param>
public sealed record LanePoint(LaneStage Stage, DateTimeOffset At);
