using System.Data.Common;
using Courier.Host.Metrics;
using Courier.Http;
using Courier.Kernel.Data;

namespace Courier.Host;

/// <summary>What operators and load balancers ask: health, metrics, the interface document.</summary>
internal static class Management
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(WebApplication app)
    {
        var management = app.MapGroup("").ForAnyone("operators; Production serves it on a port of its own").WithMetadata(new ManagementEndpoint());
        management.MapOpenApi();
        management.MapGet("/health/live", () => TypedResults.Json(new { status = "ok" })).ExcludeFromDescription();
        management.MapGet("/health/ready", Ready).ExcludeFromDescription();
        management.MapGet("/metrics", (MetricCollector metrics) => TypedResults.Text(PrometheusText.Of(metrics.Collect()), PrometheusText.ContentType)).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(Migrator migrator, Dialect dialect, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var problem = lifetime.ApplicationStopping.IsCancellationRequested ? "shutting down" : await Database(migrator, dialect, ct).ConfigureAwait(false);
        return problem is null
            ? TypedResults.Json(new { status = "ready" })
            : TypedResults.Json(new { status = "not ready", problem }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> Database(Migrator migrator, Dialect dialect, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var missing = await migrator.Missing(limit.Token).ConfigureAwait(false);
            return missing.Count == 0 ? null : $"migrations are missing: {string.Join(", ", missing)}";
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or DatabaseTimeout || dialect.IsUnavailable(e))
        {
            return "the database cannot be reached";
        }
    }
}
