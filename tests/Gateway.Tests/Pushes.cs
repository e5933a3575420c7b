using System.Net;
using System.Security;
using System.Text;
using System.Xml.Linq;
using Courier.Testing;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Crypto;

namespace Courier.Gateway.Tests;

/// <summary>Makes callbacks by hand, as WeChat makes them, and spoils them where a test wants it.</summary>
internal sealed class Pushes(CourierApp app, string appId, string originalId, string token, string? key)
{
    public const string Official = "wxdemo0000000001", MiniProgram = "wxdemo0000000002", Plain = "wxplain000000003", Compatible = "wxcompat00000004";
    public const string OfficialToken = "demoCallbackToken1", OfficialKey = "DemoEncodingAesKeyOfficialAccount0000000004", OfficialId = "gh_demo00000001";

    private static int _number;

    /// <summary>Two accounts more than those of Development: one that never encrypts, one in compatible mode.</summary>
    public static IReadOnlyDictionary<string, string> MoreAccounts { get; } = new Dictionary<string, string>
    {
        ["Wechat:Accounts:2:AppId"] = Plain, ["Wechat:Accounts:2:Secret"] = "s2", ["Wechat:Accounts:2:OriginalId"] = "gh_plain",
        ["Wechat:Accounts:2:Token"] = "plainToken", ["Wechat:Accounts:2:Mode"] = "Plain",
        ["Wechat:Accounts:3:AppId"] = Compatible, ["Wechat:Accounts:3:Secret"] = "s3", ["Wechat:Accounts:3:OriginalId"] = "gh_compat",
        ["Wechat:Accounts:3:Token"] = "compatToken", ["Wechat:Accounts:3:EncodingAesKey"] = OfficialKey, ["Wechat:Accounts:3:Mode"] = "Compatible",
    };

    public static Pushes ToOfficial(CourierApp app) => new(app, Official, OfficialId, OfficialToken, OfficialKey);

    public static Pushes ToMiniProgram(CourierApp app) =>
        new(app, MiniProgram, "gh_demo00000002", "demoCallbackToken2", "DemoEncodingAesKeyMiniProgram00000000000008");

    public static Pushes ToPlain(CourierApp app) => new(app, Plain, "gh_plain", "plainToken", null);

    public static Pushes ToCompatible(CourierApp app) => new(app, Compatible, "gh_compat", "compatToken", OfficialKey);

    public string OpenId { get; init; } = "oTestFollower_" + Interlocked.Increment(ref _number);

    public Pushes As(string openId) => new(app, appId, originalId, token, key) { OpenId = openId };

    /// <summary>The body of a text message.</summary>
    public string TextXml(string text, long? msgId = null) => Xml("text", $"<Content>{SecurityElement.Escape(text)}</Content><MsgId>{msgId ?? 7000000000 + Interlocked.Increment(ref _number)}</MsgId>");

    /// <summary>The body of an event.</summary>
    public string EventXml(string name, string rest = "") => Xml("event", $"<Event>{name}</Event>{rest}");

    /// <summary>The body of anything.</summary>
    public string Xml(string type, string rest) =>
        $"<xml><ToUserName>{originalId}</ToUserName><FromUserName>{OpenId}</FromUserName><CreateTime>{app.Clock.GetUtcNow().ToUnixTimeSeconds()}</CreateTime><MsgType>{type}</MsgType>{rest}</xml>";

    /// <summary>Says something and reads the answer; empty for <c>success</c>.</summary>
    public Task<string> Say(string text, long? msgId = null) => Tell(TextXml(text, msgId));

    /// <summary>Pushes a body and reads the words of the answer; empty for <c>success</c>.</summary>
    public async Task<string> Tell(string xml)
    {
        using var answer = await Post(xml);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WordsOf(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Pushes a body with a right envelope.</summary>
    public Task<HttpResponseMessage> Post(string xml)
    {
        if (key is null) return Send(Query(), xml);
        var encrypt = Encrypt(xml);
        return Send(Query(encrypt), $"<xml><ToUserName>{originalId}</ToUserName><Encrypt>{encrypt}</Encrypt></xml>");
    }

    public string Encrypt(string xml, string? forAppId = null, string? withKey = null)
    {
        var aes = EncodingAesKey.Parse(withKey ?? key!);
        return new MessageCipher(forAppId ?? appId, aes).Encrypt(Encoding.UTF8.GetBytes(xml), aes, Randomness.Secure);
    }

    /// <summary>The query that WeChat sends along; with the signature of the encrypted body when there is one.</summary>
    public string Query(string? encrypt = null, string? wrongToken = null)
    {
        var stamp = app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var nonce = Randomness.Nonce(Randomness.Secure);
        var query = $"signature={CallbackSignature.OfQuery(wrongToken ?? token, stamp, nonce)}&timestamp={stamp}&nonce={nonce}&openid={OpenId}";
        return encrypt is null ? query : query + $"&encrypt_type=aes&msg_signature={CallbackSignature.OfMessage(wrongToken ?? token, stamp, nonce, encrypt)}";
    }

    public Task<HttpResponseMessage> Send(string query, string body, string? toAppId = null) =>
        app.Http.PostAsync($"/wechat/callback/{toAppId ?? appId}?{query}", new StringContent(body, Encoding.UTF8, "text/xml"));

    /// <summary>The words inside an answer, decrypted where it is encrypted.</summary>
    public string WordsOf(string answer)
    {
        if (answer == "success") return "";
        var xml = XElement.Parse(answer);
        if (xml.Element("Encrypt") is { } encrypt)
        {
            var aes = EncodingAesKey.Parse(key!);
            new MessageCipher(appId, aes).TryDecrypt(encrypt.Value, out var plain, out _).ShouldBeTrue();
            CallbackSignature.IsValidMessage(token, xml.Element("TimeStamp")!.Value, xml.Element("Nonce")!.Value, encrypt.Value, xml.Element("MsgSignature")!.Value).ShouldBeTrue();
            xml = XElement.Parse(Encoding.UTF8.GetString(plain!));
        }
        xml.Element("ToUserName")!.Value.ShouldBe(OpenId);
        xml.Element("FromUserName")!.Value.ShouldBe(originalId);
        return xml.Element("Content")!.Value;
    }
}
