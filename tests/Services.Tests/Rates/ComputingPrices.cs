using Courier.Services.Lanes;
using Courier.Services.Rates;

namespace Courier.Services.Tests.Rates;

public sealed class ComputingPrices
{
    [Theory]
    [InlineData("浙江省/杭州市", "浙江省/杭州市", "同城", 1200)]
    [InlineData("浙江省/杭州市", "浙江省/宁波市", "省内", 1300)]
    [InlineData("浙江省/杭州市", "上海市/上海市", "区内", 1400)]
    [InlineData("北京市/北京市", "河北省/石家庄市", "区内", 1400)]
    [InlineData("浙江省/杭州市", "湖北省/武汉市", "一类", 1800)]
    [InlineData("浙江省/杭州市", "广东省/深圳市", "二类", 2000)]
    [InlineData("浙江省/杭州市", "陕西省/西安市", "三类", 2200)]
    [InlineData("黑龙江省/哈尔滨市", "云南省/昆明市", "四类", 2300)]
    [InlineData("浙江省/杭州市", "新疆维吾尔自治区/乌鲁木齐市", "偏远", 2600)]
    [InlineData("西藏自治区/拉萨市", "上海市/上海市", "偏远", 2600)]
    [InlineData("西藏自治区/拉萨市", "西藏自治区/日喀则市", "省内", 1300)]
    [InlineData("广东省/深圳市", "香港特别行政区/香港特别行政区", "港澳台", 3500)]
    [InlineData("台湾省/台北市", "新疆维吾尔自治区/乌鲁木齐市", "港澳台", 3500)]
    [InlineData("湖北省/仙桃市", "湖北省/武汉市", "省内", 1300)]
    public void The_zone_between_two_places_decides_the_first_weight(string from, string to, string zone, long fen)
    {
        var option = Cards.Option(Cards.Request(from, to));
        option.TotalFen.ShouldBe(fen);
        option.Lines.ShouldHaveSingleItem().Explanation.ShouldContain($"“{zone}”");
    }

    [Theory]
    [InlineData(1, 100, 1400)]
    [InlineData(1000, 1000, 1400)]
    [InlineData(1001, 1100, 1550)]
    [InlineData(1500, 1500, 1550)]
    [InlineData(1510, 1600, 1700)]
    [InlineData(10_000, 10_000, 1400 + 18 * 150)]
    [InlineData(10_001, 10_500, 1400 + 19 * 150)]
    [InlineData(29_600, 30_000, 1400 + 58 * 150)]
    public void Weight_is_rounded_up_in_steps_of_its_band_and_charged_a_step_at_a_time(long grams, long chargeable, long fen)
    {
        var option = Cards.Option(Cards.Request(grams: grams));
        (option.ChargeableGrams, option.TotalFen).ShouldBe((chargeable, fen));
    }

    [Theory]
    [InlineData("上海市/上海市", 400, 300, 200, 1000, 4000, 4000)] // 24,000 cm³ / 6000
    [InlineData("上海市/上海市", 400, 300, 200, 5000, 4000, 5000)]
    [InlineData("浙江省/宁波市", 400, 300, 200, 1000, 2000, 2000)] // 12000 in the province
    [InlineData("上海市/上海市", 301, 200, 200, 2005, 2007, 2100)] // compared before rounding
    [InlineData("上海市/上海市", 100, 100, 100, 10, 167, 200)]
    public void The_greater_of_weight_and_volume_is_charged_compared_before_rounding(string to, long l, long w, long h, long grams, long volumetric, long chargeable)
    {
        var option = Cards.Option(Cards.Request(to: to, grams: grams, mm: (l, w, h)));
        (option.VolumetricGrams, option.ChargeableGrams).ShouldBe((volumetric, chargeable));
    }

