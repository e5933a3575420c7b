using Courier.Kernel;
using Courier.Services.Staff;

namespace Courier.CallCenter.Agents;

/// <summary>A piece of an agent's time line; lies within one hour of China, so that sums by the hour need no arithmetic.</summary>
internal sealed record Stretch
{
    public required string Id { get; init; }
    public required StaffId Staff { get; init; }
    public required AgentState State { get; init; }

    /// <summary>Of <see cref="AgentState.NotReady"/>: why; empty otherwise.</summary>
    public required string Reason { get; init; }

    public required string Queue { get; init; }
    public required string CallId { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>Goes on; then <see cref="Until"/> is when it was seen last.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The stretch up to a moment, cut at the full hours; only the last piece may go on.</summary>
    public IReadOnlyList<Stretch> To(DateTimeOffset now, bool goesOn, TimeProvider clock)
    {
        var pieces = new List<Stretch>();
        var rest = this;
        for (var end = ChinaHour.Of(From).End; end <= now; end = end.AddHours(1))
        {
            pieces.Add(rest with { Until = end, IsOpen = false });
            rest = rest with { Id = Ids.New(clock), From = end };
        }
        return [.. pieces, rest with { Until = now, IsOpen = goesOn }];
    }
}
