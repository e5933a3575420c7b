using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class Quotas
{
    const string Check = "/wxa/msg_sec_check";

    [Fact]
    public async Task A_quota_of_the_minute_is_45009_until_the_clock_minute_ends()
    {
        await using var host = await SandboxHost.Start();
        await host.Control("quota", new { appId = SandboxHost.AppId, call = "/cgi-bin/user/get", minute = 2 });
        var token = await host.AccessToken();
        host.Clock.Advance(TimeSpan.FromSeconds(50));
        (await Codes(host, token, 3)).ShouldBe([0, 0, 45009]);
        host.Clock.Advance(TimeSpan.FromSeconds(9));
        (await Codes(host, token, 1)).ShouldBe([45009]);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Codes(host, token, 2)).ShouldBe([0, 0]);
    }

    [Fact]
    public async Task Quota_get_shows_what_was_used_and_what_is_left_until_midnight_in_China()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        await Codes(host, token, 3);
        (await Quota(host, token)).ShouldBe((500, 3, 497));
        host.Clock.Advance(TimeSpan.FromHours(15)); // from 09:00 to 24:00 in China
        (await Quota(host, await host.AccessToken())).ShouldBe((500, 0, 500));
    }

    [Fact]
    public async Task A_spent_day_is_shown_and_ends_at_midnight_in_China()
    {
        await using var host = await SandboxHost.Start(configure: options => options.Limits = new() { TokenLifetime = TimeSpan.FromDays(2) });
        var token = await host.AccessToken();
        await host.Control("faults", new { call = "/cgi-bin/user/get", quota = "day" });
        (await Codes(host, token, 1)).ShouldBe([45009]);
        (await Quota(host, token)).ShouldBe((500, 500, 0));
        host.Clock.Advance(TimeSpan.FromHours(15) - TimeSpan.FromSeconds(1));
        (await Codes(host, token, 1)).ShouldBe([45009]);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Codes(host, token, 1)).ShouldBe([0]);
        (await host.Read("control/faults")).GetProperty("faults").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_spent_minute_of_every_call_is_over_with_the_minute()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        await host.Control("faults", new { call = "*", quota = "minute" });
        (await host.Call("/cgi-bin/menu/get", token)).Errcode().ShouldBe(45009);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await host.Call("/cgi-bin/menu/get", token)).Errcode().ShouldBe(46003);
    }

    [Fact]
    public async Task Clearing_makes_the_day_new_ten_times_a_month()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        await host.Control("quota", new { appId = SandboxHost.AppId, call = "/cgi-bin/user/get", daily = 1 });
        (await Codes(host, token, 2)).ShouldBe([0, 45009]);
        (await host.Call("/cgi-bin/clear_quota", token, new { appid = SandboxHost.Mini })).Errcode().ShouldBe(40013);
        (await host.Call("/cgi-bin/clear_quota", token, new { appid = SandboxHost.AppId })).Errcode().ShouldBe(0);
        (await Codes(host, token, 2)).ShouldBe([0, 45009]);
        await host.Control("faults", new { call = "*", quota = "day" });
        await host.Http.DeleteAsync($"{host.Address}/sandbox/control/faults");
        for (var number = 2; number <= 10; number++)
            (await host.Call("/cgi-bin/clear_quota/v2", null, new { appid = SandboxHost.AppId, appsecret = SandboxHost.Secret })).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/clear_quota", token, new { appid = SandboxHost.AppId })).Errcode().ShouldBe(48006);
    }

    [Fact]
    public async Task A_failed_request_can_be_looked_up_by_its_rid_without_its_secrets()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var failed = await host.SendText(token, "nobody", "一");
        var rid = RidOf(failed);
        var request = (await host.Call("/cgi-bin/openapi/rid/get", token, new { rid })).GetProperty("request");
        request.GetProperty("request_url").GetString()!.ShouldContain("/cgi-bin/message/custom/send");
        request.GetProperty("request_body").GetString()!.ShouldContain("nobody");
        request.GetProperty("response_body").GetString()!.ShouldContain("40003");
        request.GetRawText().ShouldNotContain(token);
        var other = await host.AccessToken(appId: SandboxHost.Mini);
        (await host.Call("/cgi-bin/openapi/rid/get", other, new { rid })).Errcode().ShouldBe(76003);
        (await host.Call("/cgi-bin/openapi/rid/get", token, new { rid = "00000000-00000000-00000000" })).Errcode().ShouldBe(76001);
        (await host.Call("/cgi-bin/openapi/rid/get", token, new { rid = "what" })).Errcode().ShouldBe(76002);
        host.Clock.Advance(TimeSpan.FromDays(8));
        (await host.Call("/cgi-bin/openapi/rid/get", await host.AccessToken(), new { rid })).Errcode().ShouldBe(76004);
    }

    [Fact]
    public async Task A_wrong_secret_does_not_stand_in_the_record_of_its_request()
    {
        await using var host = await SandboxHost.Start();
        var rid = RidOf(await host.Stable(secret: "wrong-secret-of-somebody"));
        var request = await host.Call("/cgi-bin/openapi/rid/get", await host.AccessToken(), new { rid });
        request.Errcode().ShouldBe(0);
        request.GetRawText().ShouldNotContain("wrong-secret-of-somebody");
    }

    [Fact]
    public async Task A_path_that_does_not_exist_has_no_quota()
    {
        await using var host = await SandboxHost.Start();
        (await host.Call("/cgi-bin/openapi/quota/get", await host.AccessToken(), new { cgi_path = "/cgi-bin/nothing" })).Errcode().ShouldBe(76021);
        var check = await host.Call("/cgi-bin/openapi/quota/get", await host.AccessToken(), new { cgi_path = Check });
        check.GetProperty("rate_limit").GetProperty("call_count").GetInt32().ShouldBe(4000);
    }

    static string RidOf(JsonElement answer) => answer.GetProperty("errmsg").GetString()!.Split("rid: ")[1];

    static async Task<IReadOnlyList<int>> Codes(SandboxHost host, string token, int times)
    {
        var codes = new List<int>();
        for (var number = 0; number < times; number++) codes.Add((await host.Call("/cgi-bin/user/get", token)).Errcode());
        return codes;
    }

    static async Task<(int Limit, int Used, int Left)> Quota(SandboxHost host, string token)
    {
        var quota = (await host.Call("/cgi-bin/openapi/quota/get", token, new { cgi_path = "/cgi-bin/user/get" })).GetProperty("quota");
        return (quota.GetProperty("daily_limit").GetInt32(), quota.GetProperty("used").GetInt32(), quota.GetProperty("remain").GetInt32());
    }
}
