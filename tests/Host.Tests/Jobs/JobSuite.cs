using System.Collections.Concurrent;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Host.Tests.Jobs;

/// <summary>What scheduled jobs promise, on each database.</summary>
public abstract class JobSuite : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("courier-jobs-").FullName;
    private DatabaseOptions _database = null!;

    protected abstract Task<DatabaseOptions> NewDatabase();

    public async Task InitializeAsync() => _database = await NewDatabase();

    public Task DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_job_runs_again_and_again()
    {
        var runs = new Runs();
        await using var process = await Start(runs, JobSchedule.Every(TimeSpan.FromSeconds(1)));
        await Wait.Until(() => runs.Ended >= 3, "three runs");
    }

    [Fact]
    public async Task A_job_that_fails_runs_again_by_its_schedule()
    {
        var runs = new Runs { Body = _ => throw new InvalidDataException("always") };
        await using var process = await Start(runs, JobSchedule.Every(TimeSpan.FromSeconds(1)));
        await Wait.Until(() => runs.Began >= 2, "a run after a failed one");
    }

    [Fact]
    public async Task A_woken_job_runs_at_once()
    {
        var runs = new Runs();
        await using var process = await Start(runs, Never);
        process.Alarm.Wake("test.job");
        await Wait.Until(() => runs.Ended == 1, "the run");
    }

    [Fact]
    public async Task Many_wakes_during_a_run_are_one_more_run_and_runs_never_overlap()
    {
        var go = new TaskCompletionSource();
        var runs = new Runs { Body = _ => go.Task };
        await using var process = await Start(runs, Never);
        process.Alarm.Wake("test.job");
        await Wait.Until(() => runs.Began == 1, "the first run");
        for (var i = 0; i < 20; i++) process.Alarm.Wake("test.job");
        process.Alarm.Wake("test.other");
        await Wait.Until(() => runs.Others == 1, "the wakes to be passed on, in their order");
        go.SetResult();
        await Wait.Until(() => runs.Ended >= 2, "the run for all the wakes");
        process.Alarm.Wake("test.other");
        await Wait.Until(() => runs.Others == 2, "one more job after it");
        runs.Ended.ShouldBe(2);
        runs.Most.ShouldBe(1);
    }

    [Fact]
    public async Task Ticks_that_were_missed_do_not_come_in_a_burst()
    {
        var runs = new Runs();
        var times = new ConcurrentQueue<TimeSpan>(); // the end of the long run, then the beginning of each run after it
        var once = true;
        runs.Body = async ct =>
        {
            if (once) await Wait.Until(() => runs.Clock.Elapsed > TimeSpan.FromSeconds(6), "six ticks to be missed");
            once = false;
            times.Enqueue(runs.Clock.Elapsed);
        };
        await using var process = await Start(runs, JobSchedule.Every(TimeSpan.FromSeconds(1)));
        await Wait.Until(() => runs.Ended >= 4, "the schedule to go on");
        (times.ElementAt(3) - times.First()).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_shutdown_lets_a_run_finish()
    {
        var runs = new Runs();
        var go = new TaskCompletionSource();
        runs.Body = ct => go.Task.WaitAsync(ct);
        await using var process = await Start(runs, Never);
        process.Alarm.Wake("test.job");
        await Wait.Until(() => runs.Began == 1, "the run");
        var stop = process.Stop();
        go.SetResult();
        await stop;
        runs.Ended.ShouldBe(1);
    }

    [Fact]
    public async Task A_shutdown_cuts_a_run_that_takes_too_long()
    {
        var runs = new Runs { Body = ct => Task.Delay(Timeout.InfiniteTimeSpan, ct) };
        await using var process = await Start(runs, Never, new JobOptions { Patience = TimeSpan.FromMilliseconds(200) });
        process.Alarm.Wake("test.job");
        await Wait.Until(() => runs.Began == 1, "the run");
        await process.Stop().WaitAsync(TimeSpan.FromMinutes(1));
        runs.Ended.ShouldBe(0);
    }

    [Fact]
    public async Task A_schedule_of_every_kind_is_kept_over_restarts_and_changed_ones_are_replaced()
    {
        var runs = new Runs();
        await using (await Start(runs, JobSchedule.At("0 0 4 * * ?"))) { }
        await using (await Start(runs, JobSchedule.At("0 0 4 * * ?"))) { }
        runs.Began.ShouldBe(0);
        await using (await Start(runs, JobSchedule.At("* * * * * ?")))
        {
            await Wait.Until(() => runs.Ended >= 1, "the new schedule");
        }
    }

    private static JobSchedule Never => JobSchedule.At("0 0 4 1 1 ? 2090");

    private Task<JobProcess> Start(Runs runs, JobSchedule schedule, JobOptions? options = null) => JobProcess.Start(_database, _directory, m =>
    {
        m.Services.AddSingleton(runs);
        m.Job<TestJob>("test.job", schedule).Job<OtherJob>("test.other", Never);
    }, options);

    internal sealed class Runs
    {
        private int _began, _ended, _now, _most, _others;

        public System.Diagnostics.Stopwatch Clock { get; } = System.Diagnostics.Stopwatch.StartNew();
        public Func<CancellationToken, Task> Body { get; set; } = _ => Task.CompletedTask;
        public int Began => _began;
        public int Ended => _ended;
        public int Most => _most;
        public int Others => _others;

        public void Other() => Interlocked.Increment(ref _others);

        public async Task Run(CancellationToken ct)
        {
            Interlocked.Increment(ref _began);
            _most = Math.Max(_most, Interlocked.Increment(ref _now));
            try
            {
                await Body(ct);
                Interlocked.Increment(ref _ended);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }

    internal sealed class TestJob(Runs runs) : IScheduledJob
    {
        public Task Run(CancellationToken ct) => runs.Run(ct);
    }

    internal sealed class OtherJob(Runs runs) : IScheduledJob
    {
        public Task Run(CancellationToken ct)
        {
            runs.Other();
            return Task.CompletedTask;
        }
    }
}

public sealed class JobsOnSqlite : JobSuite
{
    protected override Task<DatabaseOptions> NewDatabase() => Task.FromResult(new DatabaseOptions());
}

public sealed class JobsOnMariaDb : JobSuite
{
    protected override async Task<DatabaseOptions> NewDatabase() =>
        new() { Provider = DatabaseProvider.MySql, ConnectionString = await MariaDb.NewDatabase() };
}
