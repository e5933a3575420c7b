using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>What a customer can send or do, by the type that the control API names.</summary>
internal static class CustomerMessages
{
    /// <summary>The pushes of one action, in order: a location pick, for example, is an event and then a message.</summary>
    public static IReadOnlyList<CustomerAction> Read(ActionContext say) => say.Required("type") switch
    {
        "text" => [Text(say)],
        "image" => [Image(say)],
        "voice" => [Voice(say)],
        "video" or "shortvideo" => [Video(say)],
        "location" => [Location(say)],
        "link" => [Link(say)],
        "miniprogrampage" => [MiniProgramPage(say)],
        "file" => [FileMessage(say)],
        "message" => [say.Says(say.Required("msgType"), say.Field("text") ?? "", new { }, OpensWindow.Message)],
        "subscribe" => [Subscribe(say)],
        "unsubscribe" => [Unsubscribe(say)],
        "scan" => [Scan(say)],
        "click" => [say.Event("CLICK", $"点击菜单：{say.Field("name") ?? say.Required("key")}", OpensWindow.Action, true, PushXml.Text("EventKey", say.Required("key")))],
        "view" => [say.Event("VIEW", $"打开链接：{say.Required("url")}", OpensWindow.Nothing, false, [PushXml.Text("EventKey", say.Required("url")), .. MenuId(say)])],
        "view_miniprogram" => [say.Event("view_miniprogram", $"打开小程序：{say.Required("path")}", OpensWindow.Nothing, false, [PushXml.Text("EventKey", say.Required("path")), .. MenuId(say)])],
        "scancode_push" or "scancode_waitmsg" => [ScanCode(say)],
        "pic_sysphoto" or "pic_photo_or_album" or "pic_weixin" => Pictures(say),
        "location_select" => [LocationSelect(say), Location(say)],
        "location_report" => [LocationReport(say)],
        "user_enter_tempsession" => [say.Event("user_enter_tempsession", "进入客服会话", OpensWindow.Enter, false, PushXml.Text("SessionFrom", say.Field("sessionFrom")))],
        "event" => [say.Event(say.Required("event"), $"事件 {say.Required("event")}", OpensWindow.Nothing, say.Message.Flag("showsReply") ?? false)],
        var other => throw new ControlError($"unknown message type {other}"),
    };

    static CustomerAction Text(ActionContext say)
    {
        var content = say.Field("content") ?? say.Required("text");
        return say.Field("menuId") is { } menuId
            ? say.Says("text", content, new { content, menuId }, OpensWindow.Action, PushXml.Text("Content", content), PushXml.Text("bizmsgmenuid", menuId))
            : say.Says("text", content, new { content }, OpensWindow.Message, PushXml.Text("Content", content));
    }

    static CustomerAction Image(ActionContext say)
    {
        var media = Media(say, "image", "photo.svg", DemoPicture);
        var url = $"{say.MediaBase}/{media.MediaId}";
        return say.Says("image", "[图片]", new { media_id = media.MediaId }, OpensWindow.Message,
            PushXml.Text("PicUrl", url), PushXml.Text("MediaId", media.MediaId));
    }

    static CustomerAction Voice(ActionContext say)
    {
        var media = Media(say, "voice", "voice.amr", "#!AMR\n"u8.ToArray());
        return say.Says("voice", "[语音]" + say.Field("recognition"), new { media_id = media.MediaId, recognition = say.Field("recognition") }, OpensWindow.Message,
            PushXml.Text("MediaId", media.MediaId), PushXml.Text("Format", say.Field("format") ?? "amr"), PushXml.Text("Recognition", say.Field("recognition")));
    }

    static CustomerAction Video(ActionContext say)
    {
        var media = Media(say, "video", "video.mp4", [0, 0, 0, 0x18, 0x66, 0x74, 0x79, 0x70]);
        var thumb = MediaCalls.Keep(say.Platform, say.Account.AppId, "thumb", new("thumb.svg", "image/svg+xml", DemoPicture));
        return say.Says(say.Required("type"), "[视频]", new { media_id = media.MediaId, thumb_media_id = thumb.MediaId }, OpensWindow.Message,
            PushXml.Text("MediaId", media.MediaId), PushXml.Text("ThumbMediaId", thumb.MediaId));
    }

