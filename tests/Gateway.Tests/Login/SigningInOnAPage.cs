using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Courier.Gateway.Tests.Login;

/// <summary>A browser inside WeChat signs in on our pages, with everything that WeChat and others do to it.</summary>
public sealed class SigningInOnAPage(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private const string Account = "wxdemo0000000001", Start = "/wechat/oauth/" + Account + "/start";

    private CourierApp App => gateway.App;

    [Fact]
    public async Task Somebody_ends_on_the_wanted_page_signed_in_by_a_cookie_and_no_address_shows_a_token()
    {
        var person = await App.AddFollower(Account);
        using var browser = App.NewClient(cookies: true);
        using var left = await browser.GetAsync(Start + "?returnUrl=%2Fapp%2Forders%3Ftab%3Dopen%23list");
        left.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var address = left.Headers.Location!.OriginalString;
        address.ShouldContain("&scope=snsapi_base&state=");
        address.ShouldEndWith("#wechat_redirect");
        using var back = await browser.GetAsync(await AtWechat(browser, address, person));
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
        back.Headers.Location!.OriginalString.ShouldBe("/app/orders?tab=open#list");
        var cookie = back.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("courier_customer=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        cookie.ShouldNotContain("secure", Case.Insensitive); // plain http here
        var token = cookie.Split('=', ';')[1];
        address.ShouldNotContain(token);
        var me = await Me(browser);
        me.ShouldBe((await RecogniseCustomer.Execute(App.Get<Db>(), App.Clock, new WechatIdentity(Account, OpenId.Parse(person), null), default)).Text);
    }

    [Fact]
    public async Task A_write_by_cookie_needs_the_header_that_foreign_pages_cannot_send_and_signing_out_ends_the_session_at_once()
    {
        using var browser = await SignedIn(await App.AddFollower(Account));
        using var refused = await browser.DeleteAsync("/api/customer/v1/session");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await CodeOf(refused)).ShouldBe("csrf.header_missing");
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        using (var ended = await browser.DeleteAsync("/api/customer/v1/session")) ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var after = await browser.GetAsync("/api/customer/v1/session");
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_address_that_WeChat_loads_twice_gives_the_same_session_twice_and_only_to_its_browser()
    {
        var person = await App.AddFollower(Account);
        using var browser = App.NewClient(cookies: true);
        var back = await Leave(browser, person);
        var first = await Session(browser, back);
        (await Session(browser, back)).ShouldBe(first);
        using var stranger = App.NewClient(cookies: true);
        await Leave(stranger, person);
        using var stolen = await stranger.GetAsync(back);
        stolen.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        App.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await browser.GetAsync(back);
        late.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Two_loads_at_the_same_moment_use_the_code_once()
    {
        using var browser = App.NewClient(cookies: true);
        var back = await Leave(browser, await App.AddFollower(Account));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.GetAsync(back)));
        answers.ShouldContain(a => a.StatusCode == HttpStatusCode.Redirect);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect || a.Headers.Contains("Refresh"));
        (await Me(browser)).Length.ShouldBe(32);
    }

    [Theory]
    [InlineData(40029)]
    [InlineData(40163)]
    public async Task A_code_that_is_worth_nothing_is_replaced_once_without_a_word(int errcode)
    {
        var person = await App.AddFollower(Account);
        using var browser = App.NewClient(cookies: true);
        await App.Fault(new { call = "/sns/oauth2/access_token", errcode, times = 1 });
        using var again = await browser.GetAsync(await Leave(browser, person));
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var address = again.Headers.Location!.OriginalString;
        address.ShouldContain("/connect/oauth2/authorize?appid=");
        using var back = await browser.GetAsync(await AtWechat(browser, address, person));
        back.Headers.Location!.OriginalString.ShouldBe("/app/");
        (await Me(browser)).Length.ShouldBe(32);
    }

    [Fact]
    public async Task A_second_worthless_code_ends_on_a_page_with_a_way_to_try_again()
    {
        var person = await App.AddFollower(Account);
        using var browser = App.NewClient(cookies: true);
        await App.Fault(new { call = "/sns/oauth2/access_token", errcode = 40029, times = 2 });
        using var again = await browser.GetAsync(await Leave(browser, person));
        using var end = await browser.GetAsync(await AtWechat(browser, again.Headers.Location!.OriginalString, person));
        end.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await end.Content.ReadAsStringAsync()).ShouldContain(Start.Replace("/start", "/start?returnUrl=%2Fapp%2F", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_looks_at_a_snapshot_becomes_no_customer()
    {
        var person = await App.AddFollower(Account);
        await App.Post("authorization/snapshots", new { openid = person });
        var before = await App.Get<Db>().First<long>("select count(*) from customers_customers");
        using var browser = App.NewClient(cookies: true);
        using var page = await browser.GetAsync(await Leave(browser, person));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("使用完整服务");
        page.Headers.TryGetValues("Set-Cookie", out _).ShouldBeFalse();
        (await App.Get<Db>().First<long>("select count(*) from customers_customers")).ShouldBe(before);
    }

    [Fact]
    public async Task A_no_leads_back_to_the_page_and_the_page_learns_of_it()
    {
        using var browser = App.NewClient(cookies: true);
        using var left = await browser.GetAsync(Start + "?returnUrl=%2Fapp%2F%3Fa%3D1&scope=userinfo");
        left.Headers.Location!.OriginalString.ShouldContain("snsapi_userinfo");
        using var denied = await browser.GetAsync(WithoutFragment(left.Headers.Location.OriginalString) + "&sandbox_denies=1");
        using var back = await browser.GetAsync(denied.Headers.Location);
        back.Headers.Location!.OriginalString.ShouldBe("/app/?a=1&login=refused");
        using var me = await browser.GetAsync("/api/customer/v1/session");
        me.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task With_userinfo_WeChat_names_the_UnionID_and_both_accounts_are_one_customer()
    {
        var answer = await App.Post("followers", new { appId = Account, openid = "oWebUnion1", unionid = "uWebUnion1", phone = "13911110001", nickname = "一" });
        var person = answer.GetProperty("openid").GetString()!;
        var mini = await RecogniseCustomer.Execute(App.Get<Db>(), App.Clock, new WechatIdentity("wxdemo0000000002", OpenId.Parse("mWebUnion1"), "uWebUnion1"), default);
        using var browser = await SignedIn(person, "&scope=userinfo");
        var one = await RecogniseCustomer.Execute(App.Get<Db>(), App.Clock, new WechatIdentity("wxdemo0000000002", OpenId.Parse("mWebUnion1"), null), default);
        (await Me(browser)).ShouldBe(one.Text);
        one.Text.ShouldBe(string.CompareOrdinal(one.Text, mini.Text) < 0 ? one.Text : mini.Text, "the older record stays");
    }

    [Fact]
    public async Task While_WeChat_is_busy_the_page_says_so()
    {
        var person = await App.AddFollower(Account);
        using var browser = App.NewClient(cookies: true);
        var back = await Leave(browser, person);
        await App.Fault(new { call = "/sns/oauth2/access_token", errcode = 45009, times = 1 });
        using var page = await browser.GetAsync(back);
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        App.Clock.Advance(TimeSpan.FromMinutes(2)); // the call is made again from the next minute on
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/app\\..")]
    [InlineData("app")]
    [InlineData("/a b")]
    [InlineData("/wechat/oauth/x/start")]
    public async Task Nobody_is_sent_anywhere_but_to_our_own_pages(string url)
    {
        using var answer = await App.Http.GetAsync($"{Start}?returnUrl={Uri.EscapeDataString(url)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CodeOf(answer)).ShouldBe("request.field_invalid");
    }

    [Fact]
    public async Task A_return_without_the_browser_that_left_or_with_a_made_up_state_signs_nobody_in()
    {
        var person = await App.AddFollower(Account);
        using var browser = App.NewClient(cookies: true);
        var back = await Leave(browser, person);
        using (var bare = await App.Http.GetAsync(back)) bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var made = await browser.GetAsync($"/wechat/oauth/{Account}/return?code=x&state={new string('a', 32)}")) made.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var wrong = await App.Http.GetAsync("/wechat/oauth/wxnobody/start")) wrong.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var mini = await App.Http.GetAsync("/wechat/oauth/wxdemo0000000002/start")) mini.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var scope = await App.Http.GetAsync(Start + "?scope=everything")) scope.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Session(browser, back)).Length.ShouldBe(43);
    }

    [Fact]
    public async Task Journeys_that_are_over_are_purged()
    {
        using var browser = App.NewClient(cookies: true);
        await Leave(browser, await App.AddFollower(Account));
        App.Clock.Advance(TimeSpan.FromMinutes(11));
        await App.RunJob("wechat.purge_oauth_states");
        (await App.Get<Db>().First<long>("select count(*) from wechat_oauth_states")).ShouldBe(0);
    }

    [Fact]
    public async Task Our_own_pages_are_signed_for_the_SDK_with_one_ticket_and_foreign_ones_are_not()
    {
        var page = $"http://localhost:{App.Address.Port}/app/scan?x=%E4%B8%AD";
        var first = await Config(page + "#/pages/scan");
        var second = await Config(page);
        first.GetProperty("appId").GetString().ShouldBe(Account);
        first.GetProperty("jsApiList").EnumerateArray().Select(e => e.GetString()).ShouldContain("scanQRCode");
        var ticket = JsonDocument.Parse(await App.Http.GetStringAsync($"/sandbox/wechat/cgi-bin/ticket/getticket?type=jsapi&access_token={await Token()}")).RootElement.GetProperty("ticket").GetString()!;
        foreach (var config in (JsonElement[])[first, second])
            config.GetProperty("signature").GetString().ShouldBe(Sha1($"jsapi_ticket={ticket}&noncestr={config.GetProperty("nonceStr").GetString()}&timestamp={config.GetProperty("timestamp").GetInt64()}&url={page}"));
        using (var foreign = await App.Http.GetAsync($"/wechat/jssdk/{Account}/config?url={Uri.EscapeDataString("https://evil.example/app")}"))
            (await CodeOf(foreign)).ShouldBe("page.not_ours");
        using (var none = await App.Http.GetAsync($"/wechat/jssdk/{Account}/config")) (await CodeOf(none)).ShouldBe("request.field_invalid");
        using (var nobody = await App.Http.GetAsync($"/wechat/jssdk/wxnobody/config?url={Uri.EscapeDataString(page)}")) nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> Token()
    {
        using var answer = await App.Http.PostAsJsonAsync("/sandbox/wechat/cgi-bin/stable_token",
            new { grant_type = "client_credential", appid = Account, secret = "demo-official-account-secret-0001" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static string Sha1(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private async Task<JsonElement> Config(string page)
    {
        using var answer = await App.Http.GetAsync($"/wechat/jssdk/{Account}/config?url={Uri.EscapeDataString(page)}");
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpClient> SignedIn(string person, string more = "")
    {
        var browser = App.NewClient(cookies: true);
        (await Session(browser, await Leave(browser, person, more))).Length.ShouldBe(43);
        return browser;
    }

    /// <summary>Where WeChat sends the browser back.</summary>
    private static async Task<string> Leave(HttpClient browser, string person, string more = "")
    {
        using var left = await browser.GetAsync(Start + "?returnUrl=%2Fapp%2F" + more);
        return await AtWechat(browser, left.Headers.Location!.OriginalString, person);
    }

    private static async Task<string> AtWechat(HttpClient browser, string address, string person)
    {
        using var chosen = await browser.GetAsync(QueryHelpers.AddQueryString(WithoutFragment(address), "sandbox_openid", person));
        chosen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return chosen.Headers.Location!.OriginalString;
    }

    private static string WithoutFragment(string address) => address.Split('#')[0];

    private static async Task<string> Session(HttpClient browser, string back)
    {
        using var answer = await browser.GetAsync(back);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("courier_customer=", StringComparison.Ordinal)).Split('=', ';')[1];
    }

    private static async Task<string> Me(HttpClient browser) =>
        (await browser.GetFromJsonAsync<JsonElement>("/api/customer/v1/session")).GetProperty("customer").GetProperty("id").GetString()!;

    private static async Task<string?> CodeOf(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
