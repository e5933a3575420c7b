using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Insight;
using Courier.Services.Knowledge;
using Courier.Services.Lanes;
using Courier.Services.Network;
using Courier.Services.Notifications;
using Courier.Services.Orders;
using Courier.Services.Parcels;
using Courier.Services.Rates;
using Courier.Services.Staff;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Services.Tests;

/// <summary>The business capabilities on a database of their own, without any face: what one process of the product holds.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _directory;
    private readonly DatabaseOptions _database;
    private readonly ICheckedOptions[] _options;

    private Stage(DatabaseOptions database, string directory, FakeClock clock, IReadOnlyList<IChannel> channels, ICheckedOptions[] options)
    {
        (_database, _directory, _options, Clock) = (database, directory, options, clock);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock).AddSingleton(database).AddSingleton(new OutboxOptions()).AddSingleton(new DemoOptions { Enabled = true });
        services.AddSingleton(new DataKeys(["a secret of these tests"])).AddSingleton<IJobAlarm>(Alarm).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        foreach (var channel in channels) services.AddSingleton(channel);
        services.AddSingleton(new DataDirectory(directory)).AddSingleton(new OwnAddress()).AddSingleton<ISmsSender>(Sms);
        var modules = new ModuleRegistry(services, new GivenSettings(options));
        modules.AddKernel(directory).AddStaff().AddCalendars().AddCustomers().AddAddresses().AddNetwork().AddLanes().AddRates().AddOrders().AddParcels().AddKnowledge().AddConversations().AddNotifications().AddInsight();
        _services = services.BuildServiceProvider();
    }

    public FakeClock Clock { get; }
    public Bell Alarm { get; } = new();
    public Operator Sms { get; } = new();
    public Db Db => Get<Db>();
    public DataKeys Keys => Get<DataKeys>();

    public static async Task<Stage> Set(DatabaseProvider provider, IReadOnlyList<IChannel>? channels = null, params ICheckedOptions[] options)
    {
        var directory = Directory.CreateTempSubdirectory("courier-test-").FullName;
        var database = new DatabaseOptions { Provider = provider, ConnectionString = provider == DatabaseProvider.MySql ? await MariaDb.NewDatabase() : "" };
        var stage = new Stage(database, directory, new FakeClock(), channels ?? [], options);
        await stage.Get<Migrator>().Apply();
        return stage;
    }

    /// <summary>A second process on the same database.</summary>
    public Stage AnotherProcess(params IChannel[] channels) => new(_database, _directory, Clock, channels, _options);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Does what a process does once at start.</summary>
    public async Task Begin<TTask>() where TTask : IStartupTask
    {
        await _services.GetServices<IStartupTask>().OfType<TTask>().Single().Run(CancellationToken.None);
    }

    /// <summary>Runs a job once.</summary>
    public async Task Run<TJob>(CancellationToken ct = default) where TJob : IScheduledJob
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TJob>().Run(ct);
    }

    /// <summary>Delivers the events.</summary>
    public Task<int> Deliver() => Get<OutboxDispatcher>().RunUntilIdle();

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    public sealed class Bell : IJobAlarm
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Rung { get; } = [];

        public void Wake(string job) => Rung.Enqueue(job);
    }

    /// <summary>The operator of short messages: it keeps what it takes, and drops repeats of a key.</summary>
    public sealed class Operator : ISmsSender
    {
        public System.Collections.Concurrent.ConcurrentDictionary<string, (Phone To, string Text)> Taken { get; } = [];

        public bool IsAway { get; set; }

        public Task<bool> Send(Phone to, string text, string idempotencyKey, CancellationToken ct)
        {
            if (!IsAway) Taken.TryAdd(idempotencyKey, (to, text));
            return Task.FromResult(!IsAway);
        }
    }

    private sealed class GivenSettings(ICheckedOptions[] given) : ISettings
    {
        public T Read<T>(string section) where T : class, ICheckedOptions, new() => given.OfType<T>().FirstOrDefault() ?? new T();
    }
}