    static CustomerAction Location(ActionContext say)
    {
        var (latitude, longitude) = Point(say);
        var label = say.Field("label") ?? "";
        return say.Says("location", $"[位置]{label}", new { latitude, longitude, label }, OpensWindow.Message,
            PushXml.Number("Location_X", latitude), PushXml.Number("Location_Y", longitude),
            PushXml.Number("Scale", say.Message.Number("scale") ?? 16), PushXml.Text("Label", label));
    }

    static CustomerAction Link(ActionContext say) => say.Says("link", say.Field("title") ?? "", new { title = say.Field("title"), description = say.Field("description"), url = say.Required("url") },
        OpensWindow.Message, PushXml.Text("Title", say.Field("title")), PushXml.Text("Description", say.Field("description")), PushXml.Text("Url", say.Required("url")));

    static CustomerAction MiniProgramPage(ActionContext say)
    {
        var thumb = MediaCalls.Keep(say.Platform, say.Account.AppId, "thumb", new("thumb.svg", "image/svg+xml", DemoPicture));
        return say.Says("miniprogrampage", say.Field("title") ?? "", new { title = say.Field("title"), appid = say.Field("appId"), pagepath = say.Field("pagePath") }, OpensWindow.Message,
            PushXml.Text("Title", say.Field("title")), PushXml.Text("AppId", say.Field("appId")), PushXml.Text("PagePath", say.Field("pagePath")),
            PushXml.Text("ThumbUrl", $"{say.MediaBase}/{thumb.MediaId}"), PushXml.Text("ThumbMediaId", thumb.MediaId));
    }

    static CustomerAction FileMessage(ActionContext say) => say.Says("file", $"[文件]{say.Field("title")}", new { title = say.Field("title") }, OpensWindow.Message,
        PushXml.Text("Title", say.Field("title")), PushXml.Text("Description", ""), PushXml.Text("FileKey", SandboxState.RandomText(24)),
        PushXml.Text("FileMd5", "d41d8cd98f00b204e9800998ecf8427e"), PushXml.Number("FileTotalLen", say.Message.Number("bytes") ?? 1024));

    static CustomerAction Subscribe(ActionContext say)
    {
        OfficialOnly(say);
        if (say.Person.Following) throw new ControlError("this follower follows already", 409);
        return Followed(say, say.Field("scene"), say.Field("ticket"));
    }

    static CustomerAction Followed(ActionContext say, string? scene, string? ticket)
    {
        scene ??= ticket is null ? null : SceneOf(say, ticket);
        var fields = scene is null
            ? new[] { PushXml.Text("EventKey", "") }
            : [PushXml.Text("EventKey", "qrscene_" + scene), PushXml.Text("Ticket", ticket ?? TicketOf(say, scene))];
        return say.Event("subscribe", "已关注公众号", OpensWindow.Action, true, fields) with { Follows = true, Scene = scene ?? "" };
    }

    static CustomerAction Unsubscribe(ActionContext say)
    {
        OfficialOnly(say);
        return say.Person.Following
            ? say.Event("unsubscribe", "已取消关注", OpensWindow.Nothing, false, PushXml.Text("EventKey", "")) with { Follows = false }
            : throw new ControlError("this follower does not follow", 409);
    }

    /// <summary>A parametric code: who does not follow yet follows by it, and then only subscribe is pushed.</summary>
    static CustomerAction Scan(ActionContext say)
    {
        OfficialOnly(say);
        var scene = say.Field("scene") ?? SceneOf(say, say.Required("ticket"));
        if (!say.Person.Following) return Followed(say, scene, say.Field("ticket"));
        return say.Event("SCAN", $"扫描二维码：{scene}", OpensWindow.Action, true,
            PushXml.Text("EventKey", scene), PushXml.Text("Ticket", say.Field("ticket") ?? TicketOf(say, scene)));
    }

