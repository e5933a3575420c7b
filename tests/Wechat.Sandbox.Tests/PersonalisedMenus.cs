using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class PersonalisedMenus
{
    [Fact]
    public async Task A_follower_with_the_tag_sees_the_newest_menu_that_fits_and_everybody_else_the_one_for_all()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var (tagged, other) = (await host.Follower(), await host.Follower());
        var tag = await Tags.Create(host, token, "大客户");
        await Tags.Tagging(host, token, tag, tagged);
        await Create(host, token, "查快递");
        await Add(host, token, "大客户旧", new { tag_id = tag });
        var newest = await Add(host, token, "大客户", new { tag_id = tag.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await Add(host, token, "苹果", new { client_platform_type = 1 });
        (await Matched(host, token, tagged)).ShouldBe("大客户");
        (await Matched(host, token, other)).ShouldBe("查快递");
        (await OnPhone(host, tagged)).ShouldBe("大客户");
        (await host.Call("/cgi-bin/menu/delconditional", token, new { menuid = newest })).Errcode().ShouldBe(0);
        (await Matched(host, token, tagged)).ShouldBe("大客户旧");
    }

    [Fact]
    public async Task The_kind_of_phone_counts_together_with_the_tag()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var tag = await Tags.Create(host, token, "大客户");
        await Create(host, token, "查快递");
        await Add(host, token, "苹果大客户", new { tag_id = tag, client_platform_type = 1 });
        var (apple, android) = (await host.Follower(), await host.Follower());
        await host.Control("followers", new { appId = SandboxHost.AppId, openid = apple, clientPlatform = 1 });
        await Tags.Tagging(host, token, tag, apple, android);
        (await Matched(host, token, apple)).ShouldBe("苹果大客户");
        (await Matched(host, token, android)).ShouldBe("查快递");
    }

    [Fact]
    public async Task Menu_get_lists_them_with_their_rules_and_deleting_the_menu_deletes_them_too()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var tag = await Tags.Create(host, token, "大客户");
        await Create(host, token, "查快递");
        (await host.Call("/cgi-bin/menu/get", token)).TryGetProperty("conditionalmenu", out _).ShouldBeFalse();
        var menuid = await Add(host, token, "大客户", new { tag_id = tag });
        var read = await host.Call("/cgi-bin/menu/get", token);
        read.GetProperty("menu").GetProperty("menuid").GetInt64().ShouldBeGreaterThan(0);
        var conditional = read.GetProperty("conditionalmenu").EnumerateArray().ShouldHaveSingleItem();
        conditional.GetProperty("menuid").GetInt64().ShouldBe(long.Parse(menuid, System.Globalization.CultureInfo.InvariantCulture));
        conditional.GetProperty("matchrule").GetProperty("tag_id").GetString().ShouldBe(tag.ToString(System.Globalization.CultureInfo.InvariantCulture));
        (await host.Call("/cgi-bin/menu/delete", token)).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/menu/delconditional", token, new { menuid })).Errcode().ShouldBe(65301);
        (await host.Call("/cgi-bin/menu/trymatch", token, new { user_id = await host.Follower() })).Errcode().ShouldBe(46003);
    }

    [Theory]
    [InlineData("""{}""", 65304)]
    [InlineData("""{"sex":"1"}""", 65304)]
    [InlineData("""{"client_platform_type":4}""", 65304)]
    [InlineData("""{"tag_id":"999"}""", 45159)]
    [InlineData("""{"tag_id":"2"}""", 0)]
    [InlineData("""{"client_platform_type":"2"}""", 0)]
    public async Task Each_rule_is_checked(string rule, int errcode)
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        await Create(host, token, "查快递");
        var body = $$"""{"button":[{"type":"click","name":"a","key":"a"}],"matchrule":{{rule}}}""";
        (await host.Call("/cgi-bin/menu/addconditional", token, body)).Errcode().ShouldBe(errcode);
    }

    [Fact]
    public async Task There_must_be_a_menu_for_all_the_buttons_keep_the_rules_and_a_stranger_matches_nothing()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var body = """{"button":[{"type":"click","name":"a","key":"a"}],"matchrule":{"tag_id":2}}""";
        (await host.Call("/cgi-bin/menu/addconditional", token, body)).Errcode().ShouldBe(65303);
        await Create(host, token, "查快递");
        (await host.Call("/cgi-bin/menu/addconditional", token, """{"button":[],"matchrule":{"tag_id":2}}""")).Errcode().ShouldBe(40016);
        (await host.Call("/cgi-bin/menu/trymatch", token, new { user_id = "nobody" })).Errcode().ShouldBe(65302);
    }

    static object[] Buttons(string name) => [new { type = "click", name, key = "K" }];

    static async Task Create(SandboxHost host, string token, string name) =>
        (await host.Call("/cgi-bin/menu/create", token, new { button = Buttons(name) })).Errcode().ShouldBe(0);

    static async Task<string> Add(SandboxHost host, string token, string name, object matchrule) =>
        (await host.Call("/cgi-bin/menu/addconditional", token, new { button = Buttons(name), matchrule })).GetProperty("menuid").GetString()!;

    static async Task<string> Matched(SandboxHost host, string token, string openid) =>
        Name(await host.Call("/cgi-bin/menu/trymatch", token, new { user_id = openid }));

    static async Task<string> OnPhone(SandboxHost host, string openid) => Name(await host.Read($"control/menu?appId={SandboxHost.AppId}&openid={openid}"));

    static string Name(JsonElement menu) => menu.GetProperty("button")[0].GetProperty("name").GetString()!;
}
