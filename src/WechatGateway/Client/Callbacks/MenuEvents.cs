namespace Courier.Wechat.Client.Callbacks;

/// <summary>CLICK: a menu entry with a key was tapped.</summary>
/// <param name="Fields">All elements as they came; the key is the event key.</param>
public sealed record MenuClickEvent(Fields Fields) : InboundEvent(Fields);

/// <summary>VIEW: a menu entry led to a page; a reply would not be seen.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record MenuViewEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>Address of the page.</summary>
    public string Url { get; init; } = Fields.Text("EventKey");

    /// <summary>Id of a personalised menu; null otherwise.</summary>
    public string? MenuId { get; init; } = Fields.Optional("MenuId");
}

/// <summary>view_miniprogram: a menu entry led to a mini-program.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record MenuMiniProgramEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>Page of the mini-program.</summary>
    public string PagePath { get; init; } = Fields.Text("EventKey");

    /// <summary>Id of a personalised menu; null otherwise.</summary>
    public string? MenuId { get; init; } = Fields.Optional("MenuId");
}

/// <summary>What a scanner entry of the menu read.</summary>
/// <param name="Type">qrcode or barcode.</param>
/// <param name="Result">What was read as WeChat sends it; bar codes come as <c>CODE_128,&lt;number&gt;</c>.</param>
public sealed record ScannedCode(string Type, string Result)
{
    /// <summary>The number or text itself, without the symbology that WeChat puts before a bar code.</summary>
    public string Content
    {
        get
        {
            var comma = Result.IndexOf(',', StringComparison.Ordinal);
            return comma > 0 && IsSymbology(Result.AsSpan(0, comma)) ? Result[(comma + 1)..].Trim() : Result;
        }
    }

    // CODE_128, CODE_39, EAN_13, UPC_A, ITF, CODABAR …: capitals, digits, underscores; a page or a sentence is not.
    private static bool IsSymbology(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
            if (!char.IsAsciiLetterUpper(letter) && !char.IsAsciiDigit(letter) && letter is not ('_' or '-')) return false;
        return char.IsAsciiLetterUpper(name[0]);
    }

    internal static ScannedCode From(Fields fields)
    {
        var scan = fields.Group("ScanCodeInfo");
        return new ScannedCode(scan.Text("ScanType"), scan.Text("ScanResult"));
    }
}

/// <summary>scancode_push: a code was scanned from the menu and WeChat shows its content.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record ScanCodePushEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>What was read.</summary>
    public ScannedCode Code { get; init; } = ScannedCode.From(Fields);
}

/// <summary>scancode_waitmsg: a code was scanned from the menu; WeChat shows "receiving" and expects a reply.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record ScanCodeWaitEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>What was read.</summary>
    public ScannedCode Code { get; init; } = ScannedCode.From(Fields);
}

/// <summary>Which way a picture entry of the menu offers.</summary>
public enum PictureSource
{
    /// <summary>pic_sysphoto: the camera.</summary>
    Camera,

    /// <summary>pic_photo_or_album: the camera or the album.</summary>
    CameraOrAlbum,

    /// <summary>pic_weixin: WeChat's album.</summary>
    WechatAlbum,
}

/// <summary>pic_sysphoto, pic_photo_or_album, pic_weixin: pictures are on their way as messages of their own.</summary>
/// <param name="Fields">All elements as they came.</param>
/// <param name="Source">Which kind of entry it was.</param>
public sealed record PicturesSentEvent(Fields Fields, PictureSource Source) : InboundEvent(Fields)
{
    /// <summary>How many pictures.</summary>
    public long Count { get; init; } = Fields.Group("SendPicsInfo").Number("Count") ?? 0;

    /// <summary>MD5 of each in hex, to find it again among the messages.</summary>
    public IReadOnlyList<string> Md5Sums { get; init; } = Sums(Fields.Group("SendPicsInfo"));

    // PicList>item>PicMd5Sum in XML; in JSON the list itself may be the array.
    private static List<string> Sums(Fields pictures)
    {
        var sums = new List<string>();
        foreach (var list in pictures.Each("PicList"))
        {
            foreach (var item in list.Each("item"))
                if (item.Optional("PicMd5Sum") is { } sum) sums.Add(sum);
            if (list.Optional("PicMd5Sum") is { } direct) sums.Add(direct);
        }
        return sums;
    }
}

/// <summary>location_select: a place was picked from the menu; a location message follows.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record LocationSelectEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The place in GCJ-02; null when WeChat sent no numbers.</summary>
    public GeoPoint? Point { get; init; } = GeoPoint.From(Fields.Group("SendLocationInfo"), "Location_X", "Location_Y");

    /// <summary>Zoom of the map.</summary>
    public long? Scale { get; init; } = Fields.Group("SendLocationInfo").Number("Scale");

    /// <summary>Address in words; may be empty.</summary>
    public string Label { get; init; } = Fields.Group("SendLocationInfo").Text("Label");

    /// <summary>Name of the place; may be empty.</summary>
    public string PlaceName { get; init; } = Fields.Group("SendLocationInfo").Text("Poiname");
}