    static CustomerAction ScanCode(ActionContext say)
    {
        var type = say.Required("type");
        var code = say.Required("code");
        var kind = say.Field("scanType") ?? (code.Contains("CODE_", StringComparison.Ordinal) || code.Contains("EAN_", StringComparison.Ordinal) ? "barcode" : "qrcode");
        return say.Event(type, $"扫码：{code}", OpensWindow.Action, true, PushXml.Text("EventKey", say.Field("key") ?? type),
            new XElement("ScanCodeInfo", PushXml.Text("ScanType", kind), PushXml.Text("ScanResult", code)));
    }

    static IReadOnlyList<CustomerAction> Pictures(ActionContext say)
    {
        var count = (int)(say.Message.Number("count") ?? 1);
        var list = Enumerable.Range(0, count).Select(index => new XElement("item", PushXml.Text("PicMd5Sum", $"{index:x32}")));
        var chosen = say.Event(say.Required("type"), $"选择了 {count} 张图片", OpensWindow.Nothing, true, PushXml.Text("EventKey", say.Field("key") ?? "pic"),
            new XElement("SendPicsInfo", PushXml.Number("Count", count), new XElement("PicList", list)));
        return [chosen, .. Enumerable.Range(0, count).Select(_ => Image(say))];
    }

    static CustomerAction LocationSelect(ActionContext say)
    {
        var (latitude, longitude) = Point(say);
        return say.Event("location_select", "选择了位置", OpensWindow.Nothing, true, PushXml.Text("EventKey", say.Field("key") ?? "location"),
            new XElement("SendLocationInfo", PushXml.Number("Location_X", latitude), PushXml.Number("Location_Y", longitude),
                PushXml.Number("Scale", 16), PushXml.Text("Label", say.Field("label")), PushXml.Text("Poiname", say.Field("poi"))));
    }

    static CustomerAction LocationReport(ActionContext say)
    {
        var (latitude, longitude) = Point(say);
        return say.Event("LOCATION", "上报了位置", OpensWindow.Nothing, false,
            PushXml.Number("Latitude", latitude), PushXml.Number("Longitude", longitude), PushXml.Number("Precision", 40));
    }

    static XElement[] MenuId(ActionContext say) => say.Field("menuId") is { } id ? [new("MenuId", id)] : [];

    static (double Latitude, double Longitude) Point(ActionContext say) =>
        (say.Message.Decimal("lat") ?? throw new ControlError("message.lat is required"), say.Message.Decimal("lng") ?? throw new ControlError("message.lng is required"));

    /// <summary>The file the customer sends: base64 in the request, or a small picture of our own.</summary>
    static StoredMedia Media(ActionContext say, string type, string fileName, byte[] standard)
    {
        var name = say.Field("fileName") ?? fileName;
        var bytes = say.Field("base64") is { } text ? Convert.FromBase64String(text) : standard;
        return MediaCalls.Keep(say.Platform, say.Account.AppId, type, new(name, "", bytes));
    }

    static string SceneOf(ActionContext say, string ticket) =>
        say.Platform.State.QrCodes[ticket] is { } code && code.AppId == say.Account.AppId && (code.Permanent || code.ExpiresAt > say.Platform.Now)
            ? code.Scene : throw new ControlError("this QR code is unknown or over its time");

    static string TicketOf(ActionContext say, string scene) => say.Platform.State.QrCodes.Values
        .Where(code => code.AppId == say.Account.AppId && code.Scene == scene).Select(code => code.Ticket).FirstOrDefault() ?? SandboxState.RandomText(94) + "==";

    static void OfficialOnly(ActionContext say)
    {
        if (say.Account.Kind != SandboxAccountKind.OfficialAccount) throw new ControlError("nobody follows a mini-program");
    }

    static byte[] DemoPicture { get; } =
        """<svg xmlns="http://www.w3.org/2000/svg" width="240" height="180"><rect width="240" height="180" fill="#e8d5b7"/><rect x="40" y="40" width="160" height="110" fill="#c08a4d"/><rect x="105" y="40" width="30" height="110" fill="#e0b070"/><rect x="60" y="105" width="50" height="30" fill="#fff"/></svg>"""u8.ToArray();
}
