using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Network;

namespace Courier.Services.Tests.Network;

public sealed class AskingForTheServiceAreaOnSqlite() : AskingForTheServiceArea(DatabaseProvider.Sqlite);

public sealed class AskingForTheServiceAreaOnMariaDb() : AskingForTheServiceArea(DatabaseProvider.MySql);

/// <summary>Who serves an address, with the outlets of the demo.</summary>
public abstract class AskingForTheServiceArea(DatabaseProvider provider) : IAsyncLifetime
{
    private Stage _stage = null!;

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(provider);
        await _stage.Begin<LoadDemoNetwork>();
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Theory]
    [InlineData("广东省", "深圳市", "南山区", "粤海街道", "科苑路 8 号", AreaStanding.Served, true, "深圳科技园营业点")]
    [InlineData("广东", "深圳", "南山", "", "粤海街道科苑路 8 号", AreaStanding.Served, true, "深圳科技园营业点")]
    [InlineData("广东省", "深圳市", "南山区", "", "科苑路 8 号", AreaStanding.Served, true, null)]
    [InlineData("浙江省", "杭州市", "萧山区", "", "某路 1 号", AreaStanding.ServedInParts, false, null)]
    [InlineData("浙江省", "杭州市", "", "", "", AreaStanding.ServedInParts, false, null)]
    [InlineData("浙江省", "杭州市", "余杭区", "径山镇", "径山村 3 组", AreaStanding.Beyond, false, null)]
    [InlineData("广东省", "深圳市", "南山区", "西丽街道", "大磡村 1 号", AreaStanding.Served, true, "深圳西丽营业点")]
    [InlineData("浙江省", "杭州市", "萧山区", "楼塔镇", "", AreaStanding.Outside, false, null)]
    [InlineData("福建省", "福州市", "鼓楼区", "", "", AreaStanding.Outside, false, null)]
    [InlineData("火星", "奥林匹斯市", "山脚区", "", "", AreaStanding.Unknown, false, null)]
    public async Task Each_address_has_a_clear_answer(
        string province, string city, string district, string street, string detail, AreaStanding standing, bool pickup, string? outlet)
    {
        var area = await Ask(province, city, district, street, detail);
        (area.Standing, area.Pickup, area.Delivery).ShouldBe((standing, pickup, pickup), area.ToString());
        if (outlet is not null) area.Outlets[0].Name.ShouldBe(outlet);
        area.Answer.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Outside_it_says_who_is_nearest_and_what_can_be_done_instead()
    {
        var town = await Ask("浙江省", "杭州市", "萧山区", "楼塔镇", "");
        (town.Around, town.Outlets.Count).ShouldBe(("浙江省杭州市萧山区", 0));
        town.Nearest.ShouldAllBe(o => o.DistrictCode == "330109");
        town.Possible.ShouldBe([AreaOption.DropOff, AreaOption.CollectAtOutlet]);
        town.Answer.ShouldBe($"浙江省杭州市萧山区楼塔镇不在我们的服务范围内。离得最近的是浙江省杭州市萧山区的{town.Nearest[0].Name}，可以到那里寄件或自取。");
        var province = await Ask("福建省", "福州市", "鼓楼区", "", "");
        (province.Around, province.Possible.Count).ShouldBe((null, 0));
        province.Answer.ShouldBe("福建省福州市鼓楼区不在我们的服务范围内，附近也没有我们的网点。");
        var village = await Ask("浙江省", "杭州市", "余杭区", "径山镇", "径山村");
        village.Possible.ShouldContain(AreaOption.CollectAtOutlet);
        village.Answer.ShouldContain(village.Outlets[0].Name);
    }

    [Fact]
    public async Task Couriers_of_a_closed_outlet_do_not_collect()
    {
        await _stage.Db.Execute("update network_outlets set closed = 1");
        await _stage.Db.Execute("update network_versions set version = version + 1 where name = 'outlets'");
        var area = await Ask("广东省", "深圳市", "南山区", "粤海街道", "");
        (area.Standing, area.Pickup, area.Delivery, area.Possible.Count).ShouldBe((AreaStanding.Served, false, true, 0));
        area.Answer.ShouldContain("暂不收寄");
    }

    [Fact]
    public async Task An_outlet_says_what_it_does_not_take()
    {
        var outlet = (await ListOutlets.Find(_stage.Db, "HZ001", default))!;
        outlet.Refuses(30_000, 1_200, 500, 300).ShouldBeNull();
        outlet.Refuses(30_001).ShouldBe("这个网点最重收 30 公斤");
        outlet.Refuses(100, 100, 1_201, 100).ShouldBe("这个网点收的快件单边不超过 120 厘米");
        outlet.Refuses(100, 1_000, 600, 500).ShouldBe("这个网点收的快件长宽高之和不超过 200 厘米");
        (outlet with { Services = "cod" }).Refuses(1).ShouldBe("这个网点不收寄快件");
    }

    [Theory]
    [InlineData("440305", "广东省深圳市南山区")]
    [InlineData("440300", "广东省深圳市")]
    [InlineData("330000", "浙江省")]
    [InlineData("440305007", "广东省深圳市南山区粤海街道")]
    public async Task Outlets_are_found_by_the_code_of_a_region(string code, string where)
    {
        var found = await FindOutlets.Search(_stage.Db, _stage.Get<OutletBook>(), _stage.Get<Divisions>(), code, default);
        found.ShouldBeOfType<OutletSearch.Found>().Where.ShouldBe(where);
    }

    [Fact]
    public async Task A_code_without_a_region_finds_nothing() =>
        (await FindOutlets.Search(_stage.Db, _stage.Get<OutletBook>(), _stage.Get<Divisions>(), "999999", default)).ShouldBeNull();

    private Task<AreaService> Ask(string province, string city, string district, string street, string detail) =>
        ServiceArea.Of(_stage.Db, _stage.Get<OutletBook>(), _stage.Get<Divisions>(), province, city, district, street, detail, default);
}
