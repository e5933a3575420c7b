using Courier.Services.Calendars;
using Courier.Services.Lanes;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Parcels;

public sealed class EstimatingDeliveries
{
    private static readonly DailyHours Hours = DailyHours.Parse("08:00-21:00");

    // China time: 2026-11-22 10:00.
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void It_counts_from_the_beginning_of_the_stage_and_not_from_the_question()
    {
        var eta = For(At(ParcelStatus.PickedUp, -10), Book(LaneStage.PickedUp, LaneMeasure.Delivery, 30, 34));
        eta!.Likely.ShouldBeInRange(Now.AddHours(18), Now.AddHours(24));
        eta.Latest.ShouldBeGreaterThanOrEqualTo(eta.Likely);
    }

    [Fact]
    public void Nobody_delivers_at_night()
    {
        var eta = For(At(ParcelStatus.PickedUp, 0), Book(LaneStage.PickedUp, LaneMeasure.Delivery, 17, 17))!; // 03:00
        eta.Likely.ShouldBe(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void It_never_lies_in_the_past()
    {
        for (var hours = 0; hours < 40; hours++)
            if (For(At(ParcelStatus.PickedUp, -hours), Book(LaneStage.PickedUp, LaneMeasure.Delivery, 5, 30)) is { } eta) eta.Likely.ShouldBeGreaterThanOrEqualTo(Now);
    }

    [Theory]
    [InlineData(ParcelStatus.InLocker)]
    [InlineData(ParcelStatus.InStation)]
    [InlineData(ParcelStatus.Signed)]
    [InlineData(ParcelStatus.Refused)]
    [InlineData(ParcelStatus.Returning)]
    [InlineData(ParcelStatus.Returned)]
    [InlineData(ParcelStatus.Lost)]
    [InlineData(ParcelStatus.Cancelled)]
    public void There_is_none_for_what_has_arrived_or_will_not(ParcelStatus status) => For(At(status, -1), Everything()).ShouldBeNull();

    [Fact]
    public void Where_nothing_is_known_nothing_is_said() => For(At(ParcelStatus.PickedUp, -1), LaneBook.Empty).ShouldBeNull();

    [Theory]
    [InlineData(ParcelStatus.Departed, "杭州市", LaneStage.LeftOrigin)]
    [InlineData(ParcelStatus.Departed, "武汉市", LaneStage.LeftOnTheWay)]
    [InlineData(ParcelStatus.Departed, "上海市", LaneStage.LeftDestination)]
    [InlineData(ParcelStatus.Departed, "", LaneStage.LeftOnTheWay)]
    [InlineData(ParcelStatus.Arrived, "杭州", LaneStage.AtOrigin)]
    [InlineData(ParcelStatus.Arrived, "武汉市", LaneStage.AtOnTheWay)]
    [InlineData(ParcelStatus.Arrived, "上海", LaneStage.AtDestination)]
    [InlineData(ParcelStatus.Redirected, "上海市", LaneStage.Held)]
    public void A_status_and_a_city_make_a_stage(ParcelStatus status, string city, LaneStage stage) => (At(status, 0) with { City = city }).Stage.ShouldBe(stage);

    [Fact]
    public void A_signed_parcels_way_teaches_the_lane()
    {
        var way = Stages.Way(Now, [Point(ParcelStatus.PickedUp, "杭州市", 1), Point(ParcelStatus.Departed, "杭州市", 3), Point(ParcelStatus.Signed, "上海市", 30)], Lane);
        way!.Select(p => p.Stage).ShouldBe([LaneStage.Ordered, LaneStage.PickedUp, LaneStage.LeftOrigin, LaneStage.Finished]);
    }

    [Fact]
    public void A_way_back_teaches_nothing() =>
        Stages.Way(Now, [Point(ParcelStatus.PickedUp, "杭州市", 1), Point(ParcelStatus.Returning, "上海市", 20), Point(ParcelStatus.Signed, "杭州市", 30)], Lane).ShouldBeNull();

    [Fact]
    public void People_read_it_as_they_say_it()
    {
        OutlookWords.Of(Eta(15, 18), Now).ShouldBe("预计今天 15:00–18:00 送达");
        OutlookWords.Of(Eta(15, 15), Now).ShouldBe("预计今天 15:00 前送达");
        OutlookWords.Of(Eta(24 + 15, 48 + 12), Now).ShouldBe("预计明天 15:00 左右送达，一般不晚于11月24日 12:00");
        OutlookWords.Short(Eta(24 + 15, 24 + 18), Now).ShouldBe("预计明天 18:00 前");
    }

    [Fact]
    public void A_promise_is_spoken_of_when_it_is_not_sure_to_be_kept()
    {
        var promised = Midnight.AddHours(24 + 18);
        OutlookWords.Promise(promised, Eta(24 + 12, 24 + 17), null, Now).ShouldBeNull();
        OutlookWords.Promise(promised, Eta(24 + 12, 24 + 20), null, Now).ShouldBe("承诺明天 18:00 前送达，可能晚于承诺");
        OutlookWords.Promise(promised, Eta(24 + 19, 24 + 20), null, Now).ShouldBe("承诺明天 18:00 前送达，预计会晚于承诺");
        OutlookWords.Promise(promised, null, null, Now).ShouldBe("承诺明天 18:00 前送达");
        OutlookWords.Promise(Midnight.AddHours(8), Eta(15, 18), null, Now).ShouldBe("承诺今天 08:00 前送达，已经晚了，很抱歉");
        OutlookWords.Promise(null, Eta(15, 18), null, Now).ShouldBeNull();
    }

    [Theory]
    [InlineData(ParcelStatus.PickedUp, "杭州市")]
    [InlineData(ParcelStatus.Departed, "杭州市")]
    [InlineData(ParcelStatus.Arrived, "杭州市")]
    [InlineData(ParcelStatus.Arrived, "武汉市")]
    [InlineData(ParcelStatus.Arrived, "上海市")]
    [InlineData(ParcelStatus.OutForDelivery, "上海市")]
    [InlineData(ParcelStatus.DeliveryFailed, "上海市")]
    [InlineData(ParcelStatus.Held, "上海市")]
    public void What_stands_still_arrives_after_it_will_have_moved_on(ParcelStatus status, string city)
    {
        var book = Everything();
        var stuck = 0;
        for (var hours = 0; hours < 150; hours += 3)
        {
            var parcel = At(status, -hours, city: city);
            if (FindTrouble.For(parcel, book, false, Hours, Now) is not { } trouble) continue;
            stuck++;
            var (next, eta) = (trouble.NextBy.ShouldNotBeNull(), EstimateDelivery.For(parcel, trouble, book, Hours, Now).ShouldNotBeNull());
            next.ShouldBeGreaterThanOrEqualTo(Now);
            eta.Likely.ShouldBeGreaterThanOrEqualTo(next);
            eta.Latest.ShouldBeGreaterThanOrEqualTo(eta.Likely);
            (Hours.Contains(eta.Likely) || eta.Likely == eta.Likely.Date.AddHours(21)).ShouldBeTrue();
        }
        stuck.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData(ParcelStatus.Held, "快件正在海关查验")]
    [InlineData(ParcelStatus.Held, "到付运费未付，快件待付款后派送")]
    [InlineData(ParcelStatus.Registered, "")]
    public void What_waits_for_somebody_else_is_not_estimated_and_that_is_said(ParcelStatus status, string text)
    {
        var parcel = At(status, -80, text);
        var trouble = FindTrouble.For(parcel, Everything(), false, Hours, Now).ShouldNotBeNull();
        EstimateDelivery.For(parcel, trouble, Everything(), Hours, Now).ShouldBeNull();
        var found = new TrackedParcel.Found(Numbers.Own(7), status, "", Now, [], null, null, false, null, "", "") { Trouble = trouble };
        TrackingText.Of(found, new Courier.Testing.FakeClock()).ShouldContain("\n送达时间暂时说不准，一有进展马上重新估算\n");
    }

    internal static Lane Lane { get; } = new("standard", "浙江省", "杭州市", "上海市", "上海市");

    internal static ParcelProgress At(ParcelStatus status, double hoursAgo, string text = "", string city = "杭州市") =>
        new(status, Lane, city, "杭州萧山转运中心", text, Now.AddHours(hoursAgo), Now.AddHours(hoursAgo), null);

    /// <summary>Runs evenly spread between two lengths.</summary>
    internal static LaneBook Book(LaneStage stage, LaneMeasure measure, double fromHours, double toHours) =>
        new(new Dictionary<LaneKey, DurationHistogram> { [new(Lane.Scopes[0].Text, stage, measure)] = Spread(fromHours, toHours) }, 5);

    internal static DateTimeOffset Moment => Now;

    private static LaneBook Everything() => new(
        Enum.GetValues<LaneStage>().SelectMany(s => Enum.GetValues<LaneMeasure>().Select(m => new LaneKey(Lane.Scopes[0].Text, s, m))).ToDictionary(k => k, _ => Spread(2, 50)), 5);

    private static DurationHistogram Spread(double fromHours, double toHours)
    {
        var histogram = new DurationHistogram();
        for (var i = 0; i < 100; i++) histogram.Add(TimeSpan.FromHours(fromHours + (toHours - fromHours) * i / 99));
        return histogram;
    }

    private static DateTimeOffset Midnight => new(2026, 11, 22, 0, 0, 0, TimeSpan.FromHours(8));

    private static DeliveryEta? For(ParcelProgress parcel, LaneBook book) => EstimateDelivery.For(parcel, null, book, Hours, Now);

    private static DeliveryEta Eta(double likely, double latest) => new(Midnight.AddHours(likely), Midnight.AddHours(latest), 50, LaneBasis.Lane);

    private static StatusPoint Point(ParcelStatus status, string city, double hours) => new() { ParcelId = "p", Status = status, City = city, At = Now.AddHours(hours) };
}
