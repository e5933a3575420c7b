using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Kernel.Modules;

/// <summary>The ground that the capabilities stand on: database, outbox, keys.</summary>
public static class KernelModule
{
    /// <summary>Adds database, migrator, outbox and their jobs. Options are added by the caller.</summary>
    /// <param name="modules">Where to register.</param>
    /// <param name="dataDirectory">Where files of this process lie.</param>
    public static ModuleRegistry AddKernel(this ModuleRegistry modules, string dataDirectory)
    {
        var services = modules.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new EventCatalog(modules.Reactions));
        services.AddSingleton<Outbox>();
        services.AddSingleton(p => Db.Open(p.GetRequiredService<DatabaseOptions>(), dataDirectory, p.GetRequiredService<Outbox>()));
        services.AddSingleton(p => p.GetRequiredService<Db>().Dialect);
        services.AddSingleton<Migrator>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<OnceAMinute>();
        return modules.Job<PurgeOutbox>("outbox.purge", JobSchedule.At("0 20 3 * * ?"));
    }
}
