using Courier.CallCenter.Agents;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Routing;

/// <summary>How long calls of each queue took in the last week, for estimates right after a start.</summary>
internal static class HandlingTimes
{
    private const string Sql =
        "select queue as Queue, sum(talk_ms + wrap_ms) as Took, count(*) as Calls from calls_queue_entries where hour >= @hour and how = 'answered' and talk_ms > 0 group by queue";

    public static async Task<IReadOnlyDictionary<string, TimeSpan>> Read(ISqlReader db, DateTimeOffset now, CancellationToken ct) =>
        (await db.Query<Row>(Sql, new { hour = ChinaHour.Of(now.AddDays(-7)).Number }, ct).ConfigureAwait(false)).ToDictionary(r => r.Queue, r => TimeSpan.FromMilliseconds(r.Took / r.Calls), StringComparer.Ordinal);

    private sealed record Row
    {
        public required string Queue { get; init; }
        public required long Took { get; init; }
        public required long Calls { get; init; }
    }
}
