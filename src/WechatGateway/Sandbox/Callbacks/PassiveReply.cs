using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Courier.Wechat.Sandbox.Platform;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>What came back from a callback: nothing to show, a reply, or something WeChat cannot use (with the rule it breaks).</summary>
internal sealed record ReplyVerdict(ShownMessage? Reply, string Raw, string? Problem)
{
    public static ReplyVerdict Nothing { get; } = new(null, "", null);
    public static ReplyVerdict Wrong(string problem, string raw = "") => new(null, raw, problem);
}

/// <summary>Reads a passive reply as WeChat does: signature, encryption, form, addressees, and the limits of its kind.</summary>
internal static class PassiveReply
{
    const string Success = "success";

    public static ReplyVerdict Read(byte[] body, SandboxAccount account, string key, string openId, Func<string?, string, bool> hasMedia)
    {
        if (!TryText(body, out var text)) return ReplyVerdict.Wrong("回复不是合法的 UTF-8。");
        if (text is "" or Success) return ReplyVerdict.Nothing;
        if (text[0] is not ('<' or '{')) return ReplyVerdict.Wrong("回复既不是 success 也不是 XML；XML 前面不能有 BOM、空行或引号。", text);
        if (text[0] == '{' && !PushXml.IsJson(account)) return ReplyVerdict.Wrong("公众号的被动回复必须是 XML，不能是 JSON。", text);
        return Parse(text) is { } outer ? Decrypted(outer, text, account, key, openId, hasMedia) : ReplyVerdict.Wrong("回复的 XML/JSON 无法解析。", text);
    }

    static ReplyVerdict Decrypted(XElement outer, string raw, SandboxAccount account, string key, string openId, Func<string?, string, bool> hasMedia)
    {
        if (outer.Element("Encrypt")?.Value is not { } encrypted)
            return account.Mode == SandboxMode.Secure
                ? ReplyVerdict.Wrong("安全模式下回复必须加密。", raw)
                : Check(outer, raw, account, openId, hasMedia);
        if (account.Mode == SandboxMode.Plain) return ReplyVerdict.Wrong("明文模式下回复不能加密。", raw);
        string Field(string name) => outer.Element(name)?.Value ?? "";
        if (CallbackCrypto.Sign(account.Token, Field("TimeStamp"), Field("Nonce"), encrypted) != Field("MsgSignature"))
            return ReplyVerdict.Wrong("回复的 MsgSignature 与 token、TimeStamp、Nonce、Encrypt 不符。", raw);
        if (CallbackCrypto.Decrypt(key, account.AppId, encrypted) is not { } plain) return ReplyVerdict.Wrong("回复解密失败：密钥、填充或 appid 不对。", raw);
        return Parse(plain) is { } inner ? Check(inner, plain, account, openId, hasMedia) : ReplyVerdict.Wrong("解密后的回复无法解析。", plain);
    }

    static ReplyVerdict Check(XElement reply, string raw, SandboxAccount account, string openId, Func<string?, string, bool> hasMedia)
    {
        string Field(string name) => reply.Element(name)?.Value ?? "";
        if (Field("ToUserName") != openId || Field("FromUserName") != account.OriginalId)
            return ReplyVerdict.Wrong("回复的 ToUserName 应是用户 openid，FromUserName 应是账号原始 ID（与来信互换）。", raw);
        if (!long.TryParse(Field("CreateTime"), out _)) return ReplyVerdict.Wrong("回复缺少整数 CreateTime。", raw);
        var type = Field("MsgType");
        if (account.Kind == SandboxAccountKind.MiniProgram && type != "transfer_customer_service")
            return ReplyVerdict.Wrong("小程序客服消息的被动回复只支持 transfer_customer_service，答复请用客服消息接口。", raw);
        var problem = Problem(type, reply, hasMedia);
        return problem is null ? new(Shown(type, reply), raw, null) : ReplyVerdict.Wrong(problem, raw);
    }

