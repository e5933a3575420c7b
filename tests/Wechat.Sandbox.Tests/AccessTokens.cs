namespace Courier.Wechat.Sandbox.Tests;

public sealed class AccessTokens
{
    [Fact]
    public async Task A_stable_token_is_the_same_until_its_last_five_minutes_and_the_old_one_lives_on_for_them()
    {
        await using var host = await SandboxHost.Start();
        var first = await host.Stable();
        first.GetProperty("expires_in").GetInt32().ShouldBe(7200);
        var token = first.GetProperty("access_token").GetString()!;
        host.Clock.Advance(TimeSpan.FromSeconds(6000));
        (await host.AccessToken()).ShouldBe(token);

        host.Clock.Advance(TimeSpan.FromSeconds(950));
        var second = await host.AccessToken();
        second.ShouldNotBe(token);
        (await Use(host, token)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Use(host, token)).ShouldBe(40001);
        (await Use(host, second)).ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_nobody_renewed_is_expired()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        host.Clock.Advance(TimeSpan.FromSeconds(7200));
        (await Use(host, token)).ShouldBe(42001);
    }

    [Fact]
    public async Task Two_forced_renewals_kill_a_leaked_token_at_once()
    {
        await using var host = await SandboxHost.Start();
        var leaked = await host.AccessToken();
        var second = await host.AccessToken(force: true);
        (await Use(host, leaked)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        var third = await host.AccessToken(force: true);
        (await Use(host, leaked)).ShouldBe(40001);
        (await Use(host, second)).ShouldBe(0);
        (await Use(host, third)).ShouldBe(0);
    }

    [Fact]
    public async Task Forced_renewals_need_thirty_seconds_between_them_and_there_are_twenty_a_day()
    {
        await using var host = await SandboxHost.Start();
        await host.AccessToken(force: true);
        host.Clock.Advance(TimeSpan.FromSeconds(29));
        (await host.Stable(force: true)).Errcode().ShouldBe(45011);
        for (var number = 2; number <= 20; number++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(31));
            (await host.Stable(force: true)).Errcode().ShouldBe(0);
        }
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await host.Stable(force: true)).Errcode().ShouldBe(45009);
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await host.Stable(force: true)).Errcode().ShouldBe(0);
    }

    [Fact]
    public async Task The_plain_call_gives_a_new_token_each_time_and_leaves_the_stable_one_alone()
    {
        await using var host = await SandboxHost.Start();
        var stable = await host.AccessToken();
        var first = await Plain(host);
        var second = await Plain(host);
        second.ShouldNotBe(first);
        (await Use(host, first)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Use(host, first)).ShouldBe(40001);
        (await Use(host, second)).ShouldBe(0);
        (await Use(host, stable)).ShouldBe(0);
    }

    [Fact]
    public async Task Wrong_proof_is_refused_with_its_code_and_the_rule_is_shown()
    {
        await using var host = await SandboxHost.Start();
        (await host.Stable(secret: "wrong")).Errcode().ShouldBe(40125);
        (await host.Stable(appId: "wxnobody")).Errcode().ShouldBe(40013);
        (await host.Call("/cgi-bin/menu/get", null)).Errcode().ShouldBe(41001);
        (await Use(host, "made-up")).ShouldBe(40001);
        (await host.Call("/cgi-bin/stable_token", null, "not json")).Errcode().ShouldBe(47001);
        (await host.Call("/cgi-bin/nothing_here", "x")).Errcode().ShouldBe(40066);
        (await host.Call("/cgi-bin/stable_token", null)).Errcode().ShouldBe(43002);
        (await host.Call("/cgi-bin/menu/get", null)).GetProperty("errmsg").GetString()!.ShouldContain("rid: ");
        (await host.BrokenRules()).ShouldContain(rule => rule.Contains("secret 不正确"));
    }

    [Fact]
    public async Task A_spent_daily_quota_is_45009_until_midnight_in_Beijing()
    {
        await using var host = await SandboxHost.Start();
        for (var number = 1; number <= 500; number++) (await host.Call("/cgi-bin/user/get", await host.AccessToken())).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/user/get", await host.AccessToken())).Errcode().ShouldBe(45009);
        host.Clock.Advance(TimeSpan.FromHours(15));
        (await host.Call("/cgi-bin/user/get", await host.AccessToken())).Errcode().ShouldBe(0);
    }

    [Fact]
    public async Task Tokens_can_be_ended_from_outside()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        await host.Control("tokens/expire", new { appId = SandboxHost.AppId });
        (await Use(host, token)).ShouldBe(42001);
        token = await host.AccessToken();
        await host.Control("tokens/expire", new { how = "replace" });
        (await Use(host, token)).ShouldBe(40001);
    }

    static async Task<int> Use(SandboxHost host, string token) => (await host.Call("/cgi-bin/user/get", token)).Errcode();

    static async Task<string> Plain(SandboxHost host) =>
        (await host.Call("/cgi-bin/token", null, null, $"grant_type=client_credential&appid={SandboxHost.AppId}&secret={SandboxHost.Secret}"))
        .GetProperty("access_token").GetString()!;
}
