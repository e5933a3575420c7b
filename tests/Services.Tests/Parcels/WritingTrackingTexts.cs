using System.Text;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.Services.Tests.Parcels;

public sealed class WritingTrackingTexts
{
    private static readonly FakeClock Clock = new();
    private static readonly WaybillNumber Number = Numbers.Own(42);

    [Fact]
    public void A_parcel_on_its_way_is_told_status_first_and_the_newest_point_next()
    {
        TrackingText.Of(AParcel(ParcelStatus.OutForDelivery, 2), Clock).Split('\n').ShouldBe(
        [
            $"【派送中】{Number}", "杭州市 → 上海市", "承诺11月24日 18:00 前送达", "11-22 10:00 [上海市]快件已扫描1", "11-22 09:00 [上海市]快件已扫描2",
            "状态有变化时会第一时间通知您；回复“1”可核对收寄方信息",
        ]);
    }

    [Fact]
    public void Where_it_waits_is_told() =>
        TrackingText.Of(AParcel(ParcelStatus.InLocker, 1) with { PickupHint = "存放位置：3号楼快递柜" }, Clock).ShouldContain("\n存放位置：3号楼快递柜\n");

    [Fact]
    public void A_parcel_without_news_says_so_and_offers_a_human()
    {
        var stale = AParcel(ParcelStatus.Arrived, 1) with { UpdatedAt = Clock.GetUtcNow().AddDays(-3) };
        TrackingText.Of(stale, Clock).ShouldEndWith("已有3天没有新的物流记录，长时间未更新可回复“人工”联系客服");
    }

    [Fact]
    public void A_parcel_that_nobody_has_picked_up_says_so() => TrackingText.Of(AParcel(ParcelStatus.Registered, 0), Clock).ShouldContain("等待快递员揽收");

    [Fact]
    public void Last_years_points_carry_their_year() =>
        TrackingText.Of(AParcel(ParcelStatus.Signed, 1) with { Routes = [new(Clock.GetUtcNow().AddYears(-1), ParcelStatus.Signed, "", "", "已签收")] }, Clock)
            .ShouldContain("2025-11-22 10:00 已签收");

    [Theory]
    [InlineData("快", 400)]
    [InlineData("😀", 250)]
    [InlineData("a", 500)]
    public void Any_text_fits_into_2048_bytes_and_cuts_no_character(string unit, int times)
    {
        var text = string.Concat(Enumerable.Repeat(unit, times));
        var parcel = AParcel(ParcelStatus.Arrived, 12) with { Routes = [.. Enumerable.Range(0, 12).Select(i => new RoutePoint(Clock.GetUtcNow(), null, "", "", text))] };
        var answer = TrackingText.Of(parcel, Clock);
        Encoding.UTF8.GetByteCount(answer).ShouldBeLessThanOrEqualTo(2048);
        answer.ShouldStartWith("【已到达中转站点】");
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(answer).Length.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void At_most_eight_points_are_shown() =>
        TrackingText.Of(AParcel(ParcelStatus.Arrived, 20), Clock).Split('\n').Count(l => l.Contains("快件已扫描", StringComparison.Ordinal)).ShouldBe(8);

    [Fact]
    public void Fifteen_numbers_fit_and_each_is_named()
    {
        var parcels = Enumerable.Range(1, 15).Select(i => (TrackedParcel)(AParcel(ParcelStatus.Arrived, 3) with { Waybill = Numbers.Own(i) })).ToList();
        var text = TrackingText.Of(parcels, Clock);
        Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(2048);
        foreach (var parcel in parcels) text.ShouldContain($"{parcel.Waybill} 已到达中转站点 11-22 10:00");
    }

    [Fact]
    public void An_unknown_number_says_what_it_may_be_and_not_whether_it_exists()
    {
        var text = TrackingText.Of(new TrackedParcel.Unknown(WaybillNumber.Parse("SF1234567890123"), ReadWaybills.LookAt(WaybillNumber.Parse("SF1234567890123"), new())), Clock);
        text.ShouldBe("单号 SF1234567890123 暂时没有可以给您看的信息。\n· 如果是您寄收的快递，请回复收件人或寄件人手机号的后四位\n· 可能刚下单、快递员尚未录入，请稍后再查\n· 也可能是其他快递公司的单号：顺丰速运（95338）");
    }

    [Fact]
    public void A_mistyped_number_of_ours_is_told_by_its_check_digit()
    {
        var mistyped = WaybillNumber.Parse(Number.Text[..^1] + (char)('0' + (Number.Text[^1] - '0' + 1) % 10));
        TrackingText.Of(new TrackedParcel.Unknown(mistyped, ReadWaybills.LookAt(mistyped, new())), Clock).ShouldContain("校验位不符");
    }

    [Fact]
    public void Too_many_tries_says_when_to_come_back() =>
        TrackingText.Of(new TrackedParcel.TooManyTries(Number), Clock).ShouldBe($"单号 {Number} 的验证次数过多，请一小时后再试。");

    private static TrackedParcel.Found AParcel(ParcelStatus status, int points) => new(
        Number, status, ParcelWords.Of(status), Clock.GetUtcNow(),
        [.. Enumerable.Range(0, points).Select(i => new RoutePoint(Clock.GetUtcNow().AddHours(-i), status, "上海市", "浦东一部", $"快件已扫描{i + 1}"))],
        PartyRole.Recipient, null, true, new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.FromHours(8)), "杭州市", "上海市");
}
