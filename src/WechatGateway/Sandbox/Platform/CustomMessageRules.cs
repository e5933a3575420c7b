using System.Text;
using System.Text.Json;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What the customer sees of a message: its type, its words and the fields that a phone draws it from.</summary>
internal sealed record ShownMessage(string Type, string Text, JsonElement Data);

/// <summary>What WeChat checks of each kind of customer-service message.</summary>
internal static class CustomMessageRules
{
    public const int TextBytes = 2048;

    public static ShownMessage Check(PlatformCall call, string type)
    {
        var known = type is "text" or "image" or "voice" or "video" or "music" or "news" or "mpnews" or "mpnewsarticle"
            or "msgmenu" or "wxcard" or "miniprogrampage" or "link";
        if (!known) throw new PlatformError(40008, "invalid message type", $"不认识的客服消息类型“{type}”。");
        if (type == "link" && call.Account.Kind != SandboxAccountKind.MiniProgram)
            throw new PlatformError(40008, "invalid message type", "link 类型只有小程序客服消息可用，公众号请用 news。");
        if (call.Body.Field(type) is not { ValueKind: JsonValueKind.Object } content)
            throw new PlatformError(47001, $"data format error: {type} is missing", $"msgtype 为 {type} 时，正文要放在 {type} 对象里。");
        return new(type, TextOf(call, type, content), content.Clone());
    }

    static string TextOf(PlatformCall call, string type, JsonElement content) => type switch
    {
        "text" => Text(content.Text("content")),
        "image" => Media(call, content, "image", "media_id", "[图片]"),
        "voice" => Media(call, content, "voice", "media_id", "[语音]"),
        "video" => Media(call, content, "video", "media_id", "[视频]" + content.Text("title")),
        "music" => Need(content, "musicurl", "[音乐]" + content.Text("title")),
        "news" => News(content),
        "mpnews" => Need(content, "media_id", "[图文]"),
        "mpnewsarticle" => Need(content, "article_id", "[图文]"),
        "msgmenu" => MessageMenu(content),
        "wxcard" => Need(content, "card_id", "[卡券]"),
        "link" => Need(content, "url", content.Text("title") ?? ""),
        "miniprogrampage" => MiniProgramPage(content),
        var other => throw new InvalidOperationException($"{other} was let through"),
    };

    static string Text(string? content)
    {
        if (string.IsNullOrEmpty(content)) throw new PlatformError(44004, "empty content", "文本消息内容为空。");
        if (Encoding.UTF8.GetByteCount(content) > TextBytes)
            throw new PlatformError(45002, "content size out of limit", "文本消息超过 2048 字节，应拆成多条或改发图文。");
        return content;
    }

    static string Media(PlatformCall call, JsonElement content, string type, string field, string shown)
    {
        MediaCalls.Find(call, content.Text(field), type);
        return shown;
    }

    static string News(JsonElement content)
    {
        var articles = content.Items("articles");
        if (articles.Count == 0) throw new PlatformError(44003, "empty news data", "图文消息没有文章。");
        if (articles.Count > 1) throw new PlatformError(45008, "article size out of limit", "客服图文消息只能有 1 篇文章。");
        return Need(articles[0], "title", articles[0].Text("title") ?? "");
    }

    static string MessageMenu(JsonElement content)
    {
        var items = content.Items("list");
        if (items.Count == 0 || items.Any(item => item.Text("id") is null or "" || item.Text("content") is null or ""))
            throw new PlatformError(47003, "argument invalid! msgmenu.list", "菜单消息的 list 至少一项，每项都要有 id 和 content。");
        var lines = items.Select(item => item.Text("content")).Prepend(content.Text("head_content")).Append(content.Text("tail_content"));
        return string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
    }

    static string MiniProgramPage(JsonElement content)
    {
        Need(content, "appid", "");
        Need(content, "pagepath", "");
        return Need(content, "title", content.Text("title") ?? "");
    }

    static string Need(JsonElement content, string field, string shown) => content.Text(field) is { Length: > 0 }
        ? shown
        : throw new PlatformError(47003, $"argument invalid! {field}", $"消息缺少 {field}。");
}
