using Courier.CallCenter;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Modules;
using Courier.MiniProgramApi;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Network;
using Courier.Services.Notifications;
using Courier.Services.Parcels;
using Courier.Services.Staff;
using Courier.WechatGateway;

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
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = new Settings(builder.Configuration);
        var development = builder.Environment.IsDevelopment();
        var modules = new ModuleRegistry(builder.Services, settings);
        var database = modules.Options<DatabaseOptions>("Database");
        var data = settings.Read<DataOptions>("Data");
        var plan = Roles.Read(builder.Configuration["Roles"], database.Provider, development);
        var directory = data.Locate(development);
        modules.Options<OutboxOptions>("Outbox");
        modules.Options<DemoOptions>("Demo");
        AddModules(modules, directory);
        settings.ThrowIfWrong();

        builder.Services.AddSingleton(modules).AddSingleton(plan).AddSingleton(directory).AddSingleton<OwnAddress>();
        builder.Services.AddSingleton(new DataKeys(data.Keys));
        builder.Services.AddOpenApi();
        if (background && plan.Outbox) builder.Services.AddHostedService<OutboxLoop>();
        adapt?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseCourierHttp();
        Map(app, plan.Faces);
        return app;
    }

    private static void AddModules(ModuleRegistry modules, DataDirectory directory) => modules
        .AddKernel(directory.Path)
        .AddCourierHttp()
        .AddStaff()
        .AddCalendars()
        .AddCustomers()
        .AddNetwork()
        .AddParcels()
        .AddKnowledge()
        .AddConversations()
        .AddNotifications()
        .AddWechatGateway()
        .AddMiniProgramApi()
        .AddDesk();

    private static void Map(WebApplication app, IReadOnlySet<Face> faces)
    {
        app.MapOpenApi().ForAnyone("the document describes the interface, it holds no data");
        if (faces.Contains(Face.WechatGateway)) app.MapWechatGateway();
        if (faces.Contains(Face.MiniProgramApi)) app.MapMiniProgramApi();
        if (faces.Contains(Face.Desk)) app.MapDesk();
    }
}
