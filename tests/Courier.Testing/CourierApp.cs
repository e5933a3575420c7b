using Courier.Host;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Testing;

/// <summary>How a <see cref="CourierApp"/> differs from the default: Development, role all, SQLite, everything at hand.</summary>
public sealed record CourierAppOptions
{
    /// <summary>A connection string from <see cref="MariaDb.NewDatabase"/>; null for an SQLite file of its own.</summary>
    public string? MariaDb { get; init; }

    /// <summary>Where files lie; null for a temporary folder that goes with the app. Two apps, one after the other, may share one.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Settings on top of those of Development: "Notifications:QuietHours" → "".</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether demo data are loaded.</summary>
    public bool Demo { get; init; }

    /// <summary>Development unless a test is about another environment.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>The clock; null for a new one.</summary>
    public FakeClock? Clock { get; init; }

    /// <summary>Last changes to the services.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Endpoints of the test's own beside those of the product.</summary>
    public Action<IEndpointRouteBuilder>? Endpoints { get; init; }
}

/// <summary>
/// The real product under test: its composition on Kestrel at a free port, its database, its sandbox; only the clock is a test's,
/// and the outbox and the jobs run when the test says so.
/// </summary>
public sealed class CourierApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _temporary;
    private readonly HandAlarm _alarm;
    private readonly Dictionary<string, DateTimeOffset> _lastRuns = new(StringComparer.Ordinal);

    private CourierApp(WebApplication app, FakeClock clock, HandAlarm alarm, string dataDirectory, string? temporary)
    {
        _app = app;
        _alarm = alarm;
        _temporary = temporary;
        Clock = clock;
        DataDirectory = dataDirectory;
        Http = NewClient();
    }

    /// <summary>Speaks to the app; sends no cookies back.</summary>
    public HttpClient Http { get; }

    /// <summary>Where the app listens.</summary>
    public Uri Address => _app.Services.GetRequiredService<OwnAddress>().Base;

    /// <summary>The app's clock.</summary>
    public FakeClock Clock { get; }

    /// <summary>The app's container.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where the app's files lie.</summary>
    public string DataDirectory { get; }

    /// <summary>Starts an app.</summary>
    public static async Task<CourierApp> Start(CourierAppOptions? options = null)
    {
        options ??= new();
        var clock = options.Clock ?? new FakeClock();
        var alarm = new HandAlarm();
        var temporary = options.DataDirectory is null ? Directory.CreateTempSubdirectory("courier-test-").FullName : null;
        var directory = options.DataDirectory ?? temporary!;
        var app = Composition.Build(Arguments(options, directory), background: false, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            services.Replace(ServiceDescriptor.Singleton<IJobAlarm>(alarm));
            options.Services?.Invoke(services);
        });
        options.Endpoints?.Invoke(app);
        await app.Serve();
        return new CourierApp(app, clock, alarm, directory, temporary);
    }

    /// <summary>A client of its own, for instance with cookies.</summary>
    /// <param name="cookies">Whether it keeps cookies, as a browser does.</param>
    public HttpClient NewClient(bool cookies = false) =>
        new(new SocketsHttpHandler { UseCookies = cookies, AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(100) };

    /// <summary>Makes an instance of what the container can make, such as a job.</summary>
    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>
    /// Runs the outbox, the jobs that were woken and the interval jobs that are due on the clock, until nothing is left to do.
    /// Jobs with a cron schedule run by <see cref="RunJob"/> only.
    /// </summary>
    public async Task Settle(CancellationToken ct = default)
    {
        for (var round = 0; round < 100; round++)
        {
            var delivered = await Get<OutboxDispatcher>().RunUntilIdle(ct);
            var due = Due();
            foreach (var job in due) await Run(job, ct);
            if (delivered == 0 && due.Count == 0) return;
        }
        throw new TimeoutException("the app does not come to rest: something makes new work all the time");
    }

    /// <summary>Runs a job once, whether it is due or not.</summary>
    public Task RunJob(string name, CancellationToken ct = default) =>
        Run(Jobs.SingleOrDefault(j => j.Name == name) ?? throw new ArgumentException($"no job is called {name}"), ct);

    /// <summary>Lets time go on, step by step, while what is due runs; a quarter of a second takes long enough for a call that works.</summary>
    /// <param name="time">How long.</param>
    /// <param name="step">From one look at what is due to the next; a second when null.</param>
    public async Task Live(TimeSpan time, TimeSpan? step = null)
    {
        var (end, each) = (Clock.GetUtcNow() + time, step ?? TimeSpan.FromSeconds(1));
        while (Clock.GetUtcNow() < end)
        {
            await WhileTimePasses(Settle(), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(0.25));
            if (end - Clock.GetUtcNow() is { Ticks: > 0 } left) Clock.Advance(each < left ? each : left);
        }
    }

    /// <summary>Stops the app and removes its temporary files.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_temporary is not null) await Wait.Until(() => IsRemoved(_temporary), "the app lets its files go", TimeSpan.FromSeconds(60));
    }

    /// <summary>Sets the clock to the machine's time, which a database server has: readiness compares the two.</summary>
    public void TakeTheMachinesTime() => Clock.Sleep(TimeProvider.System.GetUtcNow() - Clock.GetUtcNow());

    // A call to WeChat that outlives the stop may still write a line of log while the folder is removed.
    private static bool IsRemoved(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(directory);
        }
    }

    private IReadOnlyList<JobRegistration> Jobs => Get<ModuleRegistry>().Jobs;

    private List<JobRegistration> Due()
    {
        var woken = _alarm.Take();
        return [.. Jobs.Where(j => woken.Contains(j.Name) || IsDue(j))];
    }

    private bool IsDue(JobRegistration job) =>
        job.Schedule.Interval is { } interval
        && (!_lastRuns.TryGetValue(job.Name, out var last) || last + interval <= Clock.GetUtcNow());

    private async Task Run(JobRegistration job, CancellationToken ct)
    {
        _lastRuns[job.Name] = Clock.GetUtcNow();
        await using var scope = _app.Services.CreateAsyncScope();
        await WhileTimePasses(((IScheduledJob)scope.ServiceProvider.GetRequiredService(job.Type)).Run(ct), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
    }

    // A job may wait for the clock: the test has moved it while the app's first call to WeChat was under way, that call has
    // timed out on it and is tried again after a pause on it. Time then goes on, slowly, until the job is done.
    private async Task WhileTimePasses(Task work, TimeSpan patience, TimeSpan step)
    {
        while (await Task.WhenAny(work, Task.Delay(patience)) != work) Clock.Advance(step);
        await work;
    }

    private static string[] Arguments(CourierAppOptions options, string directory) =>
    [
        $"--environment={options.Environment}",
        "--urls=http://127.0.0.1:0",
        $"--Data:Directory={directory}",
        $"--Demo:Enabled={options.Demo}",
        "--Sandbox:Plays=false",
        "--Serilog:MinimumLevel:Default=Warning",
        .. options.MariaDb is { } connection ? ["--Database:Provider=MySql", $"--Database:ConnectionString={connection}"] : Array.Empty<string>(),
        .. options.Settings.Select(s => $"--{s.Key}={s.Value}"),
    ];

    /// <summary>Remembers which jobs were woken until the test runs them.</summary>
    private sealed class HandAlarm : IJobAlarm
    {
        private readonly Lock _gate = new();
        private HashSet<string> _woken = new(StringComparer.Ordinal);

        public void Wake(string job) { lock (_gate) _woken.Add(job); }

        public HashSet<string> Take()
        {
            lock (_gate) return Interlocked.Exchange(ref _woken, new(StringComparer.Ordinal));
        }
    }
}
