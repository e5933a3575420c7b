using System.Net;
using System.Text.Json;

namespace Courier.MiniProgramApi.Tests;

public sealed class KeepingAddresses(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task An_address_is_added_found_changed_deleted_and_brought_back()
    {
        var me = await app.ACustomer();
        var added = await ApiApp.Send(me, HttpMethod.Post, "addresses", Body("科苑路8号", label: "家", defaultSend: true));
        added.Status.ShouldBe(HttpStatusCode.Created, added.Text);
        var id = added.Json.GetProperty("id").GetString();
        (added.Json.GetProperty("province").GetString(), added.Json.GetProperty("district").GetString()).ShouldBe(("广东省", "南山区"));
        (added.Json.GetProperty("label").GetString(), added.Json.GetProperty("defaultSend").GetBoolean()).ShouldBe(("家", true));
        var again = await ApiApp.Send(me, HttpMethod.Post, "addresses", Body("科苑路 8 号"));
        (again.Status, again.Json.GetProperty("id").GetString()).ShouldBe((HttpStatusCode.OK, id));
        (await List(me)).ShouldHaveSingleItem().GetProperty("phone").GetString().ShouldBe("13800002222");
        var changed = await ApiApp.Send(me, HttpMethod.Put, $"addresses/{id}", Body("科技路9号", label: "公司"));
        (changed.Json.GetProperty("detail").GetString(), changed.Json.GetProperty("defaultSend").GetBoolean()).ShouldBe(("科技路9号", true));
        (await ApiApp.Send(me, HttpMethod.Get, $"addresses/{id}")).Json.GetProperty("label").GetString().ShouldBe("公司");
        (await ApiApp.Send(me, HttpMethod.Delete, $"addresses/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(me, HttpMethod.Delete, $"addresses/{id}")).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
        (await List(me)).ShouldBeEmpty();
        (await ApiApp.Send(me, HttpMethod.Post, $"addresses/{id}/restore")).Status.ShouldBe(HttpStatusCode.OK);
        (await List(me)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Other_peoples_addresses_are_not_there()
    {
        var (me, stranger) = (await app.ACustomer(), await app.ACustomer());
        var id = (await ApiApp.Send(me, HttpMethod.Post, "addresses", Body("一路1号"))).Json.GetProperty("id").GetString();
        foreach (var path in (string[])[id!, new string('0', 32), "x"])
        {
            (await ApiApp.Send(stranger, HttpMethod.Get, $"addresses/{path}")).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
            (await ApiApp.Send(stranger, HttpMethod.Put, $"addresses/{path}", Body("二路2号"))).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
            (await ApiApp.Send(stranger, HttpMethod.Delete, $"addresses/{path}")).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
            (await ApiApp.Send(stranger, HttpMethod.Post, $"addresses/{path}/restore")).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
            (await ApiApp.Send(stranger, HttpMethod.Post, $"addresses/{path}/share", new { })).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
            (await ApiApp.Send(stranger, HttpMethod.Delete, $"addresses/{path}/share")).ShouldBeRefused(HttpStatusCode.NotFound, "address.not_shared");
        }
        (await List(stranger)).ShouldBeEmpty();
        (await app.Send(HttpMethod.Get, "addresses")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_link_hands_an_address_on()
    {
        var (me, friend) = (await app.ACustomer(), await app.ACustomer());
        var id = (await ApiApp.Send(me, HttpMethod.Post, "addresses", Body("三路3号", label: "家"))).Json.GetProperty("id").GetString();
        var share = await ApiApp.Send(me, HttpMethod.Post, $"addresses/{id}/share", new { expiresInHours = 2 });
        var token = share.Json.GetProperty("token").GetString();
        share.Json.GetProperty("url").GetString()!.ShouldEndWith(token!);
        var taken = await ApiApp.Send(friend, HttpMethod.Post, "addresses/take", new { token });
        taken.Status.ShouldBe(HttpStatusCode.Created, taken.Text);
        (taken.Json.GetProperty("detail").GetString(), taken.Json.GetProperty("label").ValueKind).ShouldBe(("三路3号", JsonValueKind.Null));
        (await ApiApp.Send(friend, HttpMethod.Post, "addresses/take", new { token })).Status.ShouldBe(HttpStatusCode.OK);
        (await ApiApp.Send(me, HttpMethod.Delete, $"addresses/{id}/share")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, "addresses/take", new { token })).ShouldBeRefused(HttpStatusCode.NotFound, "address.share_unknown");
        (await ApiApp.Send(me, HttpMethod.Post, $"addresses/{id}/share", new { expiresInHours = 169 })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
    }

    [Fact]
    public async Task The_same_request_again_is_carried_out_once()
    {
        var me = await app.ACustomer();
        var first = await ApiApp.Send(me, HttpMethod.Post, "addresses", Body("五路5号"), "key-1");
        var second = await ApiApp.Send(me, HttpMethod.Post, "addresses", Body("五路5号"), "key-1");
        (second.Status, second.Text).ShouldBe((HttpStatusCode.Created, first.Text));
        (await ApiApp.Send(me, HttpMethod.Post, "addresses", Body("六路6号"), "key-1")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await List(me)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("phone", "123")]
    [InlineData("phone", "138****2222")]
    [InlineData("district", "鼓楼区")]
    [InlineData("detail", "")]
    [InlineData("label", "一二三四五六七八九十一")]
    [InlineData("extension", "12a")]
    public async Task What_is_missing_or_wrong_is_refused_with_its_field(string field, string value)
    {
        var body = JsonSerializer.Deserialize<Dictionary<string, object?>>(ApiApp.Json(Body("七路7号")))!;
        body[field] = value;
        var answer = await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, "addresses", body);
        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        answer.Json.GetProperty("field").GetString().ShouldBe(field);
    }

    private static object Body(string detail, string? label = null, bool? defaultSend = null) => new
    {
        name = "王小明", phone = "138 0000 2222", extension = (string?)null, province = "广东", city = "深圳", district = "南山", street = "粤海街道", detail, label, defaultSend,
    };

    private static async Task<List<JsonElement>> List(HttpClient who) => [.. (await ApiApp.Send(who, HttpMethod.Get, "addresses")).Json.GetProperty("items").EnumerateArray()];
}
