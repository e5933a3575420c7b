using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Web;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class MediaAndLogins
{
    [Fact]
    public async Task Uploaded_bytes_come_back_for_three_days()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 4, 5];
        var uploaded = await Upload(host, token, "image", "parcel.png", picture);
        uploaded.GetProperty("type").GetString().ShouldBe("image");
        var id = uploaded.GetProperty("media_id").GetString()!;
        var openid = await host.Follower();
        (await host.Call("/cgi-bin/message/custom/send", token, new { touser = openid, msgtype = "image", image = new { media_id = id } })).Errcode().ShouldBe(0);
        await host.Restart();
        (await host.Http.GetByteArrayAsync(MediaUrl(host, token, id))).ShouldBe(picture);
        host.Clock.Advance(TimeSpan.FromDays(3));
        using var late = await host.Http.GetAsync(MediaUrl(host, await host.AccessToken(), id));
        late.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        JsonDocument.Parse(await late.Content.ReadAsStringAsync()).RootElement.Errcode().ShouldBe(40007);
    }

    [Fact]
    public async Task Media_have_their_kinds_and_sizes()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        (await Upload(host, token, "poem", "a.txt", [1])).Errcode().ShouldBe(40004);
        (await Upload(host, token, "thumb", "a.jpg", new byte[64 * 1024 + 1])).Errcode().ShouldBe(45001);
        (await Upload(host, token, "thumb", "a.jpg", new byte[64 * 1024])).GetProperty("thumb_media_id").GetString().ShouldNotBeNullOrEmpty();
        (await host.Call("/cgi-bin/media/upload", token, "{}", "type=image")).Errcode().ShouldBe(41005);
    }

    [Fact]
    public async Task What_a_customer_sends_can_be_downloaded()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Say(openid, new { type = "image", fileName = "a.png", base64 = Convert.ToBase64String([1, 2, 3]) });
        var xml = host.Product.Received[^1].Xml();
        (await host.Http.GetByteArrayAsync(MediaUrl(host, await host.AccessToken(), xml.Element("MediaId")!.Value))).ShouldBe([1, 2, 3]);
        (await host.Http.GetByteArrayAsync(xml.Element("PicUrl")!.Value)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_mini_program_login_code_works_once_for_five_minutes()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(SandboxHost.Mini);
        var code = await Code(host, "login-code", openid);
        var session = await Session(host, code);
        session.GetProperty("openid").GetString().ShouldBe(openid);
        Convert.FromBase64String(session.GetProperty("session_key").GetString()!).Length.ShouldBe(16);
        (await Session(host, code)).Errcode().ShouldBe(40163);
        (await Session(host, "made-up")).Errcode().ShouldBe(40029);
        var late = await Code(host, "login-code", openid);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Session(host, late)).Errcode().ShouldBe(40029);
    }

    [Fact]
    public async Task A_phone_code_gives_the_number_once()
    {
        await using var host = await SandboxHost.Start();
        var openid = (await host.Read("control/followers?appId=" + SandboxHost.Mini)).GetProperty("followers")[0].GetProperty("openId").GetString()!;
        var code = await Code(host, "phone-code", openid);
        var token = await host.AccessToken(appId: SandboxHost.Mini);
        var answer = await host.Call("/wxa/business/getuserphonenumber", token, new { code });
        answer.GetProperty("phone_info").GetProperty("purePhoneNumber").GetString().ShouldBe("13800000001");
        (await host.Call("/wxa/business/getuserphonenumber", token, new { code })).Errcode().ShouldBe(40163);
    }

    [Fact]
    public async Task Web_authorisation_comes_back_with_a_code_for_the_chosen_follower()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var authorize = $"{host.Address}/sandbox/wechat/connect/oauth2/authorize?appid={SandboxHost.AppId}"
            + $"&redirect_uri={Uri.EscapeDataString("http://localhost/back?x=1")}&response_type=code&scope=snsapi_userinfo&state=abc123";
        (await browser.GetStringAsync(authorize)).ShouldContain(openid);
        using var redirect = await browser.GetAsync($"{authorize}&sandbox_openid={openid}");
        redirect.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var back = HttpUtility.ParseQueryString(redirect.Headers.Location!.Query);
        back["state"].ShouldBe("abc123");
        back["x"].ShouldBe("1");

        var query = $"appid={SandboxHost.AppId}&secret={SandboxHost.Secret}&grant_type=authorization_code&code={back["code"]}";
        var tokens = await host.Call("/sns/oauth2/access_token", null, null, query);
        tokens.GetProperty("openid").GetString().ShouldBe(openid);
        (await host.Call("/sns/oauth2/access_token", null, null, query)).Errcode().ShouldBe(40163);
        var token = tokens.GetProperty("access_token").GetString();
        (await host.Call("/sns/userinfo", token, null, $"openid={openid}&lang=zh_CN")).GetProperty("nickname").GetString().ShouldNotBeNullOrEmpty();
        (await host.Call("/cgi-bin/user/get", token)).Errcode().ShouldBe(40001);
        using var broken = await browser.GetAsync(authorize.Replace("state=abc123", "state=a%3Cb"));
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_jsapi_ticket_is_the_same_for_two_hours()
    {
        await using var host = await SandboxHost.Start();
        var first = (await host.Call("/cgi-bin/ticket/getticket", await host.AccessToken(), null, "type=jsapi")).GetProperty("ticket").GetString();
        (await host.Call("/cgi-bin/ticket/getticket", await host.AccessToken(), null, "type=jsapi")).GetProperty("ticket").GetString().ShouldBe(first);
        host.Clock.Advance(TimeSpan.FromSeconds(7200));
        (await host.Call("/cgi-bin/ticket/getticket", await host.AccessToken(), null, "type=jsapi")).GetProperty("ticket").GetString().ShouldNotBe(first);
    }

    static string MediaUrl(SandboxHost host, string token, string id) => $"{host.Address}/sandbox/wechat/cgi-bin/media/get?access_token={token}&media_id={id}";

    static async Task<string> Code(SandboxHost host, string kind, string openid) => (await host.Control(kind, new { openid })).GetProperty("code").GetString()!;

    static Task<JsonElement> Session(SandboxHost host, string code) => host.Call("/sns/jscode2session", null, null,
        $"appid={SandboxHost.Mini}&secret={SandboxHost.Secret}&js_code={code}&grant_type=authorization_code");

    static async Task<JsonElement> Upload(SandboxHost host, string token, string type, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(content, "media", name);
        using var response = await host.Http.PostAsync($"{host.Address}/sandbox/wechat/cgi-bin/media/upload?access_token={token}&type={type}", form);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