    static string? Problem(string type, XElement reply, Func<string?, string, bool> hasMedia) => type switch
    {
        "text" => Text(reply.Element("Content")?.Value),
        "image" => Media(reply, "Image", "image", hasMedia),
        "voice" => Media(reply, "Voice", "voice", hasMedia),
        "video" => Media(reply, "Video", "video", hasMedia),
        "music" => reply.Element("Music")?.Element("MusicUrl") is null && reply.Element("Music")?.Element("HQMusicUrl") is null ? "音乐回复缺少 MusicUrl。" : null,
        "news" => News(reply),
        "transfer_customer_service" => null,
        _ => $"不认识的回复类型“{type}”。",
    };

    static string? Text(string? content)
    {
        if (string.IsNullOrEmpty(content)) return "文本回复的 Content 为空。";
        return Encoding.UTF8.GetByteCount(content) > CustomMessageRules.TextBytes ? "文本回复超过 2048 字节。" : null;
    }

    static string? Media(XElement reply, string holder, string type, Func<string?, string, bool> hasMedia) =>
        hasMedia(reply.Element(holder)?.Element("MediaId")?.Value, type) ? null : $"{holder}>MediaId 不存在、类型不符或已超过 3 天。";

    static string? News(XElement reply)
    {
        var articles = reply.Element("Articles")?.Elements("item").ToList() ?? [];
        if (reply.Element("ArticleCount")?.Value != articles.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)) return "ArticleCount 与 Articles 里的篇数不一致。";
        if (articles.Count != 1) return "回复用户消息的图文只能有 1 篇。";
        return string.IsNullOrEmpty(articles[0].Element("Title")?.Value) ? "图文缺少 Title。" : null;
    }

    /// <summary>The reply in the shape that customer-service messages have, so that a phone draws both alike.</summary>
    static ShownMessage Shown(string type, XElement reply)
    {
        string? In(string holder, string name) => reply.Element(holder)?.Element(name)?.Value;
        object Data() => type switch
        {
            "text" => new { content = reply.Element("Content")?.Value },
            "image" => new { media_id = In("Image", "MediaId") },
            "voice" => new { media_id = In("Voice", "MediaId") },
            "video" => new { media_id = In("Video", "MediaId"), title = In("Video", "Title"), description = In("Video", "Description") },
            "music" => new
            {
                title = In("Music", "Title"), description = In("Music", "Description"), musicurl = In("Music", "MusicUrl"),
                hqmusicurl = In("Music", "HQMusicUrl"), thumb_media_id = In("Music", "ThumbMediaId"),
            },
            "news" => new { articles = reply.Element("Articles")!.Elements("item").Select(Article).ToList() },
            _ => new { kf_account = In("TransInfo", "KfAccount") },
        };
        var text = type switch
        {
            "text" => reply.Element("Content")!.Value,
            "image" => "[图片]",
            "voice" => "[语音]",
            "video" => "[视频]" + In("Video", "Title"),
            "music" => "[音乐]" + In("Music", "Title"),
            "news" => reply.Element("Articles")!.Element("item")!.Element("Title")!.Value,
            _ => "消息已转给人工客服",
        };
        return new(type, text, JsonFields.ToElement(Data()));
    }

    static object Article(XElement item) => new
    {
        title = item.Element("Title")?.Value,
        description = item.Element("Description")?.Value,
        url = item.Element("Url")?.Value,
        picurl = item.Element("PicUrl")?.Value,
    };

    static XElement? Parse(string text)
    {
        try
        {
            return text[0] == '{' ? FromJson(JsonNode.Parse(text)!.AsObject()) : PushXml.Parse(text);
        }
        catch (Exception unreadable) when (unreadable is XmlException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static XElement FromJson(JsonObject json) => new("xml", json.Select(field => field.Value is JsonObject inner
        ? new XElement(field.Key, FromJson(inner).Elements())
        : new XElement(field.Key, field.Value?.ToString() ?? "")));

    static bool TryText(byte[] body, out string text)
    {
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
