using Courier.CallCenter;
using Courier.Host.Logging;
using Courier.Host.Metrics;
using Courier.Host.OpenApi;
using Courier.Host.Pages;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.MiniProgramApi;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Editions;
using Courier.Services.Insight;
using Courier.Services.Knowledge;
using Courier.Services.Lanes;
using Courier.Services.Network;
using Courier.Services.Notifications;
using Courier.Services.Orders;
using Courier.Services.Parcels;
using Courier.Services.Rates;
using Courier.Services.Staff;
using Courier.WechatGateway;
using Microsoft.AspNetCore.HttpOverrides;
using Serilog;
using Serilog.Extensions.Logging;

namespace Courier.Host;

/// <summary>Puts the product together: one composition for every role, for the program and for tests.</summary>
internal static class Composition
{
    /// <summary>Builds the application; nothing runs yet.</summary>
    /// <param name="args">Command line.</param>
    /// <param name="background">Whether the outbox and the jobs run by themselves; tests run them by hand.</param>
    /// <param name="adapt">Last changes to the services.</param>
    /// <exception cref="WrongConfiguration">A setting is wrong; the message names all of them.</exception>
    public static WebApplication Build(string[] args, bool background = true, Action<IServiceCollection>? adapt = null)
    {
        Arguments.Check(args);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var configuration = builder.Configuration;
        var settings = new Settings(configuration);
        var modules = new ModuleRegistry(builder.Services, settings);
        var development = builder.Environment.IsDevelopment();
        var database = modules.Options<DatabaseOptions>("Database");
        var demo = modules.Options<DemoOptions>("Demo");
        var data = settings.Read<DataOptions>("Data");
        var shutdown = settings.Read<ShutdownOptions>("Shutdown");
        var jobs = settings.Read<JobOptions>("Jobs");
        var proxies = settings.Read<ProxyOptions>("ForwardedHeaders");
        var world = settings.Read<DevelopmentOptions>("Sandbox");
        var pages = settings.Read<PagesOptions>("Pages");
        var listening = new Listening(settings.Read<ManagementOptions>("Management"), development);
        modules.Options<OutboxOptions>("Outbox");
        var plan = settings.Try(() => Roles.Read(configuration["Roles"], database.Provider, development), RunPlan.Nothing);
        var directory = settings.Try(() => data.Locate(development), new DataDirectory("."));
        AddModules(modules, directory);
        if (!development) settings.Refuse([.. DemoSecrets.Refusals(configuration, demo), .. DemoSecrets.UsedIn(configuration)]);
        settings.ThrowIfWrong();

        var services = builder.Services;
        var own = new OwnAddress();
        services.AddSingleton(modules).AddSingleton(plan).AddSingleton(directory).AddSingleton(own).AddSingleton(listening);
        services.AddSingleton(new DataKeys(data.Keys)).AddSingleton<MetricCollector>();
        services.AddPages(pages, SiteFacts.Of(configuration, development), build: background && development && plan.Faces.Contains(Face.MiniProgramApi));
        services.AddOpenApi(InterfaceDocument.Describe);
        services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(shutdown.GraceSeconds));
        services.Configure<ForwardedHeadersOptions>(o => Believe(o, proxies));
        if (plan.Faces.Contains(Face.Sandbox)) Development.Add(services, configuration, world, demo, directory, own);
        RunInBackground(modules, plan, background, database, jobs, directory);
        // Requests are counted and timed by metrics; to log each would begin an activity and a scope for it, which nobody reads.
        builder.Logging.ClearProviders().AddSerilog(Logs.To(directory, configuration), dispose: true)
            .AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None); // named with its provider: Serilog sets a filter for itself, which goes before those for all
        ConfigureServer(builder);
        listening.Configure(builder);
        adapt?.Invoke(services);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseCourierHttp(afterRouting: listening.Separate);
        Map(app, plan.Faces);
        return app;
    }

    private static void AddModules(ModuleRegistry modules, DataDirectory directory) => modules
        .AddKernel(directory.Path)
        .AddCourierHttp()
        .AddStaff()
        .AddEditions()
        .AddCalendars()
        .AddCustomers()
        .AddAddresses()
        .AddNetwork()
        .AddLanes()
        .AddRates()
        .AddOrders()
        .AddParcels()
        .AddKnowledge()
        .AddConversations()
        .AddNotifications()
        .AddInsight()
        .AddWechatGateway()
        .AddMiniProgramApi()
        .AddDesk();

    private static void Map(WebApplication app, IReadOnlySet<Face> faces)
    {
        Management.Map(app);
        if (faces.Contains(Face.WechatGateway)) app.MapWechatGateway();
        if (faces.Contains(Face.MiniProgramApi)) MapCustomers(app);
        if (faces.Contains(Face.Desk)) app.MapDesk().MapWechatDesk();
        if (faces.Contains(Face.Live)) app.MapLive();
        if (faces.Contains(Face.Sandbox)) Development.Map(app, faces);
    }

    private static void MapCustomers(WebApplication app)
    {
        app.MapMiniProgramApi();
        CustomerPages.Map(app);
    }

    private static void RunInBackground(ModuleRegistry modules, RunPlan plan, bool background, DatabaseOptions database, JobOptions jobs, DataDirectory directory)
    {
        if (background && plan.Outbox) modules.Services.AddHostedService<OutboxLoop>();
        if (background && plan.Faces.Contains(Face.WechatGateway)) modules.DrainSpools();
        if (background && plan.Telephone) modules.RunTelephone(always: plan.Roles.Contains(Role.CallCenter));
        if (background && plan.Jobs) modules.RunJobs(database, jobs, directory.Path);
        else modules.RunNoJobs();
    }

    // A certificate in Kestrel:Certificates:Default makes https addresses possible; the slim builder leaves TLS out by itself.
    // A request is worked on where its bytes were read, a thread of the pool, instead of being handed from thread to thread for each step.
    private static void ConfigureServer(WebApplicationBuilder builder) => builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true)
        .UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 8 * 1024 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    });

    private static void Believe(ForwardedHeadersOptions options, ProxyOptions proxies)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Networks()) options.KnownIPNetworks.Add(network);
        options.ForwardedHeaders = proxies.KnownProxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }
}
