using System.Diagnostics;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Testing;

namespace Courier.Data.Tests;

public sealed class DbOnSqlite() : DbSuite(DatabaseProvider.Sqlite);

public sealed class DbOnMariaDb() : DbSuite(DatabaseProvider.MySql)
{
    [Fact]
    public async Task A_transaction_sees_what_others_committed_meanwhile()
    {
        await Db.Execute("insert into things (id, name) values ('r', 'before')");
        await using var other = Database.AnotherProcess();
        var read = new TaskCompletionSource();
        var changed = new TaskCompletionSource();
        var reader = Db.InTransaction(async tx =>
        {
            await tx.First<string>("select name from things where id = 'r'");
            read.SetResult();
            await changed.Task;
            return await tx.First<string>("select name from things where id = 'r'");
        });
        await read.Task;
        await other.Db.Execute("update things set name = 'after' where id = 'r'");
        changed.SetResult();
        (await reader).ShouldBe("after");
    }

    [Fact]
    public async Task Connections_that_the_server_ended_while_they_were_idle_are_replaced_unnoticed()
    {
        await Db.Execute("insert into things (id, name) values ('k', 'x')");
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Db.First<long>("select sleep(0.05)")));
            await EndIdleConnections();
            if (round == 0) (await Db.First<string>("select name from things where id = 'k'")).ShouldBe("x");
            else (await Db.Execute("update things set name = 'y' where id = 'k'")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_migration_may_take_longer_than_a_command()
    {
        var migrator = Database.Get<Migrator>();
        var script = new Migrator.Script("9999_long", "create table long_one as select sleep(1.5) as slept;");
        (await migrator.Apply([script])).ShouldBe(["9999_long"]);
    }

    private async Task EndIdleConnections()
    {
        await using var other = Database.AnotherProcess();
        const string idle = "select id from information_schema.processlist where db = database() and id <> connection_id()";
        foreach (var id in await other.Db.Query<long>(idle)) await other.Db.Execute($"kill {id}");
        await Wait.Until(async () => (await other.Db.Query<long>(idle)).Count == 0, "the server has ended the connections");
    }
}

