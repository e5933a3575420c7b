using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Content safety of mini-programs: msg_sec_check at once, media_check_async with its result as wxa_media_check.</summary>
internal static class ContentCheckCalls
{
    const int ContentLength = 2500;
    const int Pass = 100;

    /// <summary>Words that the sandbox takes for risky, with WeChat's label; "疑似" before one asks for a second look (review).</summary>
    static readonly IReadOnlyList<(string Word, int Label)> risky =
    [
        ("加微信领红包", 10001), ("代开发票", 10001), ("裸聊", 20002), ("傻逼", 20003), ("出售枪支", 20006), ("毒品", 20006),
        ("刷单返利", 20008), ("中奖请先汇款", 20008), ("下流", 20012), ("盗版资源", 20013), ("赌博", 20006),
    ];

    public static object Text(PlatformCall call)
    {
        var content = call.Required("content", 44002);
        if (content.Length > ContentLength) throw new PlatformError(45002, "content size out of limit", "content 最多 2500 字。");
        if (call.Body.Number("version") != 2) return FirstVersion(content);
        Scene(call);
        Active(call, call.Follower(call.Required("openid", 40003)));
        var (label, word) = Judge(string.Join(' ', content, call.Body.Text("nickname"), call.Body.Text("title"), call.Body.Text("signature")));
        var suggest = Suggest(label, content);
        return new
        {
            errcode = 0,
            errmsg = "ok",
            result = new { suggest, label },
            detail = new object[]
            {
                new { strategy = "content_model", errcode = 0, suggest, label, prob = 90 },
                new { strategy = "keyword", errcode = 0, suggest, label, level = label == Pass ? 20 : 90, keyword = word },
            },
            trace_id = Trace(),
        };
    }

    /// <summary>An address that names something risky is risky; anything else passes.</summary>
    public static object Media(PlatformCall call)
    {
        if (call.Body.Number("media_type") is not (1 or 2)) throw new PlatformError(40004, "invalid media type", "media_type：1 音频，2 图片。");
        if (!Uri.TryCreate(call.Required("media_url", 40097), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new PlatformError(40097, "invalid args", "media_url 必须是可以下载的 http(s) 地址。");
        Scene(call);
        var person = call.Follower(call.Required("openid", 40003));
        Active(call, person);
        var trace = Trace();
        var url = Uri.UnescapeDataString(address.AbsoluteUri);
        var label = url.Contains("risky", StringComparison.OrdinalIgnoreCase) ? 20002 : Judge(url).Label;
        call.Platform.Pusher.Later(Result(call, person, trace, label), call.Limits.MediaCheckDelay);
        return new { errcode = 0, errmsg = "ok", trace_id = trace };
    }

    static object FirstVersion(string content) =>
        Judge(content).Label == Pass ? PlatformCall.Ok : throw new PlatformError(87014, "risky content", rule: null);

    static void Scene(PlatformCall call)
    {
        if (call.Account.Kind != SandboxAccountKind.MiniProgram) throw new PlatformError(48001, "api unauthorized", "内容安全 2.0 是小程序的接口。");
        if (call.Body.Number("scene") is not (>= 1 and <= 4)) throw new PlatformError(40097, "invalid args", "scene：1 资料，2 评论，3 论坛，4 社交日志。");
    }

    static void Active(PlatformCall call, Follower person)
    {
        var last = new[] { person.LoggedInAt, person.LastActionAt }.Max();
        if (last is null || call.Now - last > call.Limits.CheckWindow)
            throw new PlatformError(61010, "code is expired", "用户要在近两小时内访问过小程序，才能检查其内容。");
    }

    static (int Label, string? Word) Judge(string text) =>
        risky.FirstOrDefault(entry => text.Contains(entry.Word, StringComparison.Ordinal)) is { Word: { } word } found ? (found.Label, word) : (Pass, null);

    static string Suggest(int label, string content) =>
        label == Pass ? "pass" : content.Contains("疑似", StringComparison.Ordinal) ? "review" : "risky";

    static Push Result(PlatformCall call, Follower person, string trace, int label)
    {
        var suggest = label == Pass ? "pass" : "risky";
        var body = PushXml.Event(call.Account, person.OpenId, call.Now, "wxa_media_check",
            PushXml.Text("appid", call.Account.AppId), PushXml.Text("trace_id", trace), new XElement("version", 2),
            new XElement("detail", PushXml.Text("strategy", "content_model"), new XElement("errcode", 0), PushXml.Text("suggest", suggest), new XElement("label", label), new XElement("prob", 90)),
            new XElement("errcode", 0), PushXml.Text("errmsg", "ok"),
            new XElement("result", PushXml.Text("suggest", suggest), new XElement("label", label)));
        return PushXml.ToPush(call.State, call.Account, person.OpenId, body, "wxa_media_check", showsReply: false);
    }

    static string Trace() => PlatformEndpoints.Rid();
}
