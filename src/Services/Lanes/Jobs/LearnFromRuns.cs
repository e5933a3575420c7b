using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Lanes;

/// <summary>Adds finished runs to the statistics of their lane and of everything wider; what was learned from is not kept.</summary>
internal sealed class LearnFromRuns(Db db, TimeProvider clock, LanesOptions options) : IScheduledJob
{
    private const int Portion = 200;

    private const string Oldest =
        """
        select parcel_id as ParcelId, product as Product, from_province as FromProvince, from_city as FromCity, to_province as ToProvince, to_city as ToCity, points as Points
        from lanes_runs
        order by parcel_id
        limit @portion
        """;

    public async Task Run(CancellationToken ct)
    {
        while (await db.InTransaction(tx => Learn(tx, ct), ct).ConfigureAwait(false) == Portion) ct.ThrowIfCancellationRequested();
        await db.Execute("delete from lanes_statistics where updated_at < @longAgo", new { longAgo = clock.GetUtcNow().AddDays(-options.ForgetAfterDays) }, ct).ConfigureAwait(false);
    }

    private async Task<int> Learn(Tx tx, CancellationToken ct)
    {
        var runs = await tx.Query<RunRow>(Oldest, new { portion = Portion }, ct).ConfigureAwait(false);
        if (runs.Count == 0) return 0;
        await LaneStore.Add(tx, clock, options, runs.Select(r => (r.Lane, r.Read())), ct).ConfigureAwait(false);
        await tx.Execute("delete from lanes_runs where parcel_id in @learned", new { learned = runs.Select(r => r.ParcelId) }, ct).ConfigureAwait(false);
        return runs.Count;
    }

    private sealed record RunRow
    {
        public required string ParcelId { get; init; }
        public required string Product { get; init; }
        public required string FromProvince { get; init; }
        public required string FromCity { get; init; }
        public required string ToProvince { get; init; }
        public required string ToCity { get; init; }
        public required string Points { get; init; }

        public Lane Lane => new(Product, FromProvince, FromCity, ToProvince, ToCity);

        public IReadOnlyList<LanePoint> Read() => JsonSerializer.Deserialize<List<LanePoint>>(Points, KernelJson.Options) ?? [];
    }
}
