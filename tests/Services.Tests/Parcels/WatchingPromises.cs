using Courier.Services.Lanes;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Parcels;

public sealed class WatchingPromises
{
    private static readonly DateTimeOffset Now = EstimatingDeliveries.Moment;

    [Theory]
    //          promise, likely, latest, told, told eta, recovered → step    (hours from now)
    [InlineData(20, 10.0, 18.0, 0, null, false, "Nothing")]
    [InlineData(20, 10.0, 30.0, 0, null, false, "Nothing")] // may be late is not will be late
    [InlineData(20, 21.0, 30.0, 0, null, false, "Warn")]
    [InlineData(20, 21.0, 30.0, 1, 21.0, false, "Nothing")] // not twice
    [InlineData(20, 32.0, 40.0, 1, 21.0, false, "Nothing")] // somewhat worse
    [InlineData(20, 34.0, 40.0, 1, 21.0, false, "Nothing")] // a night
    [InlineData(20, 40.0, 48.0, 1, 21.0, false, "Warn")]    // much worse
    [InlineData(20, 99.0, 99.0, 3, 21.0, false, "Nothing")] // three times is enough
    [InlineData(20, 18.0, 22.0, 1, 21.0, false, "Nothing")] // not safely in time again
    [InlineData(20, 10.0, 18.0, 1, 21.0, false, "TakeBack")]
    [InlineData(20, 10.0, 18.0, 1, 21.0, true, "Nothing")]
    [InlineData(-1, 10.0, 18.0, 0, null, false, "Nothing")] // over: nothing early about it
    public void A_promise_is_watched(double promise, double likely, double latest, int told, double? toldEta, bool recovered, string step)
    {
        var parcel = EstimatingDeliveries.At(ParcelStatus.Arrived, -5) with { PromisedBy = Now.AddHours(promise) };
        var watch = new Watch(told, toldEta is { } hours ? Now.AddHours(hours) : null, recovered);
        WatchRule.Decide(parcel, Eta(likely, latest), null, watch, Now).ToString().ShouldBe(step);
    }

    [Theory]
    [InlineData(ParcelStatus.Signed)]
    [InlineData(ParcelStatus.InLocker)]
    [InlineData(ParcelStatus.InStation)]
    [InlineData(ParcelStatus.Returning)]
    [InlineData(ParcelStatus.Cancelled)]
    public void What_has_arrived_or_will_not_is_never_warned_about_and_a_warning_is_taken_back(ParcelStatus status)
    {
        var parcel = EstimatingDeliveries.At(status, -5) with { PromisedBy = Now.AddHours(5) };
        WatchRule.Decide(parcel, null, null, Watch.New, Now).ShouldBe(WatchStep.Nothing);
        WatchRule.Decide(parcel, null, null, new Watch(1, Now.AddHours(20), false), Now).ShouldBe(WatchStep.TakeBack);
        WatchRule.Decide(parcel, null, null, new Watch(1, Now.AddHours(20), true), Now).ShouldBe(WatchStep.Nothing);
    }

    [Fact]
    public void What_all_runs_have_in_common_alarms_nobody() =>
        WatchRule.Decide(EstimatingDeliveries.At(ParcelStatus.Arrived, -5) with { PromisedBy = Now.AddHours(5) }, Eta(20, 30) with { Basis = LaneBasis.All }, null, Watch.New, Now)
            .ShouldBe(WatchStep.Nothing);

    [Fact]
    public void A_parcel_that_takes_longer_than_any_before_loses_its_promise_a_day_before_the_end()
    {
        var parcel = EstimatingDeliveries.At(ParcelStatus.Arrived, -90);
        var trouble = new ParcelTrouble(TroubleReason.WaitingAtHub, "停留较久", Now.AddHours(-90), "", TimeSpan.FromHours(6), null);
        WatchRule.Decide(parcel with { PromisedBy = Now.AddHours(30) }, null, trouble, Watch.New, Now).ShouldBe(WatchStep.Nothing);
        WatchRule.Decide(parcel with { PromisedBy = Now.AddHours(23) }, null, trouble, Watch.New, Now).ShouldBe(WatchStep.Warn);
        WatchRule.Decide(parcel with { PromisedBy = Now.AddHours(23) }, null, null, Watch.New, Now).ShouldBe(WatchStep.Nothing);
    }

    [Theory]
    [InlineData(100, 10, 180)]
    [InlineData(12, 9, 60)]
    [InlineData(12, 11.9, 10)]
    [InlineData(12, 30, 10)]
    public void The_nearer_the_promise_the_sooner_the_next_look(double promise, double likely, double minutes) =>
        WatchRule.NextLook(EstimatingDeliveries.At(ParcelStatus.Arrived, -5) with { PromisedBy = Now.AddHours(promise) }, Eta(likely, likely + 3), null, null, Now)
            .ShouldBe(Now.AddMinutes(minutes), TimeSpan.FromSeconds(1));

    [Fact]
    public void It_looks_when_a_parcel_begins_to_be_stuck()
    {
        var parcel = EstimatingDeliveries.At(ParcelStatus.Arrived, -5) with { PromisedBy = Now.AddHours(100) };
        WatchRule.NextLook(parcel, Eta(10, 13), null, Now.AddMinutes(70), Now).ShouldBe(Now.AddMinutes(70));
        WatchRule.NextLook(parcel, Eta(10, 13), null, Now.AddHours(20), Now).ShouldBe(Now.AddHours(3));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Whatever_is_known_it_looks_again_before_the_promise_is_over(bool isEstimated, bool isStuck)
    {
        for (var minutes = 3; minutes < 4000; minutes += 7)
        {
            var parcel = EstimatingDeliveries.At(ParcelStatus.Arrived, -5) with { PromisedBy = Now.AddMinutes(minutes) };
            var trouble = isStuck ? new ParcelTrouble(TroubleReason.WaitingAtHub, "停留较久", Now, "", null, null) : null;
            WatchRule.NextLook(parcel, isEstimated ? Eta(1, 2) : null, trouble, null, Now).ShouldBeLessThan(Now.AddMinutes(minutes));
        }
    }

    /// <summary>One rule: the answer says that it will be late when, and only when, followers are warned.</summary>
    [Fact]
    public void The_answer_says_so_when_and_only_when_followers_are_warned()
    {
        var stuck = new ParcelTrouble(TroubleReason.WaitingAtHub, "停留较久", Now.AddHours(-90), "", null, null);
        var late = 0;
        foreach (var promise in new[] { 1.0, 10, 23, 25, 60 })
            foreach (var likely in new double?[] { null, 0.5, 9, 24, 40, 70 })
                foreach (var basis in Enum.GetValues<LaneBasis>())
                    foreach (var trouble in new[] { null, stuck })
                    {
                        var parcel = EstimatingDeliveries.At(ParcelStatus.Arrived, -5) with { PromisedBy = Now.AddHours(promise) };
                        var eta = likely is { } hours ? Eta(hours, hours + 5) with { Basis = basis } : null;
                        var warns = WatchRule.Decide(parcel, eta, trouble, Watch.New, Now) == WatchStep.Warn;
                        (OutlookWords.Promise(parcel.PromisedBy, eta, trouble, Now)?.Contains("会晚于承诺", StringComparison.Ordinal) == true).ShouldBe(warns, $"{promise} {likely} {basis} {trouble is null}");
                        if (warns) late++;
                    }
        late.ShouldBeGreaterThan(50);
    }

    private static DeliveryEta Eta(double likely, double latest) => new(Now.AddHours(likely), Now.AddHours(latest), 40, LaneBasis.Cities);
}
