using System.Data.Common;
using Courier.Host.Metrics;
using Courier.Http;
using Courier.Kernel.Data;

namespace Courier.Host;

/// <summary>What operators and load balancers ask: health, metrics, the interface document.</summary>
internal static class Management
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Leases and time-outs compare times of several processes: one whose clock is off must not take part.
    private static readonly TimeSpan TolerableOffset = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        var management = app.MapGroup("").ForAnyone("operators; Production serves it on a port of its own").WithMetadata(new ManagementEndpoint());
        management.MapOpenApi();
        management.MapGet("/health/live", () => TypedResults.Json(new Alive("ok"))).ExcludeFromDescription();
        management.MapGet("/health/ready", Ready).ExcludeFromDescription();
        management.MapGet("/metrics", (MetricCollector metrics) => TypedResults.Text(PrometheusText.Of(metrics.Collect()), PrometheusText.ContentType)).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(Migrator migrator, Db db, TimeProvider clock, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var problem = lifetime.ApplicationStopping.IsCancellationRequested ? "shutting down" : await Database(migrator, db, clock, ct).ConfigureAwait(false);
        return problem is null
            ? TypedResults.Json(new { status = "ready" })
            : TypedResults.Json(new { status = "not ready", problem }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> Database(Migrator migrator, Db db, TimeProvider clock, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var missing = await migrator.Missing(limit.Token).ConfigureAwait(false);
            if (missing.Count > 0) return $"migrations are missing: {string.Join(", ", missing)}";
            var offset = await db.ClockOffset(clock, limit.Token).ConfigureAwait(false);
            return offset.Duration() <= TolerableOffset ? null : FormattableString.Invariant($"the database's clock differs by {offset.TotalSeconds:0} s: check NTP on both machines");
        }
        catch (Exception e) when (e is DbException or OperationCanceledException || db.IsAway(e))
        {
            return "the database cannot be reached";
        }
    }
}

/// <summary>The answer of a process that runs.</summary>
/// <param name="Status">"ok".</param>
internal sealed record Alive(string Status);
