using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Courier.Kernel.Modules;

/// <summary>Scheduled jobs, run by Quartz.</summary>
public static class JobsModule
{
    /// <summary>Lets this process run the registered jobs.</summary>
    /// <param name="modules">Where to register; its jobs are read when the process starts.</param>
    /// <param name="database">Which database holds the schedules.</param>
    /// <param name="jobs">How jobs are run.</param>
    /// <param name="dataDirectory">Where the schedules' file lies when the database is SQLite.</param>
    public static ModuleRegistry RunJobs(this ModuleRegistry modules, DatabaseOptions database, JobOptions jobs, string dataDirectory)
    {
        var services = modules.Services;
        services.AddQuartz(quartz => JobStore.Configure(quartz, database, jobs, dataDirectory));
        services.AddSingleton<JobPatience>();
        services.AddTransient<RegisteredJob>();
        services.AddSingleton(p => new JobScheduler(
            p.GetRequiredService<ISchedulerFactory>(), modules, jobs, p.GetRequiredService<JobPatience>(), p.GetRequiredService<ILogger<JobScheduler>>()));
        services.AddSingleton<IJobAlarm>(p => p.GetRequiredService<JobScheduler>());
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<JobScheduler>());
        return modules;
    }

    /// <summary>This process runs no jobs; waking one is left to those that do.</summary>
    public static ModuleRegistry RunNoJobs(this ModuleRegistry modules)
    {
        modules.Services.AddSingleton<IJobAlarm, SilentAlarm>();
        return modules;
    }
}
