using System.Text;
using System.Text.Json;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What WeChat checks of a menu: counts, levels, lengths in bytes, and what each kind of button needs.</summary>
internal static class MenuRules
{
    const int TopNameBytes = 16;
    const int SubNameBytes = 60;
    const int KeyBytes = 128;
    const int UrlBytes = 1024;

    static readonly HashSet<string> keyTypes =
        ["click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"];

    static readonly HashSet<string> mediaTypes = ["media_id", "view_limited"];
    static readonly HashSet<string> articleTypes = ["article_id", "article_view_limited"];

    public static void Check(JsonElement body)
    {
        var buttons = body.Items("button");
        if (buttons.Count is < 1 or > 3) throw Error(40016, "invalid button size", "一级菜单要有 1–3 个。");
        foreach (var button in buttons)
        {
            var subs = button.Items("sub_button");
            Name(button, TopNameBytes, 40018, "一级菜单名不能为空，最多 16 字节（约 5 个汉字）。");
            if (subs.Count == 0) Action(button, Codes.Top);
            else Sub(subs);
        }
    }

    static void Sub(IReadOnlyList<JsonElement> subs)
    {
        if (subs.Count > 5) throw Error(40023, "invalid sub button size", "每个一级菜单最多 5 个子菜单。");
        foreach (var sub in subs)
        {
            if (sub.Items("sub_button").Count > 0) throw Error(40022, "invalid button level", "菜单只有两级，子菜单下面不能再有子菜单。");
            Name(sub, SubNameBytes, 40025, "子菜单名不能为空，最多 60 字节。");
            Action(sub, Codes.Sub);
        }
    }

    static void Action(JsonElement button, Codes codes)
    {
        var type = button.Text("type") ?? "";
        if (keyTypes.Contains(type)) Key(button, codes);
        else if (type == "view") Url(button, codes);
        else if (type == "miniprogram") MiniProgram(button, codes);
        else if (mediaTypes.Contains(type)) Reference(button, "media_id", 40007);
        else if (articleTypes.Contains(type)) Reference(button, "article_id", 53600);
        else throw Error(codes.Type, "invalid button type", $"不认识的菜单类型“{type}”，或者没有子菜单却缺少 type。");
    }

    static void Key(JsonElement button, Codes codes)
    {
        if (Bytes(button.Text("key")) is 0 or > KeyBytes) throw Error(codes.Key, "invalid button key size", "这类菜单要有 key，最多 128 字节。");
    }

    static void Url(JsonElement button, Codes codes)
    {
        var url = button.Text("url");
        if (Bytes(url) is 0 or > UrlBytes) throw Error(codes.Url, "invalid button url size", "跳转菜单要有 url，最多 1024 字节。");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw Error(codes.Domain, "invalid button url domain", "菜单的 url 必须是完整的 http(s) 地址。");
    }

    static void MiniProgram(JsonElement button, Codes codes)
    {
        Url(button, codes);
        if (Bytes(button.Text("appid")) == 0) throw Error(40166, "invalid weapp appid", "小程序菜单要有 appid。");
        if (Bytes(button.Text("pagepath")) == 0) throw Error(40165, "invalid weapp pagepath", "小程序菜单要有 pagepath。");
    }

    static void Reference(JsonElement button, string field, int code)
    {
        if (Bytes(button.Text(field)) == 0) throw Error(code, $"invalid {field}", $"这类菜单要有 {field}。");
    }

    static void Name(JsonElement button, int most, int code, string rule)
    {
        var bytes = Bytes(button.Text("name"));
        if (bytes == 0 || bytes > most) throw Error(code, "invalid button name size", rule);
    }

    static int Bytes(string? text) => Encoding.UTF8.GetByteCount(text ?? "");
    static PlatformError Error(int code, string message, string rule) => new(code, message, rule);

    /// <summary>The same mistake has one code on the first level and another on the second.</summary>
    sealed record Codes(int Type, int Key, int Url, int Domain)
    {
        public static Codes Top { get; } = new(40017, 40019, 40020, 40055);
        public static Codes Sub { get; } = new(40024, 40026, 40027, 40054);
    }
}
