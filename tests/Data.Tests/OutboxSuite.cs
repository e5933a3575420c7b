using System.Collections.Concurrent;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Modules;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Data.Tests;

public sealed class OutboxOnSqlite() : OutboxSuite(DatabaseProvider.Sqlite);

public sealed class OutboxOnMariaDb() : OutboxSuite(DatabaseProvider.MySql);

[EventName("test.moved.v1")]
public sealed record Moved(string Aggregate, long Version, string Note = "") : IEvent;

/// <summary>The far end of the test's reactions: what they saw, and what they are told to do.</summary>
public sealed class Script
{
    public ConcurrentQueue<string> Seen { get; } = [];
    public Func<Moved, Tx, Task> Before { get; set; } = (_, _) => Task.CompletedTask;
    public Func<Moved, Tx, Task> After { get; set; } = (_, _) => Task.CompletedTask;
}

public sealed class WriteDown(Script script) : IReaction<Moved>
{
    public async Task Handle(Delivery<Moved> delivery, Tx tx, CancellationToken ct)
    {
        var e = delivery.Event;
        await script.Before(e, tx);
        await tx.Execute("insert into seen (aggregate, version, delivery) values (@Aggregate, @Version, @Id)", new { e.Aggregate, e.Version, delivery.Id }, ct);
        script.Seen.Enqueue($"{e.Aggregate}{e.Version}");
        await script.After(e, tx);
    }
}

public sealed class WriteDownTogether(Script script) : IBatchReaction<Moved>
{
    public async Task Handle(IReadOnlyList<Delivery<Moved>> batch, Tx tx, CancellationToken ct)
    {
        foreach (var d in batch) await script.Before(d.Event, tx);
        await tx.InsertRows("seen", ["aggregate", "version", "delivery"], batch.Select(d => new object?[] { d.Event.Aggregate, d.Event.Version, d.Id }), ct: ct);
        script.Seen.Enqueue($"batch of {batch.Count}");
    }
}

/// <summary>Events reach their reactions: once in effect, in order where asked for, whatever breaks in between.</summary>
public abstract class OutboxSuite(DatabaseProvider provider)
{
    private readonly Script _script = new();

    [Fact]
    public async Task An_event_reaches_its_reaction_and_its_effect_is_there_once()
    {
        await using var database = await Start();
        await Publish(database, new Moved("a", 1));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(1);
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(0);
        (await Effects(database)).ShouldBe(["a1"]);
    }

