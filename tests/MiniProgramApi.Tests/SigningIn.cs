using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Courier.MiniProgramApi.Tests;

public sealed class SigningIn(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task A_code_of_WeChat_opens_a_session_of_thirty_days_for_the_same_customer_each_time()
    {
        var body = new { appId = "wxdemo0000000002", code = "same-person" };
        var (first, second) = (await app.Send(HttpMethod.Post, "session/wechat", body), await app.Send(HttpMethod.Post, "session/wechat", body));
        Customer(first).ShouldBe(Customer(second));
        first.Json.GetProperty("token").GetString().ShouldNotBe(second.Json.GetProperty("token").GetString());
        first.Json.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(app.App.Clock.GetUtcNow().AddDays(30));
        first.Json.GetProperty("expiresAt").GetString()!.ShouldEndWith("+08:00");
    }

    [Fact]
    public async Task A_sign_in_whose_answer_was_lost_gets_it_again_with_its_key_and_another_code_does_not()
    {
        var body = new { appId = "wxdemo0000000002", code = "lost-answer" };
        var first = await ApiApp.Send(app.App.Http, HttpMethod.Post, "session/wechat", body, "sign-in-1");
        var again = await ApiApp.Send(app.App.Http, HttpMethod.Post, "session/wechat", body, "sign-in-1");
        again.Json.GetProperty("token").GetString().ShouldBe(first.Json.GetProperty("token").GetString());
        (await ApiApp.Send(app.App.Http, HttpMethod.Post, "session/wechat", new { appId = "wxdemo0000000002", code = "another" }, "sign-in-1"))
            .ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
    }

    [Fact]
    public async Task A_code_that_WeChat_refuses_opens_nothing()
    {
        (await app.Send(HttpMethod.Post, "session/wechat", new { appId = "wxdemo0000000002", code = "used" })).ShouldBeRefused(HttpStatusCode.Conflict, "session.code_invalid");
        (await app.Send(HttpMethod.Post, "session/wechat", new { appId = "", code = "x" })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await app.Send(HttpMethod.Post, "session/wechat", new { appId = "x" })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once()
    {
        var me = await app.ACustomer();
        (await ApiApp.Send(me, HttpMethod.Get, "parcels")).Status.ShouldBe(HttpStatusCode.OK);
        (await ApiApp.Send(me, HttpMethod.Delete, "session")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(me, HttpMethod.Get, "parcels")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_sessions_of_all_devices()
    {
        var phones = new[] { app.App.NewClient(), app.App.NewClient(), app.App.NewClient() };
        var codes = new[] { "mine", "mine", "theirs" };
        for (var i = 0; i < phones.Length; i++)
        {
            var opened = await app.Send(HttpMethod.Post, "session/wechat", new { appId = "wxdemo0000000002", code = "all-devices-" + codes[i] });
            phones[i].DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", opened.Json.GetProperty("token").GetString());
        }
        (await ApiApp.Send(phones[0], HttpMethod.Delete, "session?all=true")).Status.ShouldBe(HttpStatusCode.NoContent);
        HttpStatusCode[] expected = [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK];
        for (var i = 0; i < phones.Length; i++) (await ApiApp.Send(phones[i], HttpMethod.Get, "parcels")).Status.ShouldBe(expected[i]);
    }

    [Fact]
    public async Task A_made_up_token_is_worth_nothing()
    {
        var client = app.App.NewClient();
        foreach (var token in new[] { new string('x', 43), "short", "" })
        {
            client.DefaultRequestHeaders.Authorization = token.Length > 0 ? new AuthenticationHeaderValue("Bearer", token) : null;
            (await ApiApp.Send(client, HttpMethod.Get, "parcels")).Status.ShouldBe(HttpStatusCode.Unauthorized);
            (await ApiApp.Send(client, HttpMethod.Delete, "session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task The_phone_that_WeChat_names_is_bound()
    {
        var (me, phone) = (await app.ACustomer(), app.NewPhone());
        var bound = await ApiApp.Send(me, HttpMethod.Post, "session/phone", new { code = phone }, "bind-1");
        bound.Json.GetProperty("customer").GetProperty("phoneTails")[0].GetString().ShouldBe(phone[^4..]);
        bound.Text.ShouldNotContain(phone);
        (await ApiApp.Send(me, HttpMethod.Post, "session/phone", new { code = "used" })).ShouldBeRefused(HttpStatusCode.Conflict, "session.code_invalid");
        (await ApiApp.Send(me, HttpMethod.Post, "session/phone", new { code = app.NewPhone() }, "bind-1")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await app.Send(HttpMethod.Post, "session/phone", new { code = phone })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_guest_signs_in_by_SMS_but_has_no_phone_from_WeChat()
    {
        var phone = app.NewPhone();
        (await app.Send(HttpMethod.Post, "session/sms", new { phone })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.Send(HttpMethod.Post, "session/sms", new { phone })).ShouldBeRefused(HttpStatusCode.TooManyRequests, "phone.too_often");
        var wrong = app.Sms.CodeFor(phone) == "111111" ? "222222" : "111111";
        (await app.Send(HttpMethod.Post, "session/sms/verify", new { phone, code = wrong })).ShouldBeRefused(HttpStatusCode.Conflict, "phone.code_wrong");
        var signedIn = await app.Send(HttpMethod.Post, "session/sms/verify", new { phone, code = app.Sms.CodeFor(phone) });
        (await app.Send(HttpMethod.Post, "session/sms/verify", new { phone, code = app.Sms.CodeFor(phone) })).ShouldBeRefused(HttpStatusCode.Conflict, "phone.code_expired");
        var client = app.App.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Json.GetProperty("token").GetString());
        (await ApiApp.Send(client, HttpMethod.Post, "session/phone", new { code = phone })).ShouldBeRefused(HttpStatusCode.Conflict, "session.no_wechat_account");
    }

    [Fact]
    public async Task Whose_number_another_account_has_is_asked_and_the_word_makes_them_one()
    {
        var phone = app.NewPhone();
        var wechat = await app.ACustomer(phone);
        app.App.Clock.Advance(TimeSpan.FromMinutes(2)); // one code a minute and number
        (await app.Send(HttpMethod.Post, "session/sms", new { phone })).Status.ShouldBe(HttpStatusCode.NoContent);
        var signedIn = await app.Send(HttpMethod.Post, "session/sms/verify", new { phone, code = app.Sms.CodeFor(phone) });
        signedIn.Json.GetProperty("otherAccount").GetString().ShouldBe("wechat");
        var browser = app.App.NewClient();
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Json.GetProperty("token").GetString());
        (await Who(browser)).ShouldNotBe(await Who(wechat), "asking is not merging");

        var joined = await ApiApp.Send(browser, HttpMethod.Post, "session/merge");
        joined.Json.GetProperty("customer").GetProperty("id").GetString().ShouldBe(await Who(wechat));
        (await Who(browser)).ShouldBe(await Who(wechat));
        (await ApiApp.Send(browser, HttpMethod.Post, "session/merge")).Status.ShouldBe(HttpStatusCode.OK, "the word that comes again is answered as before");
        app.App.Clock.Advance(TimeSpan.FromMinutes(11));
        (await ApiApp.Send(browser, HttpMethod.Post, "session/merge")).ShouldBeRefused(HttpStatusCode.Conflict, "session.merge_over");
        (await ApiApp.Send(await app.ACustomer(app.NewPhone()), HttpMethod.Post, "session/merge")).ShouldBeRefused(HttpStatusCode.Conflict, "session.merge_over");
        (await app.Send(HttpMethod.Post, "session/merge")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        static async Task<string> Who(HttpClient client) => (await ApiApp.Send(client, HttpMethod.Get, "session")).Json.GetProperty("customer").GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task Who_says_that_the_other_account_is_not_theirs_is_asked_once()
    {
        var phone = app.NewPhone();
        await app.ACustomer(phone);
        (await SignIn()).Json.GetProperty("otherAccount").GetString().ShouldBe("wechat");
        var browser = app.App.NewClient();
        var again = await SignIn();
        again.Json.GetProperty("otherAccount").GetString().ShouldBe("wechat", "who said nothing is asked again");
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", again.Json.GetProperty("token").GetString());
        (await ApiApp.Send(browser, HttpMethod.Post, "session/merge/refuse")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(browser, HttpMethod.Post, "session/merge/refuse")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(browser, HttpMethod.Post, "session/merge")).ShouldBeRefused(HttpStatusCode.Conflict, "session.merge_over");
        (await SignIn()).Json.GetProperty("otherAccount").ValueKind.ShouldBe(JsonValueKind.Null);
        (await app.Send(HttpMethod.Post, "session/merge/refuse")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        async Task<Answer> SignIn()
        {
            app.App.Clock.Advance(TimeSpan.FromMinutes(2)); // one code a minute and number
            (await app.Send(HttpMethod.Post, "session/sms", new { phone })).Status.ShouldBe(HttpStatusCode.NoContent);
            return await app.Send(HttpMethod.Post, "session/sms/verify", new { phone, code = app.Sms.CodeFor(phone) });
        }
    }

    [Fact]
    public async Task Five_wrong_codes_need_a_new_one()
    {
        var phone = app.NewPhone();
        await app.Send(HttpMethod.Post, "session/sms", new { phone });
        var wrong = app.Sms.CodeFor(phone) == "111111" ? "222222" : "111111";
        for (var i = 0; i < 4; i++) await app.Send(HttpMethod.Post, "session/sms/verify", new { phone, code = wrong });
        (await app.Send(HttpMethod.Post, "session/sms/verify", new { phone, code = wrong })).ShouldBeRefused(HttpStatusCode.Conflict, "phone.too_many_tries");
    }

    [Theory]
    [InlineData("12345", null, "phone")]
    [InlineData("0571-87654321", null, "phone")]
    [InlineData("13800001234", "12345", "code")]
    [InlineData("13800001234", "abcdef", "code")]
    public async Task A_wrong_phone_or_code_names_its_field(string phone, string? code, string field)
    {
        var answer = await app.Send(HttpMethod.Post, code is null ? "session/sms" : "session/sms/verify", new { phone, code });
        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        answer.Json.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task When_the_operator_is_down_the_customer_is_told()
    {
        app.Sms.Down = true;
        (await app.Send(HttpMethod.Post, "session/sms", new { phone = app.NewPhone() })).ShouldBeRefused(HttpStatusCode.ServiceUnavailable, "phone.sms_down");
        app.Sms.Down = false;
    }

    private static string? Customer(Answer answer) => answer.Json.GetProperty("customer").GetProperty("id").GetString();
}
