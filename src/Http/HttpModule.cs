using Courier.Http.Clients;
using Courier.Http.Limits;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Http;

/// <summary>What all HTTP faces share: errors, rights, limits, versions of the app, idempotency keys, protection of browsers.</summary>
public static class HttpModule
{
    /// <summary>Registers the shared parts. An endpoint that says nothing about who may call it is refused.</summary>
    public static ModuleRegistry AddCourierHttp(this ModuleRegistry modules)
    {
        var services = modules.Services;
        modules.Options<SiteOptions>("Site");
        services.AddSingleton<SiteLinks>();
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultMapping>();
        services.Configure<ExceptionHandlerOptions>(o => o.SuppressDiagnosticsCallback = c => FaultMapping.IsRefusal(c.HttpContext, c.Exception) || c.HttpContext.RequestServices.GetRequiredService<Db>().IsAway(c.Exception));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => KernelJson.Configure(o.SerializerOptions));
        services.AddAuthentication(Schemes.Nobody).AddScheme<AuthenticationSchemeOptions, NobodyHandler>(Schemes.Nobody, null);
        services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(IsNoEndpointOfOurs).Build());
        modules.Options<LimitOptions>("Limits");
        services.AddSingleton<RequestLimits>().AddSingleton<CallerMisses>();
        modules.Options<AppOptions>("App");
        services.AddSingleton<VersionGate>();
        services.AddSingleton<StoredAnswers>().AddSingleton<IdempotentRequests>();
        services.AddDataProtection().SetApplicationName("Courier");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(p => new ConfigureOptions<KeyManagementOptions>(
            o => o.XmlRepository = ActivatorUtilities.CreateInstance<ProtectionKeys>(p)));
        return modules.Job<PurgeStoredAnswers>("http.purge_answers", JobSchedule.At("0 10 * * * ?"));
    }

    /// <summary>Puts the shared parts in front of the endpoints, in the order they need.</summary>
    /// <param name="app">The application.</param>
    /// <param name="afterRouting">What looks at the endpoint before anything else does.</param>
    public static WebApplication UseCourierHttp(this WebApplication app, Func<HttpContext, RequestDelegate, Task>? afterRouting = null)
    {
        app.UseExceptionHandler();
        app.UseRouting();
        if (afterRouting is not null) app.Use(afterRouting);
        app.Use(DirectAnswer.Run);
        app.Use(SecurityHeaders.Add);
        app.UseStatusCodePages(StatusProblems.Write);
        var limits = app.Services.GetRequiredService<RequestLimits>();
        app.Use(limits.CheckPlace);
        app.Use(app.Services.GetRequiredService<VersionGate>().Check);
        app.Use(Csrf.Check);
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(limits.CheckCustomer);
        app.Use(app.Services.GetRequiredService<CallerMisses>().Check);
        app.Use(IdempotentRequests.Check);
        return app;
    }

    // Without an endpoint it becomes a 404; 405 and 415 are endpoints that the router makes. Neither needs a right.
    private static bool IsNoEndpointOfOurs(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint;
}
