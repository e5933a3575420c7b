using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Courier.Host;

/// <summary>The steps from a built application to a serving one.</summary>
internal static class Startup
{
    /// <summary>Migrates, does the start-up work of all modules, then serves.</summary>
    public static async Task Serve(this WebApplication app, CancellationToken ct = default)
    {
        await app.Services.GetRequiredService<Migrator>().Apply(ct).ConfigureAwait(false);
        foreach (var task in app.Services.GetServices<IStartupTask>()) await task.Run(ct).ConfigureAwait(false);
        await app.StartAsync(ct).ConfigureAwait(false);
        app.Services.GetRequiredService<OwnAddress>().Set(Listening(app));
    }

    private static Uri Listening(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Uri(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
    }
}
