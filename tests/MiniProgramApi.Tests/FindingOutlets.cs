using System.Net;
using Courier.Testing;

namespace Courier.MiniProgramApi.Tests;

public sealed class FindingOutlets : IAsyncLifetime
{
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { Demo = true });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_guest_finds_outlets_by_area_by_name_and_by_point()
    {
        (await Names("outlets?district=南山区")).ShouldBe(["深圳科技园营业点", "深圳西丽营业点"]);
        (await Names("outlets?district=深圳市&q=西丽")).ShouldBe(["深圳西丽营业点"]);
        (await Names("outlets?q=车公庙")).ShouldBe(["深圳车公庙营业点"]);
        (await Names("nearest?lat=30.2561&lng=120.1632&kind=outlet&limit=1")).ShouldBe(["杭州湖滨营业点"]);
        (await Names("nearest?lat=30.2561&lng=120.1632&kind=locker&fits=L&limit=2")).Count.ShouldBe(2);
        var which = (await Get("outlets?district=鼓楼区")).Json;
        which.GetProperty("candidates").GetArrayLength().ShouldBe(4);
        (await Get("outlets?district=福州市鼓楼区")).Json.GetProperty("served").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_region_is_named_by_its_code_as_well()
    {
        (await Names("outlets?district=440305")).ShouldBe(["深圳科技园营业点", "深圳西丽营业点"]);
        (await Names("outlets?district=440300&q=西丽")).ShouldBe(["深圳西丽营业点"]);
        (await Names("outlets?district=999999")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lockers_tell_their_free_cells_and_fee_and_outlets_their_limits()
    {
        var locker = (await Get("nearest?lat=30.2536&lng=120.1641&kind=locker&fits=M&limit=1")).Json.GetProperty("items")[0];
        (locker.GetProperty("id").GetString(), locker.GetProperty("distanceMeters").GetInt32(), locker.GetProperty("freeMedium").GetInt32()).ShouldBe(("HZL004", 0, 8));
        locker.GetProperty("fee").GetString().ShouldNotBeNull().ShouldContain("免费");
        locker.GetProperty("hours").GetString().ShouldBe("00:00-24:00");
        (await Get("nearest?lat=30.2561&lng=120.1632&kind=outlet&limit=1")).Json.GetProperty("items")[0].GetProperty("maxWeightGrams").GetInt64().ShouldBe(20_000);
    }

    [Fact]
    public async Task Whether_couriers_come_to_an_address_is_told_with_who_serves_it_or_who_is_nearest()
    {
        var served = (await Get("service-area?province=广东省&city=深圳市&district=南山区&street=粤海街道&detail=科苑路")).Json;
        (served.GetProperty("standing").GetString(), served.GetProperty("pickup").GetBoolean(), served.GetProperty("divisionCode").GetString()).ShouldBe(("served", true, "440305007"));
        served.GetProperty("outlets")[0].GetProperty("name").GetString().ShouldBe("深圳科技园营业点");
        var outside = (await Get("service-area?province=浙江省&city=杭州市&district=萧山区&street=楼塔镇")).Json;
        outside.GetProperty("standing").GetString().ShouldBe("outside");
        outside.GetProperty("nearest").GetArrayLength().ShouldBeGreaterThan(0);
        outside.GetProperty("possible")[0].GetString().ShouldBe("drop_off");
    }

    [Theory]
    [InlineData("service-area")]
    [InlineData("service-area?province=%20")]
    [InlineData("outlets")]
    [InlineData("nearest")]
    [InlineData("nearest?lat=91&lng=0")]
    [InlineData("nearest?lat=30&lng=120&kind=moon")]
    [InlineData("nearest?lat=30&lng=120&fits=XL")]
    public async Task A_question_without_sense_is_refused(string path) => (await Get(path)).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");

    private async Task<IReadOnlyList<string?>> Names(string path) =>
        [.. (await Get(path)).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString())];

    private async Task<Answer> Get(string path) => await Answer.Of(await _app.Http.GetAsync("/api/customer/v1/network/" + path));
}
