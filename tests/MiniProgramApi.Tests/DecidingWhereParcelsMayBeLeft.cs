using System.Net;

namespace Courier.MiniProgramApi.Tests;

public sealed class DecidingWhereParcelsMayBeLeft(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task A_consent_is_given_for_an_address_and_size_and_taken_back()
    {
        var me = await app.ACustomer();
        var kept = await ApiApp.Send(me, HttpMethod.Post, "addresses", new { name = "王小明", phone = "13700001111", province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路 1 号" });
        var address = kept.Json.GetProperty("id").GetString()!;
        var given = await ApiApp.Send(me, HttpMethod.Post, "consents", new { kind = "locker", addressId = address, size = "S", given = true }, "c-1");
        given.Status.ShouldBe(HttpStatusCode.OK, given.Text);
        var item = given.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("locker");
        item.GetProperty("addressId").GetString().ShouldBe(address);
        item.GetProperty("size").GetString().ShouldBe("S");
        item.GetProperty("given").GetBoolean().ShouldBeTrue();
        item.GetProperty("channel").GetString().ShouldBe("api");
        await ApiApp.Send(me, HttpMethod.Post, "consents", new { kind = "locker", addressId = address, size = "s", given = false });
        var held = await ApiApp.Send(me, HttpMethod.Get, "consents");
        held.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("given").GetBoolean().ShouldBeFalse();
        held.Json.GetProperty("wordings").GetArrayLength().ShouldBe(5);
        (await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, "consents", new { kind = "locker", addressId = address, given = true })).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
    }

    [Theory]
    [InlineData("""{"kind":"roof","given":true}""", "kind")]
    [InlineData("""{"given":true}""", "kind")]
    [InlineData("""{"kind":"locker","size":"XL","given":true}""", "size")]
    [InlineData("""{"kind":"locker"}""", "given")]
    public async Task What_cannot_be_understood_names_its_field(string body, string field)
    {
        var answer = await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, "consents", body);
        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        answer.Json.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task An_address_that_is_none_and_a_guest_are_refused()
    {
        (await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, "consents", new { kind = "locker", addressId = "x/y", given = true })).ShouldBeRefused(HttpStatusCode.NotFound, "address.unknown");
        (await app.Send(HttpMethod.Get, "consents")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Send(HttpMethod.Post, "consents", new { kind = "locker", given = true })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_browser_that_signs_in_by_SMS_gets_a_cookie_and_no_token()
    {
        var phone = app.NewPhone();
        using var browser = app.App.NewClient(cookies: true);
        (await ApiApp.Send(browser, HttpMethod.Post, "session/sms", new { phone })).Status.ShouldBe(HttpStatusCode.NoContent);
        var signedIn = await ApiApp.Send(browser, HttpMethod.Post, "session/sms/verify", new { phone, code = app.Sms.CodeFor(phone), cookie = true });
        signedIn.Status.ShouldBe(HttpStatusCode.OK, signedIn.Text);
        signedIn.Json.GetProperty("token").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await ApiApp.Send(browser, HttpMethod.Get, "session")).Json.GetProperty("customer").GetProperty("phoneTails")[0].GetString().ShouldBe(phone[^4..]);
        (await ApiApp.Send(browser, HttpMethod.Post, "consents", new { kind = "locker", given = true })).ShouldBeRefused(HttpStatusCode.Forbidden, "csrf.header_missing");
        (await ApiApp.Send(browser, HttpMethod.Post, "parcels/lookup", new { waybills = new[] { "CY0" } })).ShouldBeRefused(HttpStatusCode.Forbidden, "csrf.header_missing");
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        (await ApiApp.Send(browser, HttpMethod.Post, "consents", new { kind = "locker", given = true })).Status.ShouldBe(HttpStatusCode.OK);
    }
}
