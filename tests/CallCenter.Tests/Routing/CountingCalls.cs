using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.CallCenter.Reports;
using Courier.CallCenter.Routing;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.CallCenter.Tests.Routing;

/// <summary>What is kept of calls and agents, and what reports make of it; on both databases.</summary>
public abstract class CountingCalls : IAsyncLifetime
{
    private CallFloor _floor = null!;

    public abstract DatabaseProvider Provider { get; }

    public async Task InitializeAsync()
    {
        _floor = await CallFloor.Open(Provider);
        _floor.Rule(q => q with { WrapUp = TimeSpan.FromSeconds(30), LevelSeconds = 20, Tiers = [new("gold", TimeSpan.Zero, 5)] });
    }

    public async Task DisposeAsync() => await _floor.DisposeAsync();

    [Fact]
    public async Task Every_figure_is_what_happened_and_opens_its_calls()
    {
        _floor.Board.SignedOn("agent1002");
        _floor.Ready("agent1001"); // 10:00:00
        await Talk("standard", waits: 10, talks: 60); // in time; wrap-up 30 s
        await Talk("gold", waits: 10, talks: 30); // not within 5 s
        await Talk("standard", waits: 40, talks: 90); // not within 20 s
        Leave(QueueLeft.Abandoned, after: 30);
        Leave(QueueLeft.Abandoned, after: 4);
        Leave(QueueLeft.Voicemail, after: 6);
        _floor.Rule(q => q with { IsClosed = true });
        Leave(QueueLeft.Closed, after: 0);
        _floor.Join("complaint").Leave(QueueLeft.Unstaffed);
        await _floor.Drain();

        var range = ReportRange.Read("2026-11-22", "2026-11-22", null, null, _floor.Clock.GetUtcNow());
        var report = await CallReport.Execute(_floor.Db, ReportBy.Queue, range, default);
        var main = report.Single(l => l.Part == "main");
        (main.Name, main.Counts.Offered, main.Counts.Answered, main.Counts.Abandoned, main.Counts.ShortAbandoned, main.Counts.Voicemail, main.Counts.TurnedAway, main.Counts.InTime)
            .ShouldBe(("人工服务", 6, 3, 1, 1, 1, 1, 1));
        (main.ServiceLevel, main.AverageAnswer, main.AverageHandling, main.Counts.LongestMs, main.Occupancy).ShouldBe((0.2, 20.0, 90.0, 40_000, null));
        (report[^1].Name, report[^1].Counts.TurnedAway, report[^1].Counts.Offered).ShouldBe(("合计", 2, 6));

        var agent = (await CallReport.Execute(_floor.Db, ReportBy.Agent, range, default)).Single(l => l.Name == "客服小林");
        (agent.Counts.Answered, agent.Counts.TalkMs, agent.Counts.WrapMs, agent.Counts.BusyMs).ShouldBe((3, 180_000, 90_000, 270_000));
        agent.Occupancy.ShouldBe(Math.Round(270.0 / (270 + agent.Counts.IdleMs / 1000.0), 4));
        agent.Counts.IdleMs.ShouldBe(60_000); // up to the last minute that was kept
        var hours = await CallReport.Execute(_floor.Db, ReportBy.Hour, range, default);
        hours.Select(l => l.Name).ShouldBe(["2026-11-22 10:00", "合计"]);
        var days = await CallReport.Execute(_floor.Db, ReportBy.Day, range, default);
        (days[0].Name, days[0].Counts.Offered).ShouldBe(("2026-11-22", 6));

        foreach (var (figure, count) in new[] { (ReportFigure.Offered, 6), (ReportFigure.Answered, 3), (ReportFigure.InTime, 1), (ReportFigure.Abandoned, 1), (ReportFigure.ShortAbandoned, 1), (ReportFigure.TurnedAway, 2), (ReportFigure.CalledBack, 0) })
            (await ListEntries.Execute(_floor.Db, range, figure, null, 100, default)).Count.ShouldBe(count, figure.ToString());
        var answered = await ListEntries.Execute(_floor.Db, range with { Agent = agent.Part, Queue = "main" }, ReportFigure.Answered, null, 2, default);
        answered.Select(e => e.WaitedMs).ShouldBe([40_000, 10_000]);
        (await ListEntries.Execute(_floor.Db, range, ReportFigure.Answered, answered[^1].Id, 2, default)).ShouldHaveSingleItem().WaitedMs.ShouldBe(10_000);
    }

