using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Links that open a mini-program: URL link, scheme and short link; thirty days at most, for one user each.</summary>
internal static class MiniProgramLinkCalls
{
    const int MostDays = 30;
    const int QueryLength = 1024;

    public static object UrlLink(PlatformCall call)
    {
        var id = SandboxState.RandomText(11);
        Keep(call, "urllink", id, $"https://wxaurl.cn/{id}", call.Body.Text("path"), call.Body.Text("query"), call.Body.Text("env_version"));
        return new { errcode = 0, errmsg = "ok", url_link = $"https://wxaurl.cn/{id}" };
    }

    public static object Scheme(PlatformCall call)
    {
        var id = SandboxState.RandomText(11);
        var jump = call.Body.Field("jump_wxa");
        Keep(call, "scheme", id, $"weixin://dl/business/?t={id}", jump?.Text("path"), jump?.Text("query"), jump?.Text("env_version"));
        return new { errcode = 0, errmsg = "ok", openlink = $"weixin://dl/business/?t={id}" };
    }

    public static object ShortLink(PlatformCall call)
    {
        var id = SandboxState.RandomText(15);
        var page = call.Required("page_url", 40165).Split('?', 2);
        var link = $"#小程序://{call.Account.Name}/{id}";
        Keep(call, "shortlink", id, link, page[0], page.ElementAtOrDefault(1), "release");
        return new { errcode = 0, errmsg = "ok", link };
    }

    static void Keep(PlatformCall call, string kind, string id, string content, string? path, string? query, string? version)
    {
        if (call.Account.Kind != SandboxAccountKind.MiniProgram) throw new PlatformError(48001, "api unauthorized", "小程序链接只有小程序账号可以生成。");
        if (query?.Length > QueryLength || query?.Any(letter => letter is <= ' ' or > '~') == true)
            throw new PlatformError(40212, "invalid query", "query 最多 1024 个可见字符，中文要编码。");
        if (version is not (null or "release" or "trial" or "develop")) throw new PlatformError(40097, "invalid args", "env_version 只能是 release、trial、develop。");
        call.State.Entries.Put(id, new(id, call.Account.AppId, kind, content, MiniProgramCodeCalls.PagePath(path), query ?? "", version ?? "release", call.Now, ExpiresAt(call)));
    }

    /// <summary>expire_type 0: a moment; 1: so many days. Without either: thirty days.</summary>
    static DateTimeOffset ExpiresAt(PlatformCall call)
    {
        var latest = call.Now.AddDays(MostDays);
        if (call.Body.Number("expire_type") == 1 && call.Body.Number("expire_interval") is { } days)
            return days is >= 1 and <= MostDays ? call.Now.AddDays(days) : throw Wrong("expire_interval 为 1–30 天。");
        if (call.Body.Number("expire_time") is not { } seconds) return latest;
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return at > call.Now && at <= latest ? at : throw Wrong("expire_time 要在将来 30 天之内。");
    }

    static PlatformError Wrong(string rule) => new(85401, "invalid expire time", rule);
}