/// <summary>What both databases must do alike.</summary>
public abstract class DbSuite(DatabaseProvider provider) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private protected TestDatabase Database => _database;

    private protected Db Db => _database.Db;

    public async Task InitializeAsync()
    {
        TypeHandlers.AddEnum<Colour>();
        _database = await TestDatabase.Create(provider, commandTimeout: TimeSpan.FromSeconds(1));
        await Db.Execute("create table things (id varchar(32) not null primary key, name varchar(100) not null, amount bigint not null default 0)");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task What_was_committed_is_read()
    {
        await Db.Execute("insert into things (id, name, amount) values (@id, @name, @amount)", new { id = "a", name = "顺丰😀", amount = new Money(1250) });
        (await Db.First<string>("select name from things where id = @id", new { id = "a" })).ShouldBe("顺丰😀");
        (await Db.First<Money>("select amount from things where id = @id", new { id = "a" })).ShouldBe(new Money(1250));
    }

    [Fact]
    public async Task An_exception_undoes_the_transaction()
    {
        await Should.ThrowAsync<RuleBroken>(() => Db.InTransaction(async tx =>
        {
            await tx.Execute("insert into things (id, name) values ('b', 'x')");
            throw new RuleBroken("test.no", "不行");
        }));
        (await Db.First<string>("select name from things where id = 'b'")).ShouldBeNull();
    }

    [Fact]
    public async Task A_second_row_with_the_same_key_is_seen_and_the_transaction_goes_on()
    {
        var (first, second) = await Db.InTransaction(async tx =>
        {
            var a = await tx.TryInsert("insert into things (id, name) values (@id, @name)", new { id = "c", name = "one" });
            var b = await tx.TryInsert("insert into things (id, name) values (@id, @name)", new { id = "c", name = "two" });
            await tx.Execute("insert into things (id, name) values ('d', 'three')");
            return (a, b);
        });
        (first, second).ShouldBe((true, false));
        (await Db.Query<string>("select name from things where id in ('c', 'd') order by id")).ShouldBe(["one", "three"]);
    }

    [Fact]
    public async Task Many_rows_go_in_together_and_rows_that_are_there_stay()
    {
        var rows = Enumerable.Range(0, 2500).Select(i => new object?[] { $"m{i:0000}", "n", new Money(i) }).ToList();
        (await Db.InTransaction(tx => tx.InsertRows("things", ["id", "name", "amount"], rows))).ShouldBe(2500);
        var again = rows.Take(10).Append(["m9998", "new", 7L]).Concat(rows.Take(40)).Append(["m9999", "new", 7L]);
        (await Db.InTransaction(tx => tx.InsertRows("things", ["id", "name", "amount"], again, ifAbsent: true))).ShouldBe(2);
        (await Db.First<long>("select count(*) from things where id like 'm%'")).ShouldBe(2502);
    }

    [Fact]
    public async Task Of_many_rows_with_one_key_the_last_one_stays()
    {
        var rows = Enumerable.Range(0, 50).Select(i => new object?[] { $"k{i % 3}", $"n{i}", new Money(i) });
        await Db.InTransaction(tx => tx.UpsertRows("things", ["id", "name", "amount"], rows, "id", ["name", "amount"]));
        (await Db.Query<string>("select name from things where id in ('k0', 'k1', 'k2') order by id")).ShouldBe(["n48", "n49", "n47"]);
    }

    [Fact]
    public async Task A_row_with_the_same_key_takes_the_new_values()
    {
        var upsert = $"insert into things (id, name, amount) values (@id, @name, @amount) {Db.Dialect.OnConflictUpdate("id", "name")}";
        await Db.Execute(upsert, new { id = "u", name = "old", amount = 1 });
        await Db.Execute(upsert, new { id = "u", name = "new", amount = 2 });
        (await Db.First<string>("select name from things where id = 'u'")).ShouldBe("new");
        (await Db.First<long>("select amount from things where id = 'u'")).ShouldBe(1);
    }

    [Fact]
    public async Task Text_is_compared_with_its_case()
    {
        await Db.Execute("insert into things (id, name) values ('E', 'x')");
        (await Db.First<string>("select name from things where id = 'e'")).ShouldBeNull();
        (await Db.InTransaction(tx => tx.TryInsert("insert into things (id, name) values ('e', 'y')", new { }))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_statement_finds_what_it_is_given_by_whole_names_in_whatever_order_they_come()
    {
        const string Sql = "select @one * 100 + @one_more * 10 + @ONE_1";
        (await Db.First<long>(Sql, new { one = 1, one_more = 2, one_1 = 3 })).ShouldBe(123);
        (await Db.First<long>(Sql, new { one_1 = 6, one_more = 5, one = 4 })).ShouldBe(456);
        (await Db.First<long>(Sql, new Dictionary<string, object> { ["one_more"] = 8, ["one"] = 7, ["one_1"] = 9 })).ShouldBe(789);
        await Should.ThrowAsync<ArgumentException>(() => Db.First<long>(Sql, new { one = 1, one_more = 2 }));
    }

    [Fact]
    public async Task A_list_may_be_of_any_kind_and_length()
    {
        var rows = Enumerable.Range(0, 20).Select(i => new object?[] { $"l{i:00}", EnumText<Colour>.Of(i % 2 == 0 ? Colour.DarkRed : default), new Money(i) });
        await Db.InTransaction(tx => tx.InsertRows("things", ["id", "name", "amount"], rows));
        foreach (IEnumerable<Money> amounts in (IEnumerable<Money>[])[[], [new(3)], new List<Money> { new(3), new(4), new(5) }, new HashSet<Money> { new(3), new(4) }, Enumerable.Range(0, 20).Select(i => new Money(i))])
        {
            var all = amounts.ToList();
            (await Db.Query<Money>("select amount from things where id like 'l%' and amount in @amounts order by amount", new { amounts })).ShouldBe(all);
            (await Db.Query<Money>("select amount from things where id like 'l%' and amount in @amounts order by amount", new { amounts = all.ToArray() })).ShouldBe(all);
        }
        (await Db.First<long>("select count(*) from things where id in @ids and name in @colours", new { ids = new[] { "l01", "l02", "l03" }, colours = new[] { Colour.DarkRed } })).ShouldBe(1);
    }

    [Fact]
    public async Task Enums_and_times_lie_in_columns_as_documented()
    {
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, 123, TimeSpan.FromHours(8));
        await Db.Execute("insert into things (id, name, amount) values ('f', @colour, @at)", new { colour = Colour.DarkRed, at });
        var row = await Db.First<ThingRow>("select name as Colour, amount as At from things where id = 'f'");
        row!.Colour.ShouldBe(Colour.DarkRed);
        row.At.ShouldBe(at);
        (await Db.First<string>("select name from things where id = 'f'")).ShouldBe("dark_red");
        (await Db.First<long>("select amount from things where id = 'f'")).ShouldBe(at.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_stuck_read_is_ended_and_the_next_one_works()
    {
        var clock = Stopwatch.StartNew();
        await Should.ThrowAsync<DatabaseTimeout>(() => Db.First<long>(Endless));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        (await Db.First<long>("select 1")).ShouldBe(1);
        await NothingRunsOnTheServer();
    }

    [Fact]
    public async Task A_stuck_write_is_ended_and_undone_and_others_go_on()
    {
        var stuck = Db.InTransaction(async tx =>
        {
            await tx.Execute("insert into things (id, name) values ('s1', 'x')");
            await tx.First<long>(Endless);
        });
        var others = Enumerable.Range(0, 20).Select(i => Db.Execute("insert into things (id, name) values (@id, 'ok')", new { id = $"o{i}" })).ToArray();
        await Should.ThrowAsync<DatabaseTimeout>(() => stuck);
        await Task.WhenAll(others);
        (await Db.First<long>("select count(*) from things where id like 'o%'")).ShouldBe(20);
        (await Db.First<long>("select count(*) from things where id = 's1'")).ShouldBe(0);
        await NothingRunsOnTheServer();
    }

    [Fact]
    public async Task A_cancelled_command_ends_on_the_server_too()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(() => Db.First<long>(Endless, null, cancel.Token));
        await NothingRunsOnTheServer();
    }

    [Fact]
    public async Task A_lock_that_somebody_keeps_ends_the_waiting_command()
    {
        await Db.Execute("insert into things (id, name) values ('l', 'x')");
        await using var other = _database.AnotherProcess();
        var held = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var holder = other.Db.InTransaction(async tx =>
        {
            await tx.Execute("update things set name = 'held' where id = 'l'");
            held.SetResult();
            await release.Task;
        });
        await held.Task;
        var error = await Should.ThrowAsync<Exception>(() => Db.Execute("update things set name = 'mine' where id = 'l'"));
        (error is DatabaseTimeout || Db.Dialect.IsUnavailable(error)).ShouldBeTrue(error.ToString());
        release.SetResult();
        await holder;
        (await Db.First<string>("select name from things where id = 'l'")).ShouldBe("held");
    }

    [Fact]
    public async Task A_transaction_inside_a_transaction_is_refused()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Db.InTransaction(tx => Db.InTransaction(inner => inner.First<long>("select 1"))));
        Db.IsInsideTransaction.ShouldBeFalse();
    }

    [Fact]
    public async Task Counters_do_not_lose_an_update_under_many_writers()
    {
        await Db.Execute("insert into things (id, name) values ('n', 'x')");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Db.Execute("update things set amount = amount + 1 where id = 'n'")));
        (await Db.First<long>("select amount from things where id = 'n'")).ShouldBe(100);
    }

    [Fact]
    public async Task What_is_to_be_done_after_the_commit_is_done_only_then()
    {
        var done = new List<string>();
        await Db.InTransaction(tx => { tx.AfterCommit(() => done.Add("committed")); return tx.First<long>("select 1"); });
        await Should.ThrowAsync<RuleBroken>(() => Db.InTransaction<long>(tx =>
        {
            tx.AfterCommit(() => done.Add("undone"));
            throw new RuleBroken("test.no", "不行");
        }));
        done.ShouldBe(["committed"]);
    }

    [Fact]
    public async Task A_fault_after_the_commit_is_its_callers_and_others_go_on()
    {
        var faulty = Db.InTransaction(tx =>
        {
            tx.AfterCommit(() => throw new ArgumentException("after the commit"));
            return tx.Execute("insert into things (id, name) values ('w1', 'x')");
        });
        await Should.ThrowAsync<ArgumentException>(() => faulty.WaitAsync(TimeSpan.FromSeconds(20)));
        (await Db.Execute("insert into things (id, name) values ('w2', 'x')").WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(1);
        (await Db.First<long>("select count(*) from things where id in ('w1', 'w2')")).ShouldBe(2);
    }

    private string Endless => provider == DatabaseProvider.Sqlite
        ? "with recursive n(i) as (select 1 union all select i + 1 from n where i < 4000000000) select max(i) from n"
        : "select sum(a.seq * b.seq) from seq_1_to_1000000 a, seq_1_to_1000000 b";

    private async Task NothingRunsOnTheServer()
    {
        if (provider == DatabaseProvider.Sqlite) return; // it runs on the caller's thread: that the caller is back says it
        await Wait.Until(async () => await Db.First<long>("select count(*) from information_schema.processlist where info like 'select sum(a.seq%' ") == 0, "the server has ended the command");
    }

    private enum Colour { Blue, DarkRed }

    private sealed record ThingRow
    {
        public Colour Colour { get; init; }
        public DateTimeOffset At { get; init; }
    }
}