    [Fact]
    public async Task A_line_that_is_taken_twice_counts_once()
    {
        _floor.Ready("agent1001");
        await Talk("standard", waits: 5, talks: 10);
        var before = await Everything();
        await _floor.Drain();
        var after = await Everything();
        var keep = _floor.Get<IEnumerable<IJournalTaker>>().OfType<KeepEntries>().Single();
        var line = System.Text.Json.JsonSerializer.Serialize(new EntryLine
        {
            Id = new string('a', 32), CallId = "c", Queue = "main", Tier = "standard", IsCallBack = false, Since = _floor.Clock.GetUtcNow(), JoinedAt = _floor.Clock.GetUtcNow(), LevelSeconds = 20,
            Position = 1, SeenAt = _floor.Clock.GetUtcNow(),
        }, Courier.Kernel.KernelJson.Options);
        foreach (var _ in Enumerable.Range(0, 2)) await _floor.Db.InTransaction(tx => keep.Take(tx, [line, line], default));
        (before, after, await Everything()).ShouldBe((0, 1, 2));
    }

    [Fact]
    public async Task A_restart_remembers_who_takes_no_calls_and_why()
    {
        _floor.Ready("agent1001");
        _floor.Board.SignedOn("agent1002");
        _floor.Board.NotReady(_floor.Agent("agent1002"), NotReadyReason.Training);
        _floor.Board.SignedOn("agent1003");
        _floor.Board.SignOff(_floor.Agent("agent1003"));
        await _floor.Drain();
        await using var restarted = await _floor.Another();
        restarted.State("agent1001").State.ShouldBe(AgentState.Offline);
        foreach (var user in new[] { "agent1001", "agent1002", "agent1003" }) restarted.Board.SignedOn(user);
        restarted.State("agent1001").State.ShouldBe(AgentState.Ready);
        (restarted.State("agent1002").State, restarted.State("agent1002").Reason).ShouldBe((AgentState.NotReady, NotReadyReason.Training));
        (restarted.State("agent1003").State, restarted.State("agent1003").Reason).ShouldBe((AgentState.NotReady, NotReadyReason.SignedOn));
    }

    [Fact]
    public async Task Time_lines_are_cut_at_the_hour_and_reach_to_the_last_minute_that_was_seen()
    {
        _floor.Ready("agent1001"); // 10:00
        _floor.Clock.Advance(TimeSpan.FromMinutes(59));
        _floor.Pass(121); // 11:01:01
        await _floor.Drain();
        var lines = await _floor.Db.Query<Line>("select state as State, hour as Hour, until_at - from_at as Length, is_open as IsOpen from calls_agent_times where state = 'ready' order by from_at");
        lines.Select(l => (l.Length / 1000, l.IsOpen)).ShouldBe([(3600, 0L), (61, 1L)]);
        lines[1].Hour.ShouldBe(lines[0].Hour + 1);
        _floor.Clock.Advance(TimeSpan.FromMinutes(6));
        await new CloseLostEntries(_floor.Db, _floor.Clock).Run(default);
        (await _floor.Db.First<long>("select count(*) from calls_agent_times where is_open = 1")).ShouldBe(0);
    }

    [Fact]
    public async Task A_call_that_waits_is_seen_and_one_whose_process_is_gone_is_lost()
    {
        _floor.Board.SignedOn("agent1001");
        _floor.Join();
        _floor.Pass(301);
        await _floor.Drain();
        IScheduledJob job = new CloseLostEntries(_floor.Db, _floor.Clock);
        await job.Run(default);
        (await How()).ShouldBe("waiting");
        _floor.Clock.Advance(TimeSpan.FromMinutes(6));
        await job.Run(default);
        (await How()).ShouldBe("lost");
    }

    private Task<string?> How() => _floor.Db.First<string>("select how from calls_queue_entries");

    private async Task<long> Everything() => await _floor.Db.First<long>("select count(*) from calls_queue_entries");

    // Waits while the agent is not ready; so the agent's own waiting is none but for the seconds before.
    private async Task Talk(string tier, int waits, int talks)
    {
        var agent = _floor.Agent("agent1001");
        var entry = _floor.Join("main", tier);
        _floor.Pass(waits);
        var reservation = await entry.NextAgent(default);
        reservation.Answered().ShouldBeTrue();
        _floor.Pass(talks);
        _floor.Board.TalkEnded(agent, entry.CallId).ShouldBeTrue();
        _floor.Pass(30);
        _floor.State("agent1001").State.ShouldBe(AgentState.Ready);
    }

    private void Leave(QueueLeft how, int after)
    {
        var entry = _floor.Join();
        _floor.Pass(after);
        entry.Leave(how).ShouldBeTrue();
    }

    private sealed record Line
    {
        public required string State { get; init; }
        public required long Hour { get; init; }
        public required long Length { get; init; }
        public required long IsOpen { get; init; }
    }
}

public sealed class CountingCallsOnSqlite : CountingCalls
{
    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;
}

public sealed class CountingCallsOnMariaDb : CountingCalls
{
    public override DatabaseProvider Provider => DatabaseProvider.MySql;
}
