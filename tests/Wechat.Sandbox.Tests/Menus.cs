using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class Menus
{
    const string Click = """{"type":"click","name":"查快递","key":"TRACK"}""";

    [Fact]
    public async Task A_menu_is_made_read_and_deleted()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        (await host.Call("/cgi-bin/menu/get", token)).Errcode().ShouldBe(46003);
        var menu = $$"""{"button":[{{Click}},{"name":"我","sub_button":[{"type":"view","name":"我的快递","url":"http://localhost/app"},{"type":"scancode_waitmsg","name":"扫一扫","key":"SCAN"}]}]}""";
        (await host.Call("/cgi-bin/menu/create", token, menu)).Errcode().ShouldBe(0);
        var read = await host.Call("/cgi-bin/menu/get", token);
        read.GetProperty("menu").GetProperty("button")[1].GetProperty("sub_button")[0].GetProperty("name").GetString().ShouldBe("我的快递");
        (await host.Call("/cgi-bin/get_current_selfmenu_info", token)).GetProperty("selfmenu_info").GetProperty("button")[1]
            .GetProperty("sub_button").GetProperty("list").GetArrayLength().ShouldBe(2);
        (await host.Call("/cgi-bin/menu/delete", token)).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/menu/get", token)).Errcode().ShouldBe(46003);
    }

    [Theory]
    [InlineData("""{"button":[]}""", 40016)]
    [InlineData("""{"button":[{"type":"click","name":"a","key":"a"},{"type":"click","name":"b","key":"b"},{"type":"click","name":"c","key":"c"},{"type":"click","name":"d","key":"d"}]}""", 40016)]
    [InlineData("""{"button":[{"type":"shout","name":"a","key":"a"}]}""", 40017)]
    [InlineData("""{"button":[{"type":"click","name":"","key":"a"}]}""", 40018)]
    [InlineData("""{"button":[{"type":"click","name":"我要查快递吧","key":"a"}]}""", 40018)]
    [InlineData("""{"button":[{"type":"click","name":"我要查快递","key":"a"}]}""", 0)]
    [InlineData("""{"button":[{"type":"click","name":"a"}]}""", 40019)]
    [InlineData("""{"button":[{"type":"view","name":"a"}]}""", 40020)]
    [InlineData("""{"button":[{"type":"view","name":"a","url":"javascript:alert(1)"}]}""", 40055)]
    [InlineData("""{"button":[{"name":"a","sub_button":[{"name":"b","sub_button":[{"type":"click","name":"c","key":"c"}]}]}]}""", 40022)]
    [InlineData("""{"button":[{"name":"a","sub_button":[{"type":"click","name":"1","key":"a"},{"type":"click","name":"2","key":"a"},{"type":"click","name":"3","key":"a"},{"type":"click","name":"4","key":"a"},{"type":"click","name":"5","key":"a"},{"type":"click","name":"6","key":"a"}]}]}""", 40023)]
    [InlineData("""{"button":[{"name":"a","sub_button":[{"type":"shout","name":"b"}]}]}""", 40024)]
    [InlineData("""{"button":[{"name":"a","sub_button":[{"type":"click","name":"","key":"b"}]}]}""", 40025)]
    [InlineData("""{"button":[{"name":"a","sub_button":[{"type":"click","name":"b"}]}]}""", 40026)]
    [InlineData("""{"button":[{"name":"a","sub_button":[{"type":"view","name":"b"}]}]}""", 40027)]
    [InlineData("""{"button":[{"type":"miniprogram","name":"a","url":"http://a","pagepath":"p"}]}""", 40166)]
    public async Task Each_limit_has_its_code(string menu, int errcode)
    {
        await using var host = await SandboxHost.Start();
        (await host.Call("/cgi-bin/menu/create", await host.AccessToken(), menu)).Errcode().ShouldBe(errcode);
        if (errcode != 0) (await host.BrokenRules()).ShouldHaveSingleItem().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Keys_may_have_128_bytes_and_addresses_1024()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        (await Create(host, token, new { type = "click", name = "a", key = new string('k', 128) })).ShouldBe(0);
        (await Create(host, token, new { type = "click", name = "a", key = new string('k', 129) })).ShouldBe(40019);
        (await Create(host, token, new { type = "view", name = "a", url = "http://a/" + new string('u', 1015) })).ShouldBe(0);
        (await Create(host, token, new { type = "view", name = "a", url = "http://a/" + new string('u', 1016) })).ShouldBe(40020);
    }

    static async Task<int> Create(SandboxHost host, string token, object button) =>
        (await host.Call("/cgi-bin/menu/create", token, JsonSerializer.Serialize(new { button = new[] { button } }))).Errcode();
}
