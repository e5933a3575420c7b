using Courier.Services.Lanes;

namespace Courier.Services.Tests.Lanes;

public sealed class MeasuringDurations
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_quantile_is_known_to_nine_percent(double share)
    {
        var durations = Enumerable.Range(1, 1000).Select(i => TimeSpan.FromMinutes(30 + i * 3)).ToList();
        var histogram = Of(durations);
        var exact = durations[(int)(share * 1000) - 1];
        (histogram.Quantile(share, TimeSpan.Zero) / exact).ShouldBeInRange(0.91, 1.09);
    }

    [Fact]
    public void What_has_passed_is_left_out()
    {
        var histogram = Of([.. Enumerable.Repeat(TimeSpan.FromHours(2), 90), .. Enumerable.Repeat(TimeSpan.FromHours(30), 10)]);
        histogram.Quantile(0.5, TimeSpan.Zero).TotalHours.ShouldBeInRange(1.8, 2.2);
        histogram.Quantile(0.5, TimeSpan.FromHours(5)).TotalHours.ShouldBeInRange(27, 33);
        histogram.Survivors(TimeSpan.FromHours(5)).ShouldBe(10);
        histogram.Survivors(TimeSpan.FromDays(3)).ShouldBe(0);
    }

    [Fact]
    public void A_quantile_never_lies_before_what_has_passed()
    {
        var histogram = Of([.. Enumerable.Range(1, 500).Select(i => TimeSpan.FromMinutes(7 * i))]);
        for (var minutes = 0; minutes < 3000; minutes += 61)
            histogram.Quantile(0.5, TimeSpan.FromMinutes(minutes)).TotalMinutes.ShouldBeGreaterThanOrEqualTo(minutes - 1e-6);
    }

    [Fact]
    public void It_is_stored_as_text_and_added_up()
    {
        var histogram = Of([TimeSpan.Zero, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromDays(400)]);
        var copy = DurationHistogram.Parse(histogram.ToString());
        copy.ToString().ShouldBe(histogram.ToString());
        copy.Add(histogram);
        copy.Total.ShouldBe(8);
        copy.Halve();
        copy.ToString().ShouldBe(histogram.ToString());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("3")]
    [InlineData("112:1")]
    [InlineData("-1:1")]
    [InlineData("1:")]
    public void A_broken_text_is_refused(string text) => Should.Throw<FormatException>(() => DurationHistogram.Parse(text));

    [Fact]
    public void A_run_teaches_every_leg_and_the_rest_of_the_way()
    {
        LaneLesson.Of([At(LaneStage.PickedUp, 0), At(LaneStage.AtDestination, 20), At(LaneStage.OutForDelivery, 24), At(LaneStage.Awaiting, 27), At(LaneStage.Finished, 40)])
            .Select(l => $"{l.Stage} {l.Measure} {l.Duration.TotalHours}").ShouldBe(
            [
                "PickedUp Leg 20", "PickedUp Delivery 27", "AtDestination Leg 4", "AtDestination Delivery 7",
                "OutForDelivery Leg 3", "OutForDelivery Delivery 3", "Awaiting Leg 13",
            ]);
    }

    [Fact]
    public void What_runs_backwards_or_takes_months_teaches_nothing() =>
        LaneLesson.Of([At(LaneStage.Ordered, 10), At(LaneStage.PickedUp, 0), At(LaneStage.AtDestination, 24 * 61), At(LaneStage.Finished, 24 * 61 + 1)])
            .Select(l => $"{l.Stage} {l.Measure}").ShouldBe(["AtDestination Leg", "AtDestination Delivery"]);

    [Theory]
    [InlineData("浙江省", "杭州市", "浙江省", "杭州市", "SameCity")]
    [InlineData("浙江省", "杭州市", "浙江省", "温州市", "SameProvince")]
    [InlineData("浙江省", "杭州市", "上海市", "上海市", "SameRegion")]
    [InlineData("浙江省", "杭州市", "广东省", "深圳市", "CrossProvince")]
    [InlineData("浙江省", "杭州市", "新疆维吾尔自治区", "乌鲁木齐市", "Remote")]
    [InlineData("内蒙古自治区", "包头市", "北京市", "北京市", "Remote")]
    [InlineData("", "", "", "", "CrossProvince")]
    public void Places_lie_so_far_apart(string fromProvince, string fromCity, string toProvince, string toCity, string zone) =>
        new Lane("standard", fromProvince, fromCity, toProvince, toCity).Zone.ToString().ShouldBe(zone);

    [Fact]
    public void An_estimate_rests_on_the_most_exact_statistic_that_has_runs_enough()
    {
        var lane = new Lane("standard", "浙江省", "杭州市", "上海市", "上海市");
        var book = Book((lane.Scopes[0].Text, 3, 10), (lane.Scopes[2].Text, 50, 20), (lane.Scopes[4].Text, 1000, 60));
        var estimate = book.Estimate(lane, LaneStage.PickedUp, LaneMeasure.Delivery, TimeSpan.Zero)!;
        (estimate.Basis, estimate.Runs).ShouldBe((LaneBasis.Provinces, 50));
        estimate.P50.TotalHours.ShouldBeInRange(18, 22);
        book.Estimate(lane, LaneStage.PickedUp, LaneMeasure.Delivery, TimeSpan.FromHours(40))!.Basis.ShouldBe(LaneBasis.All, "where no run of these provinces took so long, those of all may");
        book.Estimate(lane, LaneStage.PickedUp, LaneMeasure.Delivery, TimeSpan.FromHours(90)).ShouldBeNull("no run ever took so long");
        book.Estimate(lane, LaneStage.AtOrigin, LaneMeasure.Delivery, TimeSpan.Zero).ShouldBeNull("nothing is known");
    }

    private static LaneBook Book(params (string Scope, int Runs, int Hours)[] known) => new(
        known.ToDictionary(k => new LaneKey(k.Scope, LaneStage.PickedUp, LaneMeasure.Delivery), k => Of(Enumerable.Repeat(TimeSpan.FromHours(k.Hours), k.Runs))), 8);

    private static DurationHistogram Of(IEnumerable<TimeSpan> durations)
    {
        var histogram = new DurationHistogram();
        foreach (var duration in durations) histogram.Add(duration);
        return histogram;
    }

    private static LanePoint At(LaneStage stage, double hours) => new(stage, Start.AddHours(hours));
}
