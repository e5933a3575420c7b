using System.Text.Json;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Http;
using QRCoder;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Parametric QR codes: the ticket, and the picture of it.</summary>
internal static class QrCodeCalls
{
    const int DefaultSeconds = 60;
    const int MostSeconds = 2_592_000;
    const int MostPermanent = 100_000;

    public static object Create(PlatformCall call)
    {
        var action = call.Required("action_name", 40097);
        var permanent = action is "QR_LIMIT_SCENE" or "QR_LIMIT_STR_SCENE";
        if (!permanent && action is not ("QR_SCENE" or "QR_STR_SCENE"))
            throw new PlatformError(40097, "invalid args", "action_name 只能是 QR_SCENE、QR_STR_SCENE、QR_LIMIT_SCENE、QR_LIMIT_STR_SCENE。");
        var scene = Scene(call.Body.Field("action_info")?.Field("scene") ?? default, action);
        var seconds = (int)Math.Clamp(call.Body.Number("expire_seconds") ?? DefaultSeconds, 1, MostSeconds);
        if (permanent && call.State.QrCodes.Values.Count(code => code.AppId == call.Account.AppId && code.Permanent) >= MostPermanent)
            throw new PlatformError(45029, "qrcode count out of limit", "永久二维码最多 10 万个。");

        var ticket = SandboxState.RandomText(94) + "==";
        var url = $"http://weixin.qq.com/q/{SandboxState.RandomText(22)}";
        call.State.QrCodes.Put(ticket, new(ticket, call.Account.AppId, scene, permanent, call.Now.AddSeconds(seconds), url));
        return permanent ? new { ticket, url } : new { ticket, expire_seconds = seconds, url };
    }

    public static Task Picture(SandboxPlatform platform, HttpContext http)
    {
        QrCode? code;
        lock (platform.State.Gate) code = platform.State.QrCodes[http.Request.Query["ticket"].ToString()];
        if (code is null || !code.Permanent && code.ExpiresAt <= platform.Now) return Results.NotFound().ExecuteAsync(http);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(code.Url, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return Results.Bytes(png.GetGraphic(8), "image/png").ExecuteAsync(http);
    }

    static string Scene(JsonElement scene, string action)
    {
        if (action is "QR_SCENE" or "QR_LIMIT_SCENE")
            return scene.Number("scene_id") is { } id && id is > 0 and <= uint.MaxValue && (action == "QR_SCENE" || id <= MostPermanent)
                ? id.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : throw new PlatformError(40097, "invalid args", "scene_id 临时码为 32 位非零整数，永久码为 1–100000。");
        return scene.Text("scene_str") is { Length: >= 1 and <= 64 } text
            ? text
            : throw new PlatformError(40097, "invalid args", "scene_str 长度为 1–64。");
    }
}
