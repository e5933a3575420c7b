using System.Globalization;
using System.Text;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Crypto;

namespace Courier.Bench;

/// <summary>The accounts that mutated callbacks come to: one of each mode, and a mini-program.</summary>
internal static class MutatedAccounts
{
    public const string Plain = "wxbench000000002", Compatible = "wxbench000000003", MiniProgram = "wxbench000000004";

    public static IEnumerable<string> Settings =>
    [
        .. Account(1, Plain, "OfficialAccount", "Plain"), .. Account(2, Compatible, "OfficialAccount", "Compatible"), .. Account(3, MiniProgram, "MiniProgram", "Plain"),
    ];

    private static IEnumerable<string> Account(int n, string appId, string kind, string mode) =>
    [
        $"Wechat:Accounts:{n}:AppId={appId}", $"Wechat:Accounts:{n}:Secret=secret-of-bench-{n}", $"Wechat:Accounts:{n}:OriginalId={World.OriginalId}",
        $"Wechat:Accounts:{n}:Kind={kind}", $"Wechat:Accounts:{n}:Token={World.Token}", $"Wechat:Accounts:{n}:Mode={mode}",
        .. mode == "Plain" ? Array.Empty<string>() : [$"Wechat:Accounts:{n}:EncodingAesKey={World.AesKey}"],
    ];
}

/// <summary>
/// Makes callbacks: an honest body, damaged in some way or not, sealed as the account's mode wants it, and the sealed whole damaged in
/// some way or not. What is damaged before it is sealed reaches the parser and the rules; what is damaged afterwards must not.
/// </summary>
internal static class Mutation
{
    private static readonly MessageCipher Cipher = new(World.AppId, EncodingAesKey.Parse(World.AesKey));
    private static readonly MessageCipher CompatibleCipher = new(MutatedAccounts.Compatible, EncodingAesKey.Parse(World.AesKey));
    private static readonly string[] ContentTypes = ["text/xml", "application/json", "application/octet-stream", "text/xml; charset=gbk", "multipart/form-data; boundary=x"];

    /// <summary>A callback in which nothing is wrong.</summary>
    public static Posted Honest(Random random) => Seal(random, World.AppId, Encoding.UTF8.GetBytes(Samples.Text(random)));

    /// <summary>The next callback of this chain.</summary>
    public static Posted Next(Random random)
    {
        var appId = random.Next(4) switch { 0 => MutatedAccounts.Plain, 1 => MutatedAccounts.Compatible, 2 => MutatedAccounts.MiniProgram, _ => World.AppId };
        var body = appId == MutatedAccounts.MiniProgram && random.Next(2) == 0 ? Samples.Json(random) : Samples.Xml(random);
        // Mostly one damage: a body with many is hardly ever read to its end.
        for (var times = random.Next(3) * random.Next(2); times > 0; times--) body = Damage.Text(random, body);
        var bytes = random.Next(3) == 0 ? Damage.Encode(random, body) : Encoding.UTF8.GetBytes(body);
        for (var times = random.Next(3) * random.Next(2); times > 0; times--) bytes = Damage.Bytes(random, bytes);
        var posted = Seal(random, appId, bytes);
        return random.Next(5) == 0 ? Break(random, posted) : posted with { ContentType = ContentTypes[random.Next(ContentTypes.Length)] };
    }

    private static Posted Seal(Random random, string appId, byte[] body)
    {
        var timestamp = (1_780_000_000 + random.Next(10_000_000)).ToString(CultureInfo.InvariantCulture);
        var nonce = random.NextInt64().ToString(CultureInfo.InvariantCulture);
        var query = $"/wechat/callback/{appId}?signature={CallbackSignature.OfQuery(World.Token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}";
        if (appId is MutatedAccounts.Plain or MutatedAccounts.MiniProgram) return new Posted(query, body, "text/xml", MustBeRefused: false);
        var cipher = appId == World.AppId ? Cipher : CompatibleCipher;
        var encrypt = cipher.Encrypt(body, cipher.Current, random.NextBytes);
        var envelope = random.Next(3) == 0
            ? $"{{\"ToUserName\":\"{World.OriginalId}\",\"Encrypt\":\"{encrypt}\"}}"
            : $"<xml><ToUserName><![CDATA[{World.OriginalId}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>";
        return new Posted($"{query}&encrypt_type=aes&msg_signature={CallbackSignature.OfMessage(World.Token, timestamp, nonce, encrypt)}", Encoding.UTF8.GetBytes(envelope), "text/xml", MustBeRefused: false);
    }

