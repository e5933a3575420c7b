using System.Net.Http.Headers;
using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class Authorizations
{
    [Theory]
    [InlineData("revoke", "user_authorization_revoke")]
    [InlineData("modify", "user_info_modified")]
    [InlineData("cancel", "user_authorization_cancellation")]
    public async Task What_a_person_does_about_their_data_is_pushed(string path, string name)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        (await host.Control($"authorization/{path}", new { openid })).GetProperty("attempts").GetArrayLength().ShouldBe(1);
        var push = host.Product.Received[^1].Xml();
        push.Element("Event")!.Value.ShouldBe(name);
        push.Element("OpenID")!.Value.ShouldBe(openid);
        push.Element("AppID")!.Value.ShouldBe(SandboxHost.Mini);
    }

    [Fact]
    public async Task The_permissions_that_were_taken_back_are_named()
    {
        await using var host = await SandboxHost.Start(miniFormat: SandboxFormat.Json);
        var openid = await host.Follower(SandboxHost.Mini);
        await host.Control("authorization/revoke", new { openid, info = new[] { 201, 202 } });
        JsonDocument.Parse(host.Product.Received[^1].Body).RootElement.GetProperty("RevokeInfo").GetString().ShouldBe("201,202");
    }

    [Fact]
    public async Task Who_ended_their_account_follows_no_more()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("authorization/cancel", new { openid });
        (await host.Call("/cgi-bin/user/info", await host.AccessToken(), query: $"openid={openid}")).GetProperty("subscribe").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Permanent_material_is_added_listed_read_and_deleted_and_does_not_grow_old()
    {
        await using var host = await SandboxHost.Start();
        var added = await Add(host, "image", "a.png", [1, 2, 3]);
        var id = added.GetProperty("media_id").GetString();
        (await host.Http.GetByteArrayAsync(added.GetProperty("url").GetString())).ShouldBe([1, 2, 3]);
        host.Clock.Advance(TimeSpan.FromDays(30));
        var token = await host.AccessToken();
        var openid = await host.Follower();
        await host.Say(openid, "图");
        (await host.Call("/cgi-bin/message/custom/send", token, new { touser = openid, msgtype = "image", image = new { media_id = id } })).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/material/get_materialcount", token)).GetProperty("image_count").GetInt32().ShouldBe(1);
        (await host.Call("/cgi-bin/material/batchget_material", token, new { type = "image", offset = 0, count = 20 })).GetProperty("item")[0].GetProperty("media_id").GetString().ShouldBe(id);
        (await host.Call("/cgi-bin/material/del_material", token, new { media_id = id })).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/material/get_material", token, new { media_id = id })).Errcode().ShouldBe(40007);
    }

    static async Task<JsonElement> Add(SandboxHost host, string type, string name, byte[] bytes)
    {
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var form = new MultipartFormDataContent { { file, "media", name } };
        using var answer = await host.Http.PostAsync($"{host.Address}/sandbox/wechat/cgi-bin/material/add_material?type={type}&access_token={await host.AccessToken()}", form);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
