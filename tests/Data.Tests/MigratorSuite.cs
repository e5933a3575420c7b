using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Data.Tests;

public sealed class MigrationsOnSqlite() : MigratorSuite(DatabaseProvider.Sqlite);

public sealed class MigrationsOnMariaDb() : MigratorSuite(DatabaseProvider.MySql);

/// <summary>Each script is applied once, in order, and never in two forms.</summary>
public abstract class MigratorSuite(DatabaseProvider provider)
{
    private static readonly Migrator.Script One = new("9001_one", "create table one (id integer not null primary key);\n");
    private static readonly Migrator.Script Two = new("9002_two", "insert into one (id) values (1);\ninsert into one (id) values (2);\n");

    [Fact]
    public async Task All_embedded_scripts_are_applied_once()
    {
        await using var database = await TestDatabase.Create(provider);
        (await database.Get<Migrator>().Apply()).ShouldBeEmpty();
        Migrator.Embedded(database.Db.Dialect).Count.ShouldBe((int)await database.Db.First<long>("select count(*) from kernel_migrations"));
    }

    [Fact]
    public async Task A_changed_script_stops_the_start()
    {
        await using var database = await TestDatabase.Create(provider);
        await database.Get<Migrator>().Apply([One]);
        var error = await Should.ThrowAsync<WrongConfiguration>(() => database.Get<Migrator>().Apply([One with { Text = One.Text + "-- changed\n" }]));
        error.Message.ShouldContain("9001_one");
    }

    [Fact]
    public async Task Several_processes_that_start_together_migrate_once()
    {
        await using var database = await TestDatabase.Create(provider);
        await using var second = database.AnotherProcess();
        await using var third = database.AnotherProcess();
        var applied = await Task.WhenAll(new[] { database, second, third }.Select(p => p.Get<Migrator>().Apply([One, Two])));
        applied.Sum(a => a.Count).ShouldBe(2);
        (await database.Db.First<long>("select count(*) from one")).ShouldBe(2);
    }

    [Fact]
    public async Task A_script_that_fails_is_not_recorded_and_says_why()
    {
        await using var database = await TestDatabase.Create(provider);
        await Should.ThrowAsync<System.Data.Common.DbException>(() => database.Get<Migrator>().Apply([new Migrator.Script("9003_bad", "insert into nowhere (id) values (1);\n")]));
        (await database.Db.First<long>("select count(*) from kernel_migrations where name = '9003_bad'")).ShouldBe(0);
    }
}
