using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Tests.Notifications;

public sealed class CrashesOnSqlite() : CrashSuite(DatabaseProvider.Sqlite);

public sealed class CrashesOnMariaDb() : CrashSuite(DatabaseProvider.MySql);

/// <summary>Several processes send, and any of them may die or hang between any two steps.</summary>
public abstract class CrashSuite(DatabaseProvider provider)
{
    private static readonly TimeSpan Lease = new NotificationsOptions().Lease;

    private readonly Mailbox _channel = new() { RecognisesRepeatsFor = TimeSpan.FromMinutes(10) };

    [Fact]
    public async Task Two_processes_send_each_change_once_and_in_order()
    {
        await using var one = await Stage.Set(provider, [_channel], new NotificationsOptions { BatchSize = 7 });
        await using var two = one.AnotherProcess(_channel);
        _channel.UnderWay = async (_, _) => await Task.Yield();
        var customers = Enumerable.Range(0, 20).Select(_ => CustomerId.New(one.Clock)).ToList();
        var planning = Task.Run(async () =>
        {
            for (var version = 1; version <= 5; version++) await SendingSuite.Plan(one, [.. customers.Select(c => SendingSuite.State(c, version))]);
        });
        while (!planning.IsCompleted) await Task.WhenAll(one.Run<SendNotifications>(), two.Run<SendNotifications>());
        await planning;
        await Wait.Until(async () =>
        {
            await Task.WhenAll(one.Run<SendNotifications>(), two.Run<SendNotifications>());
            return _channel.Arrived.Count >= 100;
        }, "everything was sent");
        foreach (var customer in customers) _channel.TextsOf(customer).ShouldBe(["state 1", "state 2", "state 3", "state 4", "state 5"]);
        _channel.Calls.Count.ShouldBe(100);
        (await SentLedger.Undecided(one.Db, one.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_process_that_dies_after_taking_loses_nothing()
    {
        await using var one = await Stage.Set(provider, [_channel]);
        await using var two = one.AnotherProcess(_channel);
        var anna = CustomerId.New(one.Clock);
        await SendingSuite.Plan(one, SendingSuite.State(anna, 1), SendingSuite.State(anna, 2));
        (await Take(one)).Count.ShouldBe(1); // and here it dies
        await two.Run<SendNotifications>();
        _channel.Texts.ShouldBeEmpty(); // not the second state before the first
        one.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await two.Run<SendNotifications>();
        _channel.Texts[^1].ShouldBe("state 2");
        _channel.Texts.ShouldBeInOrder();
        (await SentLedger.Undecided(two.Db, two.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_process_that_dies_after_sending_sends_again_under_the_same_id_so_that_it_arrives_once()
    {
        await using var one = await Stage.Set(provider, [_channel]);
        await using var two = one.AnotherProcess(_channel);
        await SendingSuite.Plan(one, SendingSuite.State(CustomerId.New(one.Clock), 1));
        var due = await Take(one);
        await using (var scope = one.Get<IServiceScopeFactory>().CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<SendOne>().Run(scope.ServiceProvider.GetRequiredService<Merging>().Bundle(due)[0], default); // and here it dies, before it is recorded
        one.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await two.Run<SendNotifications>();
        _channel.Calls.Count.ShouldBe(2);
        _channel.Calls.Select(c => c.Id).Distinct().Count().ShouldBe(1);
        _channel.Texts.ShouldBe(["state 1"]);
        (await SentLedger.List(two.Db, NotificationState.Sent, null, null, 10, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_dies_in_the_middle_of_a_portion_repeats_nothing_that_it_had_sent_before()
    {
        var channel = new Mailbox(); // knows no repeats
        await using var one = await Stage.Set(provider, [channel], new NotificationsOptions { Parallel = 2 });
        await using var two = one.AnotherProcess(channel);
        using var death = new CancellationTokenSource();
        var customers = Enumerable.Range(0, 20).Select(_ => CustomerId.New(one.Clock)).ToList();
        await SendingSuite.Plan(one, [.. customers.Select(c => SendingSuite.State(c, 1))]);
        channel.UnderWay = (_, _) => channel.Calls.Count > 10 ? Task.Delay(Timeout.Infinite, death.Token) : Task.CompletedTask;
        var dying = one.Run<SendNotifications>();
        await Wait.Until(async () => (await SentLedger.List(two.Db, NotificationState.Sent, null, null, 50, default)).Count == 10, "what was sent is recorded");
        channel.UnderWay = (_, _) => Task.CompletedTask;
        one.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await two.Run<SendNotifications>();
        foreach (var customer in customers) channel.TextsOf(customer).ShouldBe(["state 1"]);
        await death.CancelAsync();
        await dying;
    }

    [Fact]
    public async Task A_process_that_hangs_beyond_its_lease_changes_nothing_that_another_has_done_since()
    {
        var hanging = new TaskCompletionSource();
        var stuck = new Mailbox { UnderWay = (_, _) => hanging.Task, Answer = _ => new SendOutcome.RetryLater(TimeSpan.Zero, "late") };
        await using var one = await Stage.Set(provider, [stuck]);
        await using var two = one.AnotherProcess(_channel);
        var anna = CustomerId.New(one.Clock);
        await SendingSuite.Plan(one, SendingSuite.State(anna, 1));
        var running = one.Run<SendNotifications>();
        await Wait.Until(() => !stuck.Calls.IsEmpty, "the first process is sending");
        one.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await SendingSuite.Plan(two, SendingSuite.State(anna, 2));
        await two.Run<SendNotifications>();
        hanging.SetResult();
        await running;
        _channel.Texts[^1].ShouldBe("state 2");
        _channel.Texts.ShouldBeInOrder();
        var lines = await SentLedger.List(two.Db, null, null, null, 10, default);
        lines.Select(l => l.State).ShouldBeSubsetOf([NotificationState.Sent, NotificationState.Superseded]);
        lines.Single(l => l.DedupeKey.EndsWith(":2", StringComparison.Ordinal)).State.ShouldBe(NotificationState.Sent);
    }

    [Fact]
    public async Task A_process_that_is_told_to_stop_records_what_it_sent_and_gives_back_the_rest_at_once()
    {
        using var stop = new CancellationTokenSource();
        await using var one = await Stage.Set(provider, [_channel], new NotificationsOptions { Parallel = 1 });
        _channel.UnderWay = (_, _) => _channel.Calls.Count == 2 ? stop.CancelAsync() : Task.CompletedTask;
        await SendingSuite.Plan(one, [.. Enumerable.Range(0, 5).Select(_ => SendingSuite.State(CustomerId.New(one.Clock), 1))]);
        await Should.ThrowAsync<OperationCanceledException>(() => one.Run<SendNotifications>(stop.Token));
        _channel.Arrived.Count.ShouldBe(2);
        (await SentLedger.List(one.Db, NotificationState.Sent, null, null, 10, default)).Count.ShouldBe(2);
        _channel.UnderWay = (_, _) => Task.CompletedTask;
        await one.Run<SendNotifications>(); // the clock stands still: no lease has ended
        _channel.Calls.Count.ShouldBe(5);
    }

    private static async Task<IReadOnlyList<DueMessage>> Take(Stage stage) =>
        (await DueMessages.Take(stage.Db, stage.Clock, new NotificationsOptions(), Ids.New(stage.Clock), default)).ToSend;
}