    [Fact]
    public void A_price_tells_how_each_fen_was_computed()
    {
        var option = Cards.Option(Cards.Request(grams: 2600, mm: (400, 300, 200), insured: 300_000, cod: 50_000, pickup: PickupWay.Outlet, tier: "gold", packaging: "box_4"));
        option.Lines.Select(l => (l.Code, l.Fen)).ShouldBe(
        [
            ("first", 1400L), ("further", 900), ("insurance", 1500), ("cod", 750), ("packaging", 600), ("drop_off", -200), ("member", -105),
        ]);
        (option.ListFen, option.TotalFen).ShouldBe((5150, 4845));
        option.Lines.Select(l => l.Explanation).ShouldBe(
        [
            "杭州市→上海市为“区内”，首重1公斤 14.00元；体积重量40×30×20厘米÷6000＝4公斤，大于实际重量2.6公斤，计费4公斤",
            "计费重量4公斤，超出首重3公斤，每0.5公斤 1.50元，不足按一份计：6×1.50元＝9.00元",
            "声明价值3000.00元×0.5%＝15.00元",
            "代收500.00元×1.5%（最低3.00元，最高300.00元）＝7.50元",
            "4号纸箱 1个，36×30×25厘米，可装10公斤",
            "自己送到网点，每票减2.00元",
            "金卡会员运费优惠5%：21.00元（23.00元－2.00元）×5%＝1.05元",
        ]);
    }

    [Theory]
    [InlineData("standard", 1, 100)]
    [InlineData("standard", 50_000, 100)]
    [InlineData("standard", 50_001, 200)]
    [InlineData("standard", 100_100, 501)] // half a fen more is a whole one
    [InlineData("standard", 100_001, 500)]
    [InlineData("heavy", 100_000, 500)]
    [InlineData("heavy", 100_001, 600)]
    public void Insurance_goes_by_bands(string product, long insured, long fen) =>
        Cards.Option(Cards.Request(grams: 1000, insured: insured), product).Lines.Single(l => l.Code == "insurance").Fen.ShouldBe(fen);

    [Theory]
    [InlineData("standard", 100, 300)]
    [InlineData("standard", 2_000_000, 30_000)]
    [InlineData("heavy", 100, 1000)]
    public void Collecting_has_a_least_and_a_greatest_fee(string product, long cod, long fen) =>
        Cards.Option(Cards.Request(cod: cod), product).Lines.Single(l => l.Code == "cod").Fen.ShouldBe(fen);

    [Fact]
    public void The_least_price_is_reached_by_a_line_of_its_own()
    {
        var option = Cards.Option(Cards.Request(to: "浙江省/杭州市", grams: 5000), "heavy");
        option.Lines.Select(l => (l.Code, l.Fen)).ShouldBe([("first", 3000L), ("minimum", 1000)]);
        option.Lines[1].Explanation.ShouldBe("此线路每票最低40.00元，补足10.00元");
    }

    [Theory]
    [InlineData("heavy", 99_000, 0, 0, "")]
    [InlineData("heavy", 101_000, 0, 5000, "overweight")]
    [InlineData("heavy", 1000, 2100, 6000, "overlong")]
    [InlineData("standard", 31_000, 0, 1000, "overweight")]
    public void What_is_too_long_or_heavy_for_the_machines_costs_more(string product, long grams, long longest, long fen, string code)
    {
        var option = Cards.Option(Cards.Request(grams: grams, mm: longest == 0 ? null : (longest, 100, 100)), product);
        option.Lines.Where(l => l.Code is "overweight" or "overlong").Select(l => (l.Code, l.Fen)).ShouldBe(code.Length == 0 ? [] : [(code, fen)]);
    }

    [Theory]
    [InlineData("2027-01-29T23:59:00+08:00", 0)]
    [InlineData("2027-01-30T00:00:00+08:00", 500)]
    [InlineData("2027-02-14T16:00:00+08:00", 500)]
    [InlineData("2027-02-15T00:00:00+08:00", 0)]
    public void Peak_days_are_days_in_China(string at, long fen) =>
        Cards.Option(Cards.Request(at: at)).Lines.Where(l => l.Code == "peak").Sum(l => l.Fen).ShouldBe(fen);

    [Theory]
    [InlineData("22:00", PickupWay.Door, 800)]
    [InlineData("06:59", PickupWay.Door, 800)]
    [InlineData("07:00", PickupWay.Door, 0)]
    [InlineData("21:59", PickupWay.Door, 0)]
    [InlineData("23:00", PickupWay.Outlet, 0)]
    public void A_courier_at_night_costs_more(string time, PickupWay way, long fen) =>
        Cards.Option(Cards.Request(pickup: way, at: $"2026-11-23T{time}:00+08:00")).Lines.Where(l => l.Code == "night").Sum(l => l.Fen).ShouldBe(fen);

