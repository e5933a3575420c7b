using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Host.Tests.Jobs;

/// <summary>A process that runs jobs: the scheduler as the product composes it, with jobs of the test's own.</summary>
internal sealed class JobProcess : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _stopped;

    private JobProcess(IHost host) => _host = host;

    public IJobAlarm Alarm => _host.Services.GetRequiredService<IJobAlarm>();

    public static async Task<JobProcess> Start(DatabaseOptions database, string directory, Action<ModuleRegistry> jobs, JobOptions? options = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var modules = new ModuleRegistry(builder.Services, new NoSettings());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(modules).AddSingleton(database).AddSingleton(new OutboxOptions());
        builder.Services.AddSingleton(_ => new EventCatalog([])).AddSingleton<Outbox>();
        builder.Services.AddSingleton(p => Db.Open(database, directory, p.GetRequiredService<Outbox>()));
        jobs(modules);
        modules.RunJobs(database, options ?? new JobOptions(), directory);
        var host = builder.Build();
        await host.StartAsync();
        return new JobProcess(host);
    }

    public Task Stop() => Interlocked.Exchange(ref _stopped, true) ? Task.CompletedTask : _host.StopAsync();

    /// <summary>The body of the process that a test kills: it writes a row at each tick.</summary>
    public static async Task<int> RunUntilKilled(string connection, string name)
    {
        var database = new DatabaseOptions { Provider = DatabaseProvider.MySql, ConnectionString = connection };
        await using var process = await Start(database, Path.GetTempPath(), m =>
        {
            m.Services.AddSingleton(new ProcessName(name));
            m.Job<WriteTick>("test.tick", JobSchedule.Every(TimeSpan.FromSeconds(1)));
        });
        await Task.Delay(Timeout.InfiniteTimeSpan);
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private sealed class NoSettings : ISettings
    {
        public T Read<T>(string section) where T : class, ICheckedOptions, new() => new();
    }
}

internal sealed record ProcessName(string Name);

internal sealed class WriteTick(Db db, TimeProvider clock, ProcessName process) : IScheduledJob
{
    public Task Run(CancellationToken ct) =>
        db.Execute("insert into ticks (process, at) values (@Name, @now)", new { process.Name, now = clock.GetUtcNow() }, ct);
}
