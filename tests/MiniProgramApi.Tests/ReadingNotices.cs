using System.Net;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Staff;

namespace Courier.MiniProgramApi.Tests;

public sealed class ReadingNotices(ApiApp api) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task A_looked_up_parcel_carries_the_notices_of_its_way()
    {
        var waybill = await api.AParcel();
        await api.Events(api.Event(waybill, "picked_up"));
        (await LookUp(waybill)).GetProperty("notices").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var id = await Publish("浦东管制", "310115");
        var notice = (await LookUp(waybill)).GetProperty("notices").EnumerateArray().ShouldHaveSingleItem();
        notice.GetProperty("line").GetString().ShouldBe("⚠【浦东管制】部分快件延误。");
        (notice.GetProperty("kind").GetString(), notice.GetProperty("severity").GetString()).ShouldBe(("traffic", "warning"));
        await End(id);
        (await LookUp(waybill)).GetProperty("notices").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_screen_reads_those_of_its_place_and_need_not_read_them_again_until_they_change()
    {
        var id = await Publish("大雪", "650102");
        var first = await api.Send(HttpMethod.Get, "notices?city=" + Uri.EscapeDataString("乌鲁木齐市"));
        first.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("regions")[0].GetString().ShouldBe("新疆维吾尔自治区乌鲁木齐市天山区");
        first.Headers.CacheControl!.Public.ShouldBeTrue();

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/customer/v1/notices?city=" + Uri.EscapeDataString("乌鲁木齐市"));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await api.App.Http.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        await End(id);
        (await api.Send(HttpMethod.Get, "notices?city=" + Uri.EscapeDataString("乌鲁木齐市"))).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_unknown_place_is_refused() =>
        (await api.Send(HttpMethod.Get, "notices?city=" + Uri.EscapeDataString("火星市"))).ShouldBeRefused(HttpStatusCode.BadRequest, "place.unknown");

    private async Task<System.Text.Json.JsonElement> LookUp(string waybill) =>
        (await api.Send(HttpMethod.Post, "parcels/lookup", new { waybills = new[] { waybill }, phoneTail = "2222" })).Json.GetProperty("parcels")[0];

    private async Task<string> Publish(string title, string region)
    {
        var draft = new IncidentDraft(title, "部分快件延误。", IncidentKind.Traffic, IncidentSeverity.Warning, [region], api.App.Clock.GetUtcNow(), null);
        var id = await WriteIncidents.Create(api.App.Get<Db>(), api.App.Clock, api.App.Get<Divisions>(), StaffId.System, draft, default);
        await WriteIncidents.Publish(api.App.Get<Db>(), api.App.Clock, api.App.Get<IncidentBoard>(), StaffId.System, id, false, default);
        return id;
    }

    private Task End(string id) => WriteIncidents.End(api.App.Get<Db>(), api.App.Clock, api.App.Get<IncidentBoard>(), StaffId.System, id, null, default);
}