    [Theory]
    [InlineData("浙江省/舟山市/嵊泗县", true)]
    [InlineData("浙江省/舟山市/定海区", false)]
    [InlineData("西藏自治区/那曲市/色尼区", true)]
    [InlineData("西藏自治区/拉萨市", false)]
    public void A_remote_end_costs_more_whichever_it_is(string place, bool remote)
    {
        foreach (var request in new[] { Cards.Request(to: place), Cards.Request(from: place) })
            Cards.Option(request).Lines.Any(l => l is { Code: "remote", Fen: 1500 }).ShouldBe(remote);
    }

    [Theory]
    [InlineData("express", "liquid", 1000, PickupWay.Door, "走航空运输，不能寄液体类物品")]
    [InlineData("express", "other", 1000, PickupWay.Locker, "不能从快递柜寄出")]
    [InlineData("economy", "other", 30_001, PickupWay.Door, "单件限重30公斤")]
    [InlineData("heavy", "document", 1000, PickupWay.Door, "不承运文件类物品")]
    public void A_product_that_does_not_carry_it_says_why(string product, string kind, long grams, PickupWay way, string reason)
    {
        var quotation = Quotation.Of(Cards.Seed, Cards.Request(kind: kind, grams: grams, pickup: way));
        quotation.Options.ShouldNotContain(o => o.Product == product);
        quotation.Unavailable.Single(u => u.Product == product).Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("economy", "广东省/深圳市", "香港特别行政区/香港特别行政区", 0, 0, "", 0, "深圳市→香港特别行政区暂不通达")]
    [InlineData("express", "浙江省/杭州市", "上海市/上海市", 0, 100, "", 0, "不提供代收货款")]
    [InlineData("economy", "浙江省/杭州市", "上海市/上海市", 300_001, 0, "", 0, "保价最高3000.00元")]
    [InlineData("economy", "浙江省/杭州市", "上海市/上海市", 0, 500_001, "", 0, "代收货款最高5000.00元")]
    [InlineData("standard", "浙江省/杭州市", "上海市/上海市", 0, 0, "box_99", 0, "所选包装装不下这个重量，或已不再出售")]
    [InlineData("standard", "浙江省/杭州市", "上海市/上海市", 0, 0, "", 1600, "单边不超过150厘米，三边之和不超过300厘米")]
    public void So_does_one_that_does_not_go_there_or_not_so_far(string product, string from, string to, long insured, long cod, string packaging, long longest, string reason)
    {
        var request = Cards.Request(from, to, insured: insured, cod: cod, packaging: packaging, mm: longest == 0 ? null : (longest, 10, 10));
        Quotation.Of(Cards.Seed, request).Unavailable.Single(u => u.Product == product).Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("2026-11-23T18:00:00+08:00", "西湖区", "2026-11-25T12:00:00+08:00")]
    [InlineData("2026-11-23T18:01:00+08:00", "西湖区", "2026-11-26T12:00:00+08:00")]
    [InlineData("2026-11-23T16:01:00+08:00", "桐庐县", "2026-11-26T12:00:00+08:00")]
    [InlineData("2026-11-23T15:59:00Z", "西湖区", "2026-11-26T12:00:00+08:00")]
    public void The_promise_counts_from_the_cut_off_of_the_place(string at, string district, string promised) =>
        Cards.Option(Cards.Request($"浙江省/杭州市/{district}", at: at)).PromisedBy.ShouldBe(DateTimeOffset.Parse(promised, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("lane|杭州市|上海市|standard", 10, "2026-11-25T12:00:00+08:00")] // quicker than promised is not promised
    [InlineData("lane|杭州市|上海市|standard", 60, "2026-11-26T12:00:00+08:00")]
    [InlineData("lane|杭州市|上海市|economy", 60, "2026-11-25T12:00:00+08:00")] // what a slower product took says nothing
    [InlineData("cities|杭州市|上海市", 60, "2026-11-25T12:00:00+08:00")]
    public void The_promise_is_later_where_parcels_lately_took_longer(string scope, int hours, string promised)
    {
        var histogram = new DurationHistogram();
        for (var i = 0; i < 50; i++) histogram.Add(TimeSpan.FromHours(hours));
        var lanes = new LaneBook(new Dictionary<LaneKey, DurationHistogram> { [new(scope, LaneStage.PickedUp, LaneMeasure.Delivery)] = histogram }, 8);
        Quotation.Of(Cards.Seed, Cards.Request(), lanes).Options.Single(o => o.Product == "standard").PromisedBy
            .ShouldBe(DateTimeOffset.Parse(promised, System.Globalization.CultureInfo.InvariantCulture));
    }
}