    [Fact]
    public async Task What_is_undone_publishes_nothing()
    {
        await using var database = await Start();
        await Should.ThrowAsync<TimeoutException>(() => database.Db.InTransaction(async tx =>
        {
            await tx.Publish(new Moved("a", 1));
            throw new TimeoutException();
        }));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_listening_is_fine()
    {
        await using var database = await TestDatabase.Create(provider);
        await Publish(database, new Moved("a", 1));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(0);
    }

    [Fact]
    public async Task A_failure_leaves_nothing_behind_and_comes_again_after_growing_delays()
    {
        await using var database = await Start();
        _script.After = (_, _) => throw new InvalidDataException("breaks after its change");
        await Publish(database, new Moved("a", 1));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(1);
        (await Effects(database)).ShouldBeEmpty();

        database.Clock.Advance(TimeSpan.FromMilliseconds(900));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(0);
        database.Clock.Advance(TimeSpan.FromMilliseconds(200));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(1);
        database.Clock.Advance(TimeSpan.FromMilliseconds(1900));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(0);

        _script.After = (_, _) => Task.CompletedTask;
        database.Clock.Advance(TimeSpan.FromMilliseconds(200));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(1);
        (await Effects(database)).ShouldBe(["a1"]);
    }

    [Fact]
    public async Task What_never_works_is_dead_shown_and_requeued_by_a_person_and_never_stops_others()
    {
        await using var database = await Start();
        _script.Before = (e, _) => e.Aggregate == "bad" ? throw new InvalidDataException("never works") : Task.CompletedTask;
        await Publish(database, new Moved("bad", 1));
        await Publish(database, new Moved("good", 1));
        for (var i = 0; i < 6; i++)
        {
            await database.Dispatcher.RunUntilIdle();
            database.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        (await Effects(database)).ShouldBe(["good1"]);
        var dead = (await DeadLetters.List(database.Db, null, 10, default)).ShouldHaveSingleItem();
        dead.Attempts.ShouldBe(4);
        dead.LastError.ShouldContain("never works");

        _script.Before = (_, _) => Task.CompletedTask;
        (await database.Db.InTransaction(tx => DeadLetters.Requeue(tx, database.Outbox, dead.Id, database.Clock.GetUtcNow(), default))).ShouldBeTrue();
        await database.Dispatcher.RunUntilIdle();
        (await Effects(database)).ShouldBe(["bad1", "good1"]);
    }

    [Fact]
    public async Task Events_of_one_aggregate_come_in_the_order_of_its_versions()
    {
        await using var database = await Start(DeliveryOrder.PerAggregate);
        foreach (var version in new[] { 3L, 1L, 2L }) await Publish(database, new Moved("a", version));
        await Publish(database, new Moved("b", 1));
        await database.Dispatcher.RunUntilIdle();
        _script.Seen.Where(s => s[0] == 'a').ShouldBe(["a1", "a2", "a3"]);
        _script.Seen.ShouldContain("b1");
    }

    [Fact]
    public async Task A_dead_one_stops_only_its_own_aggregate()
    {
        await using var database = await Start(DeliveryOrder.PerAggregate);
        _script.Before = (e, _) => e is { Aggregate: "a", Version: 1 } ? throw new InvalidDataException("no") : Task.CompletedTask;
        foreach (var e in new[] { new Moved("a", 1), new Moved("a", 2), new Moved("b", 1), new Moved("b", 2) }) await Publish(database, e);
        await Die(database);
        (await Effects(database)).ShouldBe(["b1", "b2"]);
        var dead = (await DeadLetters.List(database.Db, null, 10, default)).ShouldHaveSingleItem();
        await database.Db.InTransaction(tx => DeadLetters.Drop(tx, database.Outbox, dead.Id, database.Clock.GetUtcNow(), default));
        await database.Dispatcher.RunUntilIdle();
        (await Effects(database)).ShouldBe(["a2", "b1", "b2"]);
    }

    [Fact]
    public async Task A_newer_state_supersedes_a_dead_one_where_the_latest_wins()
    {
        await using var database = await Start(DeliveryOrder.LatestWins);
        _script.Before = (e, _) => e.Version == 1 ? throw new InvalidDataException("no") : Task.CompletedTask;
        await Publish(database, new Moved("a", 1));
        await Publish(database, new Moved("a", 2));
        await Die(database);
        (await Effects(database)).ShouldBe(["a2"]);
        (await DeadLetters.List(database.Db, null, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_processes_share_the_work_and_each_effect_is_there_once()
    {
        await using var database = await Start();
        await using var other = database.AnotherProcess(Modules(DeliveryOrder.None));
        await database.Db.InTransaction(tx => tx.Publish([.. Enumerable.Range(0, 300).Select(i => new Moved($"a{i}", 1))]));
        await Task.WhenAll(database.Dispatcher.RunUntilIdle(), other.Dispatcher.RunUntilIdle());
        (await database.Db.First<long>("select count(*) from seen")).ShouldBe(300);
        (await database.Db.First<long>("select count(distinct delivery) from seen")).ShouldBe(300);
    }

    [Fact]
    public async Task A_batch_commits_together_and_one_that_fails_does_not_take_the_others_with_it()
    {
        await using var database = await TestDatabase.Create(provider, m =>
        {
            m.Services.AddSingleton(_script);
            m.BatchReaction<Moved, WriteDownTogether>("test.together", 50);
        });
        await CreateSeen(database);
        await database.Db.InTransaction(tx => tx.Publish([.. Enumerable.Range(0, 120).Select(i => new Moved($"a{i:000}", 1))]));
        await database.Dispatcher.RunUntilIdle();
        _script.Seen.ShouldBe(["batch of 50", "batch of 50", "batch of 20"]);

        _script.Before = (e, _) => e.Aggregate == "b3" ? throw new InvalidDataException("no") : Task.CompletedTask;
        await database.Db.InTransaction(tx => tx.Publish([.. Enumerable.Range(0, 5).Select(i => new Moved($"b{i}", 1))]));
        await database.Dispatcher.RunUntilIdle();
        (await Effects(database)).Where(s => s[0] == 'b').ShouldBe(["b01", "b11", "b21", "b41"]);
    }

    /// <summary>The process dies at each step of a delivery in turn; afterwards another process finds nothing lost and nothing doubled.</summary>
    [Theory]
    [InlineData("after the claim")]
    [InlineData("before the change")]
    [InlineData("after the change")]
    [InlineData("before the commit")]
    public async Task A_crash_between_any_two_steps_loses_and_doubles_nothing(string step)
    {
        await using var database = await Start(DeliveryOrder.PerAggregate);
        await Publish(database, new Moved("a", 1));
        await Publish(database, new Moved("a", 2));

        using var crash = new CancellationTokenSource();
        Task Die(Moved e, Tx tx)
        {
            crash.Cancel();
            throw new OperationCanceledException(crash.Token); // what a shutdown does to a running statement; no further line of the dispatcher runs
        }
        if (step == "after the claim") await ClaimAndVanish(database);
        else
        {
            if (step == "before the change") _script.Before = Die;
            if (step == "after the change") _script.After = Die;
            if (step == "before the commit") _script.After = (_, tx) => { tx.AfterCommit(() => { }); crash.Cancel(); return Task.CompletedTask; };
            await Should.ThrowAsync<OperationCanceledException>(() => database.Dispatcher.RunUntilIdle(crash.Token));
        }

        _script.Before = _script.After = (_, _) => Task.CompletedTask;
        await using var other = database.AnotherProcess(Modules(DeliveryOrder.PerAggregate));
        (await other.Dispatcher.RunUntilIdle()).ShouldBe(0); // the lease still runs
        database.Clock.Advance(TimeSpan.FromSeconds(61));
        (await other.Dispatcher.RunUntilIdle()).ShouldBe(2);
        (await Effects(database)).ShouldBe(["a1", "a2"]);
    }

    [Fact]
    public async Task A_process_that_comes_back_after_its_lease_ended_commits_nothing()
    {
        await using var database = await Start();
        await using var other = database.AnotherProcess(Modules(DeliveryOrder.None));
        await Publish(database, new Moved("a", 1));
        var slow = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        var first = true;
        _script.Before = async (_, _) =>
        {
            if (!first) return;
            first = false;
            reached.SetResult();
            await slow.Task;
        };
        var stalled = database.Dispatcher.RunOnce();
        await reached.Task;
        database.Clock.Advance(TimeSpan.FromSeconds(61));
        var takeover = other.Dispatcher.RunOnce();
        if (provider == DatabaseProvider.MySql) await takeover; // SQLite has one writer: the second process waits for the first
        slow.SetResult();
        await Task.WhenAll(stalled, takeover);
        await other.Dispatcher.RunUntilIdle();
        (await Effects(database)).ShouldBe(["a1"]);
    }

    [Fact]
    public async Task A_shutdown_finishes_the_reaction_under_way_and_gives_the_rest_back_at_once()
    {
        await using var database = await Start();
        await using var other = database.AnotherProcess(Modules(DeliveryOrder.None));
        await database.Db.InTransaction(tx => tx.Publish([new Moved("a", 1), new Moved("b", 1), new Moved("c", 1)]));
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _script.Before = async (_, _) => { reached.TrySetResult(); await go.Task; };
        var loop = database.Get<OutboxLoop>();
        await loop.StartAsync(default);
        await reached.Task;
        var stop = loop.StopAsync(default);
        go.SetResult();
        await stop;
        (await Effects(database)).Count.ShouldBe(1);

        (await other.Dispatcher.RunUntilIdle()).ShouldBe(2); // no lease to wait for
        (await Effects(database)).ShouldBe(["a1", "b1", "c1"]);
        (await database.Db.First<long>("select max(attempts) from outbox_deliveries")).ShouldBe(1);
    }

    [Fact]
    public async Task A_shutdown_without_any_time_left_cuts_the_reaction_under_way_and_it_comes_again()
    {
        await using var database = await Start();
        await Publish(database, new Moved("a", 1));
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _script.Before = async (_, _) => { reached.TrySetResult(); await go.Task; };
        var loop = database.Get<OutboxLoop>();
        await loop.StartAsync(default);
        await reached.Task;
        await loop.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(10));
        go.SetResult();
        await loop.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10));
        (await Effects(database)).ShouldBeEmpty();

        database.Clock.Advance(TimeSpan.FromSeconds(61));
        (await database.Dispatcher.RunUntilIdle()).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_delivered_a_week_ago_is_removed_and_what_is_open_stays()
    {
        await using var database = await Start();
        await Publish(database, new Moved("a", 1));
        await database.Dispatcher.RunUntilIdle();
        _script.Before = (_, _) => throw new InvalidDataException("no");
        await Publish(database, new Moved("b", 1));
        await database.Dispatcher.RunUntilIdle();
        database.Clock.Sleep(TimeSpan.FromDays(8));
        var purge = database.Get<ModuleJobs>().Named("outbox.purge");
        await purge.Run(default);
        (await database.Db.Query<string>("select aggregate from outbox_messages")).ShouldBe(["b"]);
    }

    private Task<TestDatabase> Start(DeliveryOrder order = DeliveryOrder.None) => StartWith(Modules(order));

    private async Task<TestDatabase> StartWith(Action<ModuleRegistry> modules)
    {
        var database = await TestDatabase.Create(provider, modules);
        await CreateSeen(database);
        return database;
    }

    private Action<ModuleRegistry> Modules(DeliveryOrder order) => modules =>
    {
        modules.Services.AddSingleton(_script);
        modules.Services.AddSingleton<OutboxLoop>();
        modules.Services.AddSingleton(p => new ModuleJobs(modules, p));
        modules.Reaction<Moved, WriteDown>("test.write_down", order);
    };

    private static Task CreateSeen(TestDatabase database) =>
        database.Db.Execute("create table seen (aggregate varchar(20) not null, version bigint not null, delivery varchar(32) not null)");

    private static Task Publish(TestDatabase database, Moved e) => database.Db.InTransaction(tx => tx.Publish(e));

    private static Task<IReadOnlyList<string>> Effects(TestDatabase database) =>
        database.Db.Query<string>(database.Options.Provider == DatabaseProvider.Sqlite
            ? "select aggregate || version from seen order by aggregate, version"
            : "select concat(aggregate, version) from seen order by aggregate, version");

    private static async Task Die(TestDatabase database)
    {
        for (var i = 0; i < 6; i++)
        {
            await database.Dispatcher.RunUntilIdle();
            database.Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>What a process leaves that was killed right after its claim was committed.</summary>
    private static async Task ClaimAndVanish(TestDatabase database) =>
        (await database.Db.Execute(
            "update outbox_deliveries set leased_by = 'gone', leased_until = @until, attempts = 1 where version = 1",
            new { until = database.Clock.GetUtcNow() + TimeSpan.FromSeconds(60) })).ShouldBe(1);
}

/// <summary>Makes a registered job by its name, as the scheduler does.</summary>
public sealed class ModuleJobs(ModuleRegistry modules, IServiceProvider services)
{
    public Kernel.Jobs.IScheduledJob Named(string name) =>
        (Kernel.Jobs.IScheduledJob)services.GetRequiredService(modules.Jobs.Single(j => j.Name == name).Type);
}
