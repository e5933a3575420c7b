using System.Net.Http.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class MiniProgramCodes
{
    [Fact]
    public async Task A_code_is_a_picture_and_scanning_it_opens_the_page_with_its_scene()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var picture = await Picture(host, "/wxa/getwxacodeunlimit", new { scene = "w=CY1&s=2", page = "pages/track/track", width = 430 });
        picture.AsSpan(0, 4).ToArray().ShouldBe([0x89, 0x50, 0x4E, 0x47]);
        var code = (await host.Read("control/wxacodes")).GetProperty("codes").EnumerateArray().ShouldHaveSingleItem();
        (await host.Http.GetByteArrayAsync(host.Address + code.GetProperty("picture").GetString())).AsSpan(0, 4).ToArray().ShouldBe([0x89, 0x50, 0x4E, 0x47]);
        var opened = await host.Control("open", new { openid, content = code.GetProperty("content").GetString() });
        opened.GetProperty("path").GetString().ShouldBe("pages/track/track");
        opened.GetProperty("scene").GetString().ShouldBe("w=CY1&s=2");
        opened.GetProperty("query").GetString().ShouldBe("scene=w%3DCY1%26s%3D2");
    }

    [Theory]
    [InlineData("/wxa/getwxacodeunlimit", """{"page":"pages/a/a"}""", 40169)]
    [InlineData("/wxa/getwxacodeunlimit", """{"scene":"运单"}""", 40169)]
    [InlineData("/wxa/getwxacodeunlimit", """{"scene":"123456789012345678901234567890123"}""", 40169)]
    [InlineData("/wxa/getwxacodeunlimit", """{"scene":"a","page":"/pages/a/a"}""", 41030)]
    [InlineData("/wxa/getwxacodeunlimit", """{"scene":"a","page":"pages/a/a?b=1"}""", 41030)]
    [InlineData("/wxa/getwxacodeunlimit", """{"scene":"a","width":100}""", 40097)]
    [InlineData("/wxa/getwxacodeunlimit", """{"scene":"a","env_version":"beta"}""", 40097)]
    [InlineData("/wxa/getwxacode", """{}""", 40159)]
    [InlineData("/cgi-bin/wxaapp/createwxaqrcode", """{"path":"pages/a/a b"}""", 40165)]
    [InlineData("/wxa/generate_urllink", """{"path":"pages/a/a","query":"名=1"}""", 40212)]
    [InlineData("/wxa/generate_urllink", """{"path":"pages/a/ a"}""", 40165)]
    [InlineData("/wxa/generate_urllink", """{"path":"pages/a/a","expire_type":1,"expire_interval":31}""", 85401)]
    [InlineData("/wxa/generatescheme", """{"jump_wxa":{"path":"pages/a/a"},"expire_time":1}""", 85401)]
    public async Task Each_rule_is_checked(string path, string body, int errcode)
    {
        await using var host = await SandboxHost.Start();
        (await host.Call(path, await host.AccessToken(appId: SandboxHost.Mini), body)).Errcode().ShouldBe(errcode);
    }

    [Theory]
    [InlineData("/wxa/generate_urllink", """{"path":"/pages/track/track","query":"w=CY1"}""", "url_link")]
    [InlineData("/wxa/generatescheme", """{"jump_wxa":{"path":"/pages/track/track","query":"w=CY1"}}""", "openlink")]
    [InlineData("/wxa/genwxashortlink", """{"page_url":"pages/track/track?w=CY1"}""", "link")]
    public async Task A_link_opens_for_one_person_until_its_time_is_over(string path, string body, string field)
    {
        await using var host = await SandboxHost.Start();
        var (one, two) = (await host.Follower(), await host.Follower());
        var link = (await host.Call(path, await host.AccessToken(appId: SandboxHost.Mini), body)).GetProperty(field).GetString()!;
        var opened = await host.Control("open", new { openid = one, content = link });
        (opened.GetProperty("path").GetString(), opened.GetProperty("query").GetString()).ShouldBe(("pages/track/track", "w=CY1"));
        await host.Control("open", new { openid = one, content = link });
        (await Status(host, two, link)).ShouldBe(409);
        host.Clock.Advance(TimeSpan.FromDays(30));
        (await Status(host, one, link)).ShouldBe(409);
        (await Status(host, one, link + "x")).ShouldBe(404);
    }

    [Fact]
    public async Task Only_mini_programs_have_such_codes()
    {
        await using var host = await SandboxHost.Start();
        (await host.Call("/wxa/getwxacodeunlimit", await host.AccessToken(), new { scene = "a" })).Errcode().ShouldBe(48001);
    }

    [Fact]
    public async Task A_short_key_brings_its_data_back_until_its_time_is_over()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var key = (await host.Call("/cgi-bin/shorten/gen", token, new { long_data = "运单 CY1 的分享", expire_seconds = 3600 })).GetProperty("short_key").GetString();
        var fetched = await host.Call("/cgi-bin/shorten/fetch", token, new { short_key = key });
        (fetched.GetProperty("long_data").GetString(), fetched.GetProperty("expire_seconds").GetInt64()).ShouldBe(("运单 CY1 的分享", 3600));
        (await host.Call("/cgi-bin/shorten/fetch", await host.AccessToken(appId: SandboxHost.Mini), new { short_key = key })).Errcode().ShouldBe(40097);
        (await host.Call("/cgi-bin/shorten/gen", token, new { long_data = new string('长', 1366) })).Errcode().ShouldBe(45002);
        (await host.Call("/cgi-bin/shorten/gen", token, new { long_data = "a", expire_seconds = 2_592_001 })).Errcode().ShouldBe(40097);
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await host.Call("/cgi-bin/shorten/fetch", token, new { short_key = key })).Errcode().ShouldBe(40097);
    }

    static async Task<byte[]> Picture(SandboxHost host, string path, object body)
    {
        using var answer = await host.Http.PostAsJsonAsync($"{host.Address}/sandbox/wechat{path}?access_token={await host.AccessToken(appId: SandboxHost.Mini)}", body);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    static async Task<int> Status(SandboxHost host, string openid, string content)
    {
        using var answer = await host.Http.PostAsJsonAsync($"{host.Address}/sandbox/control/open", new { openid, content });
        return (int)answer.StatusCode;
    }
}
