using System.Diagnostics;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Testing;

namespace Courier.Host.Tests.Jobs;

/// <summary>Two real processes on one MariaDB: a tick is one run over both, and when one is killed the other goes on.</summary>
public sealed class JobsOverSeveralProcesses : IAsyncLifetime
{
    private string _connection = "";
    private Db _db = null!;

    public async Task InitializeAsync()
    {
        _connection = await MariaDb.NewDatabase();
        _db = Db.Open(new DatabaseOptions { Provider = DatabaseProvider.MySql, ConnectionString = _connection }, "", new Outbox(new EventCatalog([]), TimeProvider.System));
        await _db.Execute("create table ticks (id bigint not null auto_increment primary key, process varchar(20) not null, at bigint not null)");
    }

    public async Task DisposeAsync() => await _db.DisposeAsync();

    [Fact]
    public async Task A_job_runs_once_a_tick_over_both_and_survives_a_kill()
    {
        using var one = StartProcess("one");
        using var two = StartProcess("two");
        try
        {
            await Wait.Until(async () => await Ticks() > 0, "the first tick", TimeSpan.FromSeconds(90));
            await Wait.Until(async () => await Span() >= TimeSpan.FromSeconds(12), "twelve seconds of ticks", TimeSpan.FromSeconds(90));
            // One tick a second over both; were each process to run each tick, there would be twice as many rows as seconds.
            // One late first tick may put a few more into the span; twice as many it cannot.
            var excess = await _db.First<long>("select count(*) - (max(at) - min(at)) div 1000 from ticks");
            excess.ShouldBeLessThan(6);

            var last = await _db.First<string>("select process from ticks order by id desc limit 1");
            var (killed, other, otherName) = last == "one" ? (one, two, "two") : (two, one, "one");
            killed.Kill();
            await killed.WaitForExitAsync();
            var before = await Ticks();
            await Wait.Until(async () => await Ticks(otherName, before) >= 2, "the other process to go on", TimeSpan.FromSeconds(90));
            other.HasExited.ShouldBeFalse();
        }
        finally
        {
            if (!one.HasExited) one.Kill();
            if (!two.HasExited) two.Kill();
        }
    }

    /// <summary>The time between the first tick and the last, as the processes wrote it down.</summary>
    private async Task<TimeSpan> Span() => TimeSpan.FromMilliseconds(await _db.First<long>("select max(at) - min(at) from ticks"));

    private Task<long> Ticks() => _db.First<long>("select count(*) from ticks");

    private Task<long> Ticks(string process, long after) =>
        _db.First<long>("select count(*) from ticks where process = @process and id > @after", new { process, after });

    private Process StartProcess(string name)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = false };
        foreach (var argument in new[] { "exec", typeof(JobProcess).Assembly.Location, "job-process", _connection, name }) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
