using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.CallCenter.Routing;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Services.Staff;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.CallCenter.Tests.Routing;

/// <summary>Queues and agents on a database of their own, without telephones: what the process that has the calls holds.</summary>
internal sealed class CallFloor : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DatabaseOptions _database;
    private int _calls;

    private CallFloor(DatabaseOptions database, string directory, FakeClock clock)
    {
        (_database, Directory, Clock) = (database, directory, clock);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock).AddSingleton(database).AddSingleton(new OutboxOptions()).AddSingleton(new DemoOptions { Enabled = true });
        services.AddSingleton(new DataKeys(["a secret of these tests"])).AddSingleton<IJobAlarm, Nobody>().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        services.AddSingleton(new DataDirectory(directory)).AddSingleton(new OwnAddress());
        var modules = new ModuleRegistry(services, new Defaults());
        modules.AddKernel(directory).AddStaff().AddCalendars().AddCustomers().AddConversations().AddNotifications().AddRouting();
        services.AddSingleton<ISmsSender>(Sms);
        _services = services.BuildServiceProvider();
    }

    public FakeClock Clock { get; }
    public string Directory { get; }
    public Messages Sms { get; } = new();
    public Db Db => Get<Db>();
    public AgentBoard Board => Get<AgentBoard>();
    public CallQueues Queues => Get<CallQueues>();
    public QueueBook Book => Get<QueueBook>();
    public CallBacks CallBacks => Get<CallBacks>();

    /// <summary>With the demo agents agent1001 … agent1005, none of them at work, and the queues of the demonstration.</summary>
    public static async Task<CallFloor> Open(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("courier-test-").FullName;
        var database = new DatabaseOptions { Provider = provider, ConnectionString = provider == DatabaseProvider.MySql ? await MariaDb.NewDatabase() : "" };
        var floor = new CallFloor(database, directory, new FakeClock());
        await floor.Get<Migrator>().Apply();
        foreach (var task in floor._services.GetServices<IStartupTask>()) await task.Run(default);
        await floor.Refresh();
        return floor;
    }

    /// <summary>The same after a restart, or another process beside it.</summary>
    public async Task<CallFloor> Another()
    {
        var other = new CallFloor(_database, Directory, Clock);
        await other.Refresh();
        return other;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task Refresh() => Get<RoutingData>().Refresh(default);

    public async Task Drain() => (await Get<CallJournal>().Drain(default)).ShouldBeTrue();

    /// <summary>Lets time pass, second by second.</summary>
    public void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Get<RoutingClock>().Tick();
        }
    }

    public StaffId Agent(string user) => Board.Find(user) ?? throw new InvalidOperationException($"{user} is no agent");

    public Agent State(string user) => Board.Find(Agent(user))!;

    /// <summary>An agent comes to work and is ready.</summary>
    public StaffId Ready(string user)
    {
        Board.SignedOn(user);
        Board.Ready(Agent(user)).ShouldBeTrue();
        return Agent(user);
    }

    /// <summary>Changes a queue as a supervisor would.</summary>
    public void Rule(Func<CallQueue, CallQueue> change, string code = CallQueue.MainCode)
    {
        var queue = Book.Of(code);
        Book.Take([.. Book.All.Where(q => q.Code != code), change(queue) with { Version = queue.Version + 1 }]);
    }

    public QueueTicket Ticket(string queue = "main", string tier = "standard", params SkillNeed[] skills) =>
        new(Interlocked.Increment(ref _calls).ToString("x32", System.Globalization.CultureInfo.InvariantCulture), queue, skills, tier, null, null, Clock.GetUtcNow());

    public QueueEntry Join(string queue = "main", string tier = "standard", params SkillNeed[] skills) => Queues.Join(Ticket(queue, tier, skills));

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    internal sealed class Messages : ISmsSender
    {
        public System.Collections.Concurrent.ConcurrentDictionary<string, (Phone To, string Text)> Taken { get; } = [];

        public Task<bool> Send(Phone to, string text, string idempotencyKey, CancellationToken ct) => Task.FromResult(Taken.TryAdd(idempotencyKey, (to, text)));
    }

    private sealed class Nobody : IJobAlarm
    {
        public void Wake(string job)
        {
            // No jobs here.
        }
    }

    private sealed class Defaults : ISettings
    {
        public T Read<T>(string section) where T : class, ICheckedOptions, new() => new();
    }
}
