using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Host;

/// <summary>The steps from a built application to a serving one.</summary>
internal static class Startup
{
    /// <summary>Migrates, does the start-up work of all modules, then serves.</summary>
    public static async Task Serve(this WebApplication app, CancellationToken ct = default)
    {
        var services = app.Services;
        services.GetRequiredService<Metrics.MetricCollector>();
        await services.GetRequiredService<Migrator>().Apply(ct).ConfigureAwait(false);
        foreach (var task in services.GetServices<IStartupTask>()) await task.Run(ct).ConfigureAwait(false);
        // Ahead of everything that waits for the start, such as the sandbox, which calls this address.
        app.Lifetime.ApplicationStarted.Register(() => services.GetRequiredService<OwnAddress>().Set(services.GetRequiredService<Listening>().Opened(app)));
        EndpointsMadeOnce.Of(app);
        await app.StartAsync(ct).ConfigureAwait(false);
    }

    /// <summary>What the person who started it wants to read first.</summary>
    public static string Greeting(this WebApplication app)
    {
        var own = app.Services.GetRequiredService<OwnAddress>().Base;
        var plan = app.Services.GetRequiredService<RunPlan>();
        var address = $"{own.Scheme}://{(own.IsLoopback ? "localhost" : own.Host)}:{own.Port}";
        return plan.Faces.Contains(Face.Sandbox)
            ? $"Courier is ready, open {string.Join("  ", Development.Pages(plan.Faces).Take(4).Select(p => address + p.Path))}"
            : $"Courier is ready at {string.Join(", ", app.Urls)} as {string.Join(", ", plan.Roles.Select(r => r.ToString().ToLowerInvariant()))}";
    }
}
