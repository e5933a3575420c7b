using Courier.Simulator.Carrier;
using Courier.Simulator.Demo;
using Courier.Simulator.Lockers;
using Courier.Simulator.Orders;
using Courier.Simulator.Page;
using Courier.Simulator.Parcels;
using Courier.Simulator.Play;
using Courier.Simulator.Replay;
using Courier.Simulator.Sms;
using Courier.Simulator.State;
using Courier.Simulator.Trunk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Simulator;

/// <summary>
/// Plays the rest of the world for development and tests: the carrier core with its network, the SMS operator, and customers' telephones.
/// It knows the product only by its public interfaces, HTTP and SIP.
/// </summary>
public static class SimulatorModule
{
    /// <summary>Adds the simulated world; its heartbeat runs as a hosted service.</summary>
    /// <param name="services">The container of the host.</param>
    /// <param name="configure">Sets the options; directory, key and secret must be set.</param>
    /// <exception cref="ArgumentException">An option is outside what is allowed.</exception>
    public static IServiceCollection AddSimulator(this IServiceCollection services, Action<SimulatorOptions> configure)
    {
        var options = new SimulatorOptions();
        configure(options);
        options.Check();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => new StateFile(options.Directory));
        services.AddSingleton<Faults>();
        services.AddSingleton<SmsStore>();
        services.AddSingleton<World>();
        services.AddSingleton<OrderBook>();
        services.AddSingleton<DemoWorld>();
        services.AddHttpClient(HttpName, client => client.Timeout = TimeSpan.FromSeconds(20)).RemoveAllLoggers();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CarrierLink>(provider, Client(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DemoFollowers>(provider, Client(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Customers>(provider, Client(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DayRecorder>(provider, Client(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LockerLine>(provider, Client(provider)));
        services.AddSingleton<TrunkCalls>();
        services.AddSingleton<DayReplay>();
        services.AddHostedService<PlayLoop>();
        services.AddHostedService<ReplayAtStart>();
        return services;
    }

    /// <summary>Maps <c>/simulator</c>: the page and its interface, for this machine only and without sign-in.</summary>
    /// <param name="routes">The routes of the host.</param>
    public static IEndpointRouteBuilder MapSimulator(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/simulator").AllowAnonymous().AddEndpointFilter<LoopbackOnly>().ExcludeFromDescription();
        group.MapPage();
        group.MapSms();
        group.MapParcels();
        group.MapOrders();
        group.MapLockers();
        group.MapTrunk();
        group.MapPlay();
        group.MapReplay();
        return routes;
    }

    const string HttpName = "simulator";

    static HttpClient Client(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpName);
}
