using Courier.Kernel.Data;
using Courier.Services.Parcels;
using static Courier.Services.Parcels.ParcelStatus;

namespace Courier.Services.Tests.Parcels;

public sealed class TheStatusMachine
{
    private static readonly HashSet<ParcelStatus> Final = [Signed, Returned, Cancelled];
    private static readonly HashSet<ParcelStatus> BeforeTheJourney = [Registered, PickedUp, Held, Redirected];
    private static readonly HashSet<ParcelStatus> LeadOutOfReturning = [Signed, Returned, Damaged, Lost, Redirected];
    private static readonly HashSet<ParcelStatus> SaysNothingOfALostOne = [DeliveryFailed, Refused, PickedUp, Cancelled];
    private static readonly HashSet<ParcelStatus> SaysNothingOfADamagedOne = [PickedUp, Cancelled];

    public static TheoryData<ParcelStatus, ParcelStatus> EveryPair()
    {
        var pairs = new TheoryData<ParcelStatus, ParcelStatus>();
        foreach (var from in Enum.GetValues<ParcelStatus>())
            foreach (var to in Enum.GetValues<ParcelStatus>()) pairs.Add(from, to);
        return pairs;
    }

    [Theory, MemberData(nameof(EveryPair))]
    public void Every_pair_of_statuses_is_decided(ParcelStatus from, ParcelStatus to) =>
        StatusMachine.Of(from, to).ShouldBe(IsExpected(from, to) ? Transition.Allowed : Transition.Ignored);

    [Theory, MemberData(nameof(EveryPair))]
    public void A_newer_report_follows_the_table_and_an_older_one_never_moves(ParcelStatus from, ParcelStatus to)
    {
        var known = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        var newer = AParcelAt(from, known);
        var change = newer.Apply(AReport(to, known.AddMinutes(1)));
        newer.Status.ShouldBe(IsExpected(from, to) ? to : from);
        (change is not null).ShouldBe(newer.Status != from);
        newer.Version.ShouldBe(change is null ? 7 : 8);

        var older = AParcelAt(from, known);
        older.Apply(AReport(to, known.AddMinutes(-1))).ShouldBeNull();
        older.Status.ShouldBe(from);
        older.LastEventAt.ShouldBe(known);
    }

    [Fact]
    public void A_parcel_on_its_way_back_stays_so_through_the_hubs_until_it_is_returned()
    {
        var at = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        var parcel = AParcelAt(Refused, at);
        ParcelStatus[] seen = [.. new[] { Returning, Departed, Arrived, OutForDelivery, Returned, Departed }
            .Select((s, i) => { parcel.Apply(AReport(s, at.AddMinutes(i + 1))); return parcel.Status; })];
        seen.ShouldBe([Returning, Returning, Returning, Returning, Returned, Returned]);
    }

    [Fact]
    public void Only_signed_returned_cancelled_and_lost_are_done() =>
        Enum.GetValues<ParcelStatus>().Where(s => StatusMachine.StateOf(s) == ParcelState.Done).ShouldBe([Signed, Returned, Lost, Cancelled], ignoreOrder: true);

    [Fact]
    public void Every_status_has_words() => Enum.GetValues<ParcelStatus>().Select(ParcelWords.Of).ShouldBeUnique();

    private static bool IsExpected(ParcelStatus from, ParcelStatus to)
    {
        if (from == to || to == Registered || Final.Contains(from)) return false;
        if (from == Returning) return LeadOutOfReturning.Contains(to);
        if (from == Lost) return !SaysNothingOfALostOne.Contains(to);
        if (from == Damaged) return !SaysNothingOfADamagedOne.Contains(to);
        return to is not (PickedUp or Cancelled) || BeforeTheJourney.Contains(from);
    }

    private static Parcel AParcelAt(ParcelStatus status, DateTimeOffset at) => new()
    {
        Id = "p", Waybill = Numbers.Own(1), Core = "core", PromisedBy = null, Status = status, Version = 7, LastEventAt = at, LatestText = "", LatestPlace = "",
    };

    private static RouteEvent AReport(ParcelStatus status, DateTimeOffset at) =>
        new("e", Numbers.Own(1), EnumText<ParcelStatus>.Of(status), new CodeMeaning(status), at, "杭州市", "", "文字", "", "", null);
}

public sealed class ReadingCarrierCodes
{
    [Theory]
    [InlineData("picked_up", PickedUp)]
    [InlineData("redirected", Redirected)]
    [InlineData("kuaidi100:0", Departed)]
    [InlineData("kuaidi100:1", PickedUp)]
    [InlineData("kuaidi100:103", PickedUp)]
    [InlineData("kuaidi100:3", Signed)]
    [InlineData("kuaidi100:304", Signed)]
    [InlineData("kuaidi100:5", OutForDelivery)]
    [InlineData("kuaidi100:501", InStation)]
    [InlineData("kuaidi100:6", Returning)]
    [InlineData("kuaidi100:14", Refused)]
    [InlineData("kuaidi100:209", Damaged)]
    [InlineData("kuaidi100:1001", Arrived)]
    [InlineData("wechat:100001", PickedUp)]
    [InlineData("wechat:300002", OutForDelivery)]
    [InlineData("wechat:300003", Signed)]
    [InlineData("wechat:300004", DeliveryFailed)]
    [InlineData("wechat:400002", Held)]
    [InlineData("wechat:400003", Returned)]
    public void Known_codes_have_one_meaning(string code, ParcelStatus meaning)
    {
        CarrierCodes.TryRead(code, out var read).ShouldBeTrue();
        read.ShouldBe(new CodeMeaning(meaning));
    }

    [Theory]
    [InlineData("kuaidi100:998")]
    [InlineData("wechat:999999")]
    [InlineData("wechat:200001")]
    public void Unknown_codes_of_a_known_vocabulary_are_a_movement_and_no_more(string code)
    {
        CarrierCodes.TryRead(code, out var read).ShouldBeTrue();
        read.StatusFor(Registered).ShouldBe(Departed);
        read.StatusFor(PickedUp).ShouldBe(Departed);
        read.StatusFor(Held).ShouldBe(Departed);
        read.StatusFor(OutForDelivery).ShouldBeNull();
        read.StatusFor(Returning).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("registered")]
    [InlineData("PICKED_UP")]
    [InlineData("kuaidi100:")]
    [InlineData("kuaidi100:abc")]
    [InlineData("kuaidi100:-1")]
    [InlineData("wechat:123456789012345")]
    [InlineData("sf:50")]
    public void Words_of_no_vocabulary_are_refused(string? code) => CarrierCodes.TryRead(code, out _).ShouldBeFalse();
}
