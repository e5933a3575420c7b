using Courier.Kernel.Data;
using Courier.Services.Lanes;

namespace Courier.Services.Tests.Lanes;

public sealed class LanesOnSqlite() : LaneSuite(DatabaseProvider.Sqlite);

public sealed class LanesOnMariaDb() : LaneSuite(DatabaseProvider.MySql);

/// <summary>Learning from finished runs, on both databases.</summary>
public abstract class LaneSuite(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly Lane Hangzhou = new("standard", "浙江省", "杭州市", "上海市", "上海市");
    private Stage _stage = null!;
    private int _parcels;

    public async Task InitializeAsync() => _stage = await Stage.Set(provider, [], new LanesOptions { FewestRuns = 5, MostRuns = 50 });

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task Finished_runs_become_an_estimate()
    {
        (await Estimate()).ShouldBeNull();
        await Finish(Hangzhou, 5, hours: 20);
        await _stage.Run<LearnFromRuns>();
        _stage.Clock.Advance(TimeSpan.FromMinutes(6));
        var estimate = (await Estimate())!;
        (estimate.Basis, estimate.Runs).ShouldBe((LaneBasis.Lane, 5));
        estimate.P50.TotalHours.ShouldBeInRange(18, 22);
        (await Count("lanes_runs")).ShouldBe(0, "what was learned from is not kept");
    }

    [Fact]
    public async Task A_run_that_is_told_twice_counts_once()
    {
        var run = Run(Hangzhou, 20);
        await Tell([run]);
        await Tell([run]);
        await _stage.Run<LearnFromRuns>();
        (await Runs()).ShouldBe(1);
    }

    [Fact]
    public async Task Learning_goes_on_where_it_stood()
    {
        await Finish(Hangzhou, 6, hours: 20);
        await _stage.Run<LearnFromRuns>();
        await Finish(Hangzhou, 4, hours: 40);
        await _stage.Run<LearnFromRuns>();
        await _stage.Run<LearnFromRuns>();
        (await Runs()).ShouldBe(10);
    }

    [Fact]
    public async Task Many_runs_are_learned_in_portions_and_old_ones_fade()
    {
        await Finish(Hangzhou, 450, hours: 20);
        await _stage.Run<LearnFromRuns>();
        (await Runs()).ShouldBe(200 / 2 / 2 + 200 / 2 + 50, "each portion that finds fifty runs or more halves them");
        await Finish(Hangzhou, 450, hours: 60);
        await _stage.Run<LearnFromRuns>();
        _stage.Clock.Advance(TimeSpan.FromMinutes(6));
        (await Estimate())!.P50.TotalHours.ShouldBeGreaterThan(50, "the season counts more than last year");
    }

    [Fact]
    public async Task Estimates_in_memory_are_read_again_by_time_and_not_by_question()
    {
        await Finish(Hangzhou, 5, hours: 20);
        await _stage.Run<LearnFromRuns>();
        (await Estimate())!.Runs.ShouldBe(5);
        await Finish(Hangzhou, 5, hours: 20);
        await _stage.Run<LearnFromRuns>();
        (await Estimate())!.Runs.ShouldBe(5);
        _stage.Clock.Advance(TimeSpan.FromMinutes(6));
        (await Estimate())!.Runs.ShouldBe(10);
    }

    [Fact]
    public async Task What_nothing_is_learned_about_for_half_a_year_is_forgotten()
    {
        await Finish(Hangzhou, 5, hours: 20);
        await _stage.Run<LearnFromRuns>();
        _stage.Clock.Sleep(TimeSpan.FromDays(181));
        await _stage.Run<LearnFromRuns>();
        (await Count("lanes_statistics")).ShouldBe(0);
    }

    [Fact]
    public async Task The_demonstration_has_estimates_from_the_first_minute()
    {
        await _stage.Begin<LoadDemoLanes>();
        await _stage.Begin<LoadDemoLanes>();
        var estimate = (await Estimate())!;
        estimate.Runs.ShouldBeGreaterThanOrEqualTo(5);
        estimate.P50.TotalHours.ShouldBeInRange(10, 60);
        estimate.P90.ShouldBeGreaterThan(estimate.P50);
    }

    private async Task<LaneEstimate?> Estimate() =>
        (await _stage.Get<LaneStatistics>().Current(default)).Estimate(Hangzhou, LaneStage.PickedUp, LaneMeasure.Delivery, TimeSpan.Zero);

    private Task Finish(Lane lane, int runs, double hours) => Tell([.. Enumerable.Range(0, runs).Select(_ => Run(lane, hours))]);

    private LaneRunFinished Run(Lane lane, double hours)
    {
        var start = _stage.Clock.GetUtcNow().AddDays(-5);
        return new($"{++_parcels:x32}", lane, [new(LaneStage.PickedUp, start), new(LaneStage.OutForDelivery, start.AddHours(hours - 3)), new(LaneStage.Finished, start.AddHours(hours))]);
    }

    private async Task Tell(IReadOnlyList<LaneRunFinished> runs)
    {
        await _stage.Db.InTransaction(tx => tx.Publish([.. runs]));
        await _stage.Deliver();
    }

    private Task<long> Runs() => _stage.Db.First<long>("select runs from lanes_statistics where scope = @scope and stage = 'picked_up' and measure = 'delivery'", new { scope = Hangzhou.Scopes[0].Text });

    private Task<long> Count(string table) => _stage.Db.First<long>($"select count(*) from {table}");
}
