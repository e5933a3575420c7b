using Courier.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Courier.Host;

/// <summary>Where the process listens: the public addresses, and the port of the management endpoints where that is another one.</summary>
internal sealed class Listening(ManagementOptions management, bool development)
{
    private const string Default = "http://127.0.0.1:5080";
    private const int ProductionManagementPort = 5081;

    private int? _managementPort;

    private bool HasOwnPort => management.Port is not null || !development;

    /// <summary>Tells the server its addresses; the management address is the last one.</summary>
    public void Configure(WebApplicationBuilder builder)
    {
        var configured = builder.Configuration;
        var addresses = configured["urls"] is { Length: > 0 } urls ? urls
            : configured["http_ports"] is { Length: > 0 } ports ? string.Join(';', ports.Split(';').Select(p => $"http://*:{p}"))
            : Default;
        if (HasOwnPort) addresses += $";http://{management.Address}:{management.Port ?? ProductionManagementPort}";
        builder.WebHost.UseUrls(addresses);
    }

    /// <summary>Reads the ports that the server really took.</summary>
    /// <returns>The address by which this process reaches itself.</returns>
    public Uri Opened(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(Reachable).ToList();
        if (HasOwnPort) _managementPort = addresses[^1].Port;
        return addresses[0];
    }

    /// <summary>Management endpoints answer on their port only, the others not there; by the port of the connection, which no header can pretend.</summary>
    public Task Separate(HttpContext context, RequestDelegate next)
    {
        var forManagement = context.GetEndpoint()?.Metadata.GetMetadata<ManagementEndpoint>() is not null;
        if (_managementPort is { } port && forManagement != (context.Connection.LocalPort == port)) context.SetEndpoint(null);
        return next(context);
    }

    private static Uri Reachable(string address) =>
        new(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
            .Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal));
}

/// <summary>Marks endpoints for operators: health, metrics, interface document.</summary>
internal sealed record ManagementEndpoint;
