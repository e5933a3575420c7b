using System.Net;
using Courier.Testing;

namespace Courier.Gateway.Tests.Receiving;

public sealed class RefusedCallbacks(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private const string Official = Pushes.Official;

    private CourierApp App => gateway.App;

    [Fact]
    public async Task Whatever_is_wrong_the_refusal_is_the_same_to_the_byte()
    {
        var wechat = Pushes.ToOfficial(App);
        var text = wechat.TextXml("你好");
        var encrypt = wechat.Encrypt(text);
        var body = $"<xml><Encrypt>{encrypt}</Encrypt></xml>";
        var good = wechat.Query(encrypt);
        var dtd = "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><ToUserName>gh_demo00000001</ToUserName><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content>&x;</Content><MsgId>1</MsgId></xml>";
        var cases = new Dictionary<string, Task<HttpResponseMessage>>
        {
            ["unknown account"] = wechat.Send(good, body, "wxnobody"),
            ["forged signature"] = wechat.Send(wechat.Query(encrypt, wrongToken: "guessed"), body),
            ["no signature"] = wechat.Send("", body),
            ["signature of another body"] = wechat.Send(good, $"<xml><Encrypt>{wechat.Encrypt(text)}</Encrypt></xml>"),
            ["another key"] = Enveloped(wechat, wechat.Encrypt(text, withKey: "AbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP4")),
            ["another account's message"] = Enveloped(wechat, wechat.Encrypt(text, forAppId: "wxother")),
            ["another account's id inside"] = Enveloped(wechat, wechat.Encrypt(text.Replace("gh_demo00000001", "gh_somebody"))),
            ["truncated"] = Enveloped(wechat, encrypt[..^8]),
            ["no base64"] = Enveloped(wechat, "***"),
            ["no document"] = wechat.Send(good, "hello"),
            ["empty"] = wechat.Send(good, ""),
            ["a document type outside"] = wechat.Send(good, "<!DOCTYPE xml><xml><Encrypt>" + encrypt + "</Encrypt></xml>"),
            ["a document type inside"] = Enveloped(wechat, wechat.Encrypt(dtd)),
            ["plain on a secure account"] = wechat.Send(wechat.Query(), text),
            ["plain on a compatible account"] = Pushes.ToCompatible(App).Send(Pushes.ToCompatible(App).Query(), Pushes.ToCompatible(App).TextXml("你好")),
            ["a document type in a plain account"] = Pushes.ToPlain(App).Send(Pushes.ToPlain(App).Query(), dtd.Replace("gh_demo00000001", "gh_plain")),
            ["another account's id in a plain account"] = Pushes.ToPlain(App).Send(Pushes.ToPlain(App).Query(), Pushes.ToPlain(App).TextXml("你好").Replace("gh_plain", "gh_other")),
            ["too large"] = Enveloped(wechat, wechat.Encrypt(wechat.TextXml(new string('大', 100_000)))),
            ["a wrong check of the address"] = App.Http.GetAsync($"/wechat/callback/{Official}?{wechat.Query(wrongToken: "guessed")}&echostr=123"),
            ["a check of an unknown address"] = App.Http.GetAsync($"/wechat/callback/wxnobody?{wechat.Query()}&echostr=123"),
        };
        var expected = "";
        foreach (var (name, sending) in cases)
        {
            using var answer = await sending;
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, name);
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(name);
            var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Connection")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order());
            if (expected.Length == 0) expected = headers;
            headers.ShouldBe(expected, name);
        }
    }

    [Fact]
    public async Task The_address_check_gives_the_echo_back_as_it_came()
    {
        var wechat = Pushes.ToOfficial(App);
        using var answer = await App.Http.GetAsync($"/wechat/callback/{Official}?{wechat.Query()}&echostr=5927372643%3Cb%3E");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("5927372643<b>");
    }

    [Theory]
    [InlineData("<xml><ToUserName>gh_demo00000001</ToUserName><FromUserName>oSomebody</FromUserName><CreateTime>1</CreateTime><MsgType>hologram</MsgType><MsgId>1</MsgId></xml>")]
    [InlineData("<xml><ToUserName>gh_demo00000001</ToUserName><FromUserName>oSomebody</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>card_pass_check</Event></xml>")]
    [InlineData("<xml><ToUserName>gh_demo00000001</ToUserName><FromUserName>wx.system</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>annual_renew</Event></xml>")]
    public async Task What_is_understood_but_not_for_us_is_answered_success(string xml)
    {
        using var answer = await Pushes.ToOfficial(App).Post(xml);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("success");
    }

    [Fact]
    public async Task Json_of_a_mini_program_is_understood_too()
    {
        var wechat = Pushes.ToMiniProgram(App);
        var encrypt = wechat.Encrypt($$"""{"ToUserName":"gh_demo00000002","FromUserName":"{{wechat.OpenId}}","CreateTime":1700000000,"MsgType":"event","Event":"user_enter_tempsession","SessionFrom":"x"}""");
        using var answer = await wechat.Send(wechat.Query(encrypt), $$"""{"ToUserName":"gh_demo00000002","Encrypt":"{{encrypt}}"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("success");
    }

    private static Task<HttpResponseMessage> Enveloped(Pushes wechat, string encrypt) =>
        wechat.Send(wechat.Query(encrypt), $"<xml><Encrypt>{encrypt}</Encrypt></xml>");
}