    // The seal itself is damaged. Where the damage certainly breaks it, the callback must be refused.
    private static Posted Break(Random random, Posted posted) => random.Next(8) switch
    {
        0 => posted with { Path = posted.Path.Replace("signature=", "signature=0", StringComparison.Ordinal), MustBeRefused = true },
        1 => posted with { Path = posted.Path.Replace("&nonce=", "&nonce=7", StringComparison.Ordinal), MustBeRefused = true },
        2 => posted with { Path = posted.Path[..posted.Path.IndexOf('?', StringComparison.Ordinal)], MustBeRefused = true },
        3 => posted with { Path = posted.Path.Replace("/wechat/callback/wx", "/wechat/callback/wy", StringComparison.Ordinal), MustBeRefused = true },
        4 => posted with { Path = posted.Path + "&signature=%00%ff&timestamp=&nonce=%E4%BD", MustBeRefused = true },
        5 => posted with { Body = Damage.Bytes(random, posted.Body) },
        6 => posted with { Body = [] },
        _ => posted with { Body = Damage.Long(random) },
    };
}

/// <summary>Honest bodies.</summary>
internal static class Samples
{
    private static readonly string[] Words =
    [
        "帮助", "1", "0", "人工", "退出人工", "CY0000000000017", "绑定手机 13800000001", "能寄充电宝吗", "123456", "尾号1234", "我的快递", "运费多少", "网点 南山区", "退订", "😀", "　１　",
        "SF1234567890123 YT1234567890123 CY0000000000025", "", "\\", "'; drop table x; --", "<b>", "%s%n", "合并", "分享 CY0000000000017", "继续等",
    ];

    private static readonly string[] Events =
    [
        "<Event>subscribe</Event><EventKey>qrscene_wb_CY0000000000017</EventKey><Ticket>t</Ticket>", "<Event>unsubscribe</Event><EventKey></EventKey>",
        "<Event>SCAN</Event><EventKey>wb_CY0000000000017</EventKey><Ticket>t</Ticket>", "<Event>CLICK</Event><EventKey>guidance</EventKey>", "<Event>CLICK</Event><EventKey>human</EventKey>",
        "<Event>VIEW</Event><EventKey>https://example.com/</EventKey><MenuId>1</MenuId>", "<Event>LOCATION</Event><Latitude>30.27</Latitude><Longitude>120.15</Longitude><Precision>65.0</Precision>",
        "<Event>TEMPLATESENDJOBFINISH</Event><MsgID>200163836</MsgID><Status>success</Status>", "<Event>user_enter_tempsession</Event><SessionFrom>x</SessionFrom>",
        "<Event>scancode_waitmsg</Event><EventKey>scan</EventKey><ScanCodeInfo><ScanType>barcode</ScanType><ScanResult>CODE_128,CY0000000000017</ScanResult></ScanCodeInfo>",
        "<Event>location_select</Event><EventKey>x</EventKey><SendLocationInfo><Location_X>22.5</Location_X><Location_Y>113.9</Location_Y><Scale>15</Scale><Label>粤海街道</Label><Poiname></Poiname></SendLocationInfo>",
        "<Event>pic_weixin</Event><EventKey>x</EventKey><SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum>5a</PicMd5Sum></item></PicList></SendPicsInfo>",
        "<Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent><List><TemplateId>t1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>2</PopupScene></List></SubscribeMsgPopupEvent>",
        "<Event>user_authorization_revoke</Event><OpenID>o1</OpenID><AppID>wx</AppID><RevokeInfo>1</RevokeInfo>", "<Event>kf_create_session</Event><KfAccount>a@b</KfAccount>",
        "<Event>wxa_media_check</Event><appid>wx</appid><trace_id>t</trace_id><version>2</version><result><suggest>risky</suggest><label>20001</label></result>",
    ];

    public static string Xml(Random random) => random.Next(9) switch
    {
        0 => Of(random, "image", "<PicUrl>http://example.com/p.jpg</PicUrl><MediaId>m1</MediaId>"),
        1 => Of(random, "voice", "<MediaId>m2</MediaId><Format>amr</Format><Recognition>查一下我的快递</Recognition>"),
        2 => Of(random, "location", "<Location_X>22.53</Location_X><Location_Y>113.94</Location_Y><Scale>15</Scale><Label>深圳市南山区</Label>"),
        3 => Of(random, "link", "<Title>t</Title><Description>d</Description><Url>https://example.com</Url>"),
        4 => Of(random, "video", "<MediaId>m3</MediaId><ThumbMediaId>m4</ThumbMediaId>"),
        5 or 6 => Of(random, "event", Events[random.Next(Events.Length)]),
        _ => Text(random),
    };

    public static string Text(Random random) => Of(random, "text", $"<Content><![CDATA[{Words[random.Next(Words.Length)]}]]></Content>");

