using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;

namespace Courier.Services.Lanes;

/// <summary>Keeps finished runs until the job learns from them.</summary>
internal sealed class KeepFinishedRuns(TimeProvider clock) : IBatchReaction<LaneRunFinished>
{
    private static readonly string[] Columns = ["parcel_id", "product", "from_province", "from_city", "to_province", "to_city", "points", "kept_at"];

    public Task Handle(IReadOnlyList<Delivery<LaneRunFinished>> batch, Tx tx, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return tx.InsertRows("lanes_runs", Columns, batch.Select(d => d.Event).DistinctBy(e => e.ParcelId).Select(e => new object?[]
        {
            e.ParcelId, e.Lane.Product, e.Lane.FromProvince, e.Lane.FromCity, e.Lane.ToProvince, e.Lane.ToCity, JsonSerializer.Serialize(e.Points, KernelJson.Options), now,
        }), ifAbsent: true, ct);
    }
}
