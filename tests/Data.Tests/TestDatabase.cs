using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Modules;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Data.Tests;

/// <summary>An empty database with the product's schema, and the container that an outbox needs.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string? _directory;

    private TestDatabase(DatabaseOptions options, string? directory, FakeClock clock, Action<ModuleRegistry>? modules)
    {
        Options = options;
        _directory = directory;
        Clock = clock;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(options);
        services.AddSingleton(new OutboxOptions { Attempts = 4 });
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        var registry = new ModuleRegistry(services, new NoSettings());
        registry.AddKernel(directory ?? Path.GetTempPath());
        modules?.Invoke(registry);
        _services = services.BuildServiceProvider();
    }

    public DatabaseOptions Options { get; }
    public FakeClock Clock { get; }
    public Db Db => _services.GetRequiredService<Db>();
    public Outbox Outbox => _services.GetRequiredService<Outbox>();
    public OutboxDispatcher Dispatcher => _services.GetRequiredService<OutboxDispatcher>();
    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A dispatcher as another process would have it: same database, its own connections.</summary>
    public TestDatabase AnotherProcess(Action<ModuleRegistry>? modules = null) => new(Options, _directory, Clock, modules);

    public static async Task<TestDatabase> Create(DatabaseProvider provider, Action<ModuleRegistry>? modules = null, TimeSpan? commandTimeout = null)
    {
        var directory = provider == DatabaseProvider.Sqlite ? Directory.CreateTempSubdirectory("courier-test-").FullName : null;
        var options = new DatabaseOptions
        {
            Provider = provider,
            ConnectionString = provider == DatabaseProvider.MySql ? await MariaDb.NewDatabase() : "",
            CommandTimeout = commandTimeout ?? TimeSpan.FromSeconds(20),
        };
        var database = new TestDatabase(options, directory, new FakeClock(), modules);
        await database.Get<Migrator>().Apply();
        return database;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private sealed class NoSettings : ISettings
    {
        public T Read<T>(string section) where T : class, Kernel.ICheckedOptions, new() => new();
    }
}