    public static string Json(Random random) => FormattableString.Invariant(
        $"{{\"ToUserName\":\"{World.OriginalId}\",\"FromUserName\":\"{Sender(random)}\",\"CreateTime\":{1_780_000_000 + random.Next(9_000_000)},\"MsgType\":\"{(random.Next(3) == 0 ? "miniprogrampage" : "text")}\",\"Content\":\"{Words[random.Next(14)]}\",\"Title\":\"t\",\"MsgId\":{random.NextInt64()},\"List\":[{{\"TemplateId\":\"x\",\"SubscribeStatusString\":\"accept\"}}]}}");

    private static string Of(Random random, string type, string rest) => FormattableString.Invariant(
        $"<xml><ToUserName><![CDATA[{World.OriginalId}]]></ToUserName><FromUserName><![CDATA[{Sender(random)}]]></FromUserName><CreateTime>{1_780_000_000 + random.Next(9_000_000)}</CreateTime><MsgType><![CDATA[{type}]]></MsgType>{rest}<MsgId>{random.NextInt64()}</MsgId></xml>");

    // A few hundred people: new ones cost rows, which is not what this is about.
    private static string Sender(Random random) => World.OpenId(random.Next(300));
}

/// <summary>Ways in which a body is damaged.</summary>
internal static class Damage
{
    private static readonly string[] Shards =
    [
        "<![CDATA[", "]]>", "<", ">", "&", "&#0;", "&#xFFFFFF;", "&lt", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>", "&b;", "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<!--", "-->", "<xml>", "</xml>",
        "\0", "\u0001", "\uFFFE", "\uD800", "\uDC00", "\u202E", "{", "}", "[", "]", "\"", "\\u0000", "\\ud800", "null", "1e999", "-9223372036854775809", "99999999999999999999", "NaN", "\r\n", "\t",
    ];

    public static string Text(Random random, string body)
    {
        var at = random.Next(body.Length + 1);
        return random.Next(12) switch
        {
            0 => body.Insert(at, Shards[random.Next(Shards.Length)]),
            1 => body[..at],
            2 => body[at..],
            3 => body.Insert(at, body),
            4 => body.Remove(at, random.Next(body.Length - at + 1)),
            5 => body.Insert(at, new string((char)('!' + random.Next(90)), random.Next(20_000))),
            6 => Swap(random, body, '>', '<', Shards[random.Next(Shards.Length)]),
            7 => Swap(random, body, '<', '>', "FromUserName"),
            8 => Swap(random, body, ':', ',', random.Next(2) == 0 ? "null" : "[[[{}]]]"),
            9 => body.Insert(at, Nested(random)),
            10 => body.Replace("xml", "XML", StringComparison.Ordinal),
            _ => Swap(random, body, '>', '<', ""),
        };
    }

    public static byte[] Encode(Random random, string body) => random.Next(20) switch
    {
        0 => Encoding.Unicode.GetBytes(body),
        1 => Encoding.BigEndianUnicode.GetBytes(body),
        2 => Encoding.Latin1.GetBytes(body),
        3 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(body)],
        4 => [.. Encoding.UTF8.GetBytes(body), 0xC3, 0x28, 0xF0, 0x9F],
        5 => Encoding.UTF32.GetBytes(body),
        _ => Encoding.UTF8.GetBytes(body),
    };

    public static byte[] Bytes(Random random, byte[] body)
    {
        if (body.Length == 0) return [(byte)random.Next(256)];
        var at = random.Next(body.Length);
        switch (random.Next(4))
        {
            case 0: return [.. body.AsSpan(0, at), (byte)random.Next(256), .. body.AsSpan(at)];
            case 1: return [.. body.AsSpan(0, at), .. body.AsSpan(Math.Min(body.Length, at + random.Next(8)))];
            case 2:
                var other = (byte[])body.Clone();
                other[at] ^= (byte)(1 << random.Next(8));
                return other;
            default:
                var noisy = (byte[])body.Clone();
                random.NextBytes(noisy.AsSpan(at, Math.Min(16, body.Length - at)));
                return noisy;
        }
    }

    public static byte[] Long(Random random)
    {
        var body = new byte[random.Next(600_000)];
        Array.Fill(body, (byte)(random.Next(2) == 0 ? '<' : '['));
        return body;
    }

    // Replaces what stands between two signs somewhere.
    private static string Swap(Random random, string body, char before, char after, string with)
    {
        var start = body.IndexOf(before, random.Next(body.Length + 1));
        if (start < 0) return body;
        var end = body.IndexOf(after, start + 1);
        return end < 0 ? body : string.Concat(body.AsSpan(0, start + 1), with, body.AsSpan(end));
    }

    private static string Nested(Random random)
    {
        var depth = random.Next(3000);
        return random.Next(2) == 0
            ? string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth))
            : new string('[', depth) + new string(']', depth);
    }
}
