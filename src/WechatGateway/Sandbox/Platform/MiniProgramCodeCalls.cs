using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Http;
using QRCoder;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Codes that open a mini-program: getwxacodeunlimit, getwxacode and createwxaqrcode. The picture is a real PNG.</summary>
internal static partial class MiniProgramCodeCalls
{
    const string HomePage = "pages/index/index";
    const int MostForEver = 100_000;

    [GeneratedRegex(@"^[A-Za-z0-9!#$&'()*+,/:;=?@\-._~]{1,32}$")]
    private static partial Regex SceneForm();

    [GeneratedRegex(@"^[A-Za-z0-9_\-]+(/[A-Za-z0-9_\-]+)*$")]
    private static partial Regex PageForm();

    /// <summary>Any number of codes; the scene comes to the page as the query "scene", percent-encoded.</summary>
    public static object Unlimited(PlatformCall call)
    {
        var scene = call.Body.Text("scene") ?? "";
        if (!SceneForm().IsMatch(scene)) throw new PlatformError(40169, "invalid length for scene, or the data is not json string", "scene 为 1–32 个可见字符：数字、英文和 !#$&'()*+,/:;=?@-._~。");
        var page = call.Body.Text("page") is { Length: > 0 } given ? given : HomePage;
        if (!PageForm().IsMatch(page)) throw new PlatformError(41030, "invalid page", "page 不能以 / 开头，也不能带参数（参数放在 scene）。");
        return Code(call, "unlimited", page, "scene=" + Uri.EscapeDataString(scene));
    }

    public static object Code(PlatformCall call) => ForEver(call, "wxacode", mostBytes: 1024);

    public static object QrCode(PlatformCall call) => ForEver(call, "qrcode", mostBytes: 128);

    public static IResult Picture(SandboxPlatform platform, string id)
    {
        lock (platform.State.Gate)
            return platform.State.Entries[id] is { } entry ? Results.Bytes(Draw(entry.Content), "image/png") : Results.NotFound();
    }

    /// <summary>The path of a page without its query, checked; 40165 when it cannot be a page.</summary>
    public static string PagePath(string? path)
    {
        var bare = (path ?? "").TrimStart('/');
        return bare.Length == 0 ? HomePage
            : PageForm().IsMatch(bare) ? bare : throw new PlatformError(40165, "invalid weapp pagepath", "path 不是小程序页面的路径。");
    }

    static object ForEver(PlatformCall call, string kind, int mostBytes)
    {
        var path = call.Required("path", 40159);
        if (Encoding.UTF8.GetByteCount(path) > mostBytes) throw new PlatformError(40159, "invalid length for path, or the data is not json string", $"path 最大 {mostBytes} 字节。");
        if (call.State.Entries.Values.Count(entry => entry.AppId == call.Account.AppId && entry.Kind is "wxacode" or "qrcode") >= MostForEver)
            throw new PlatformError(45029, "qrcode count out of limit", "getwxacode 与 createwxaqrcode 一共最多 10 万个码。");
        var parts = path.Split('?', 2);
        return Code(call, kind, PagePath(parts[0]), parts.ElementAtOrDefault(1) ?? "");
    }

    /// <summary>The same page, scene and version give the same code.</summary>
    static object Code(PlatformCall call, string kind, string page, string query)
    {
        if (call.Account.Kind != SandboxAccountKind.MiniProgram) throw new PlatformError(48001, "api unauthorized", "小程序码只有小程序账号可以生成。");
        if (call.Body.Number("width") is < 280 or > 1280) throw new PlatformError(40097, "invalid args", "width 为 280–1280。");
        var version = call.Body.Text("env_version") ?? "release";
        if (version is not ("release" or "trial" or "develop")) throw new PlatformError(40097, "invalid args", "env_version 只能是 release、trial、develop。");
        var key = string.Join('\n', call.Account.AppId, kind, page, query, version);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..24];
        var entry = call.State.Entries[id] ?? call.State.Entries.Put(id, new(id, call.Account.AppId, kind, $"https://mp.weixin.qq.com/a/~{id}", page, query, version, call.Now, null));
        return Results.Bytes(Draw(entry.Content), "image/png", string.Create(CultureInfo.InvariantCulture, $"{id}.png"));
    }

    static byte[] Draw(string content)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(10);
    }
}
