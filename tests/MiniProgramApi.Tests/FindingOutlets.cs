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

    [Theory]
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
