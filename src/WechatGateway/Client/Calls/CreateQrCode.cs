using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>qrcode/create: a QR code with a scene. Scanning it brings the scene back as subscribe or SCAN.</summary>
public sealed record CreateQrCode : WechatCall<QrCodeTicket>
{
    private readonly QrCodeBody _body;

    private CreateQrCode(string action, QrScene scene, int? seconds) => _body = new QrCodeBody(seconds, action, new QrAction(scene));

    /// <summary>For some time, with a text of 1 to 64 characters.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="lifetime">At most 30 days.</param>
    public static CreateQrCode Temporary(string scene, TimeSpan lifetime) => new("QR_STR_SCENE", new QrScene(null, scene), Seconds(lifetime));

    /// <summary>For some time, with a number of 32 bits that is not 0.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="lifetime">At most 30 days.</param>
    public static CreateQrCode Temporary(uint scene, TimeSpan lifetime) => new("QR_SCENE", new QrScene(scene, null), Seconds(lifetime));

    /// <summary>For ever, with a text of 1 to 64 characters. An account has 100 000 of them in all.</summary>
    public static CreateQrCode Permanent(string scene) => new("QR_LIMIT_STR_SCENE", new QrScene(null, scene), null);

    /// <summary>For ever, with a number from 1 to 100 000.</summary>
    public static CreateQrCode Permanent(uint scene) => new("QR_LIMIT_SCENE", new QrScene(scene, null), null);

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/qrcode/create");

    internal override HttpContent Content(WechatAccount account) => Json(_body, WechatJson.Relaxed.QrCodeBody);

    internal override QrCodeTicket Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.QrCodeTicket);

    private static int Seconds(TimeSpan lifetime) => (int)Math.Clamp(lifetime.TotalSeconds, 60, 2_592_000);
}

/// <summary>Body of qrcode/create.</summary>
internal sealed record QrCodeBody(int? ExpireSeconds, string ActionName, QrAction ActionInfo);

/// <summary>Part of the body of qrcode/create.</summary>
internal sealed record QrAction(QrScene Scene);

/// <summary>Part of the body of qrcode/create: a number or a text.</summary>
internal sealed record QrScene(uint? SceneId, string? SceneStr);

/// <summary>A QR code that WeChat made.</summary>
/// <param name="Ticket">Gets the picture.</param>
/// <param name="Url">What the code says, to draw it oneself.</param>
/// <param name="ExpireSeconds">How long it works; null for ever.</param>
public sealed record QrCodeTicket(string Ticket, string Url, int? ExpireSeconds = null)
{
    /// <summary>Address of WeChat's picture of the code.</summary>
    [JsonIgnore]
    public Uri Picture => new($"https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket={Uri.EscapeDataString(Ticket)}");
}
