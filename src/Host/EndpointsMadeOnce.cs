using Microsoft.Extensions.Primitives;

namespace Courier.Host;

/// <summary>
/// The endpoints of an application, each made once. ASP.NET asks the groups for their endpoints twice at a start, for the router and for
/// authorization, and a group makes them anew for whoever asks: with our few hundred endpoints that is the greater part of a start.
/// </summary>
internal sealed class EndpointsMadeOnce : EndpointDataSource
{
    private static readonly CancellationChangeToken Never = new(CancellationToken.None);

    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints;

    private EndpointsMadeOnce(IReadOnlyList<EndpointDataSource> sources) => _endpoints = new(() => [.. sources.SelectMany(s => s.Endpoints)]);

    /// <inheritdoc />
    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    /// <summary>Takes the place of everything that is mapped by now; before the application starts.</summary>
    public static void Of(IEndpointRouteBuilder app)
    {
        var once = new EndpointsMadeOnce([.. app.DataSources]);
        app.DataSources.Clear();
        app.DataSources.Add(once);
    }

    /// <inheritdoc />
    public override IChangeToken GetChangeToken() => Never;
}
