using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Control;
using Courier.Wechat.Sandbox.Phone;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Courier.Wechat.Sandbox;

/// <summary>The WeChat sandbox: a stateful platform for development and tests, never for production.</summary>
public static class SandboxModule
{
    /// <summary>Adds the sandbox. Its state directory is opened by <see cref="MapWechatSandbox"/>, not before.</summary>
    /// <param name="services">Where to add it; a registered <see cref="TimeProvider"/> is used, else the system's.</param>
    /// <param name="options">Accounts, directory, limits.</param>
    public static IServiceCollection AddWechatSandbox(this IServiceCollection services, SandboxOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<SandboxState>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<FaultBook>();
        services.AddSingleton<PlatformRecords>();
        services.AddSingleton<CallbackAddress>();
        services.AddSingleton<CallbackSender>();
        services.AddSingleton<CallbackPusher>();
        services.AddSingleton<SandboxPlatform>();
        services.AddSingleton<PhoneActions>();
        return services;
    }

    /// <summary>Adds the sandbox with options that are set here.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddWechatSandbox(this IServiceCollection services, Action<SandboxOptions> configure)
    {
        var options = new SandboxOptions();
        configure(options);
        return services.AddWechatSandbox(options);
    }

    /// <summary>
    /// Maps <c>/sandbox/wechat/…</c> (WeChat's own paths), <c>/sandbox/control/…</c> (loopback and same origin only) and the
    /// pages <c>/sandbox</c> and <c>/sandbox/phone</c>, all anonymous, and goes on with pushes that a restart interrupted.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <exception cref="InvalidOperationException">The options are wrong; the message says which and what is allowed.</exception>
    public static IEndpointRouteBuilder MapWechatSandbox(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var options = services.GetRequiredService<SandboxOptions>();
        options.Check();
        var platform = services.GetRequiredService<SandboxPlatform>();
        if (options.DemoFollowers) lock (platform.State.Gate) DemoPeople.Register(options, platform.State);

        var sandbox = endpoints.MapGroup("/sandbox").AllowAnonymous().ExcludeFromDescription();
        sandbox.MapPhone();
        sandbox.MapGroup("/wechat").MapPlatform(platform);
        sandbox.MapGroup("/control").AddEndpointFilter<RouteGroupBuilder, LoopbackOnly>().AddEndpointFilter<RouteGroupBuilder, ControlErrors>()
            .AddEndpointFilter<RouteGroupBuilder, Durable>()
            .MapControl(platform, services.GetRequiredService<PhoneActions>());

        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(platform.Pusher.Resume);
        lifetime.ApplicationStopping.Register(platform.Pusher.Stop);
        return endpoints;
    }
}
