namespace Courier.Wechat.Client.Callbacks;

/// <summary>A message that a customer sent (接收普通消息).</summary>
/// <param name="Fields">All elements as they came.</param>
public abstract record InboundMessage(Fields Fields) : Inbound(Fields)
{
    /// <summary>MsgId, 64 bits as text; empty when WeChat left it out. Two customers can share one: compare it together with the openid.</summary>
    public string MsgId { get; init; } = Fields.Text("MsgId");

    /// <summary>MsgDataId: the article that the message was sent from; null otherwise.</summary>
    public string? MsgDataId { get; init; } = Fields.Optional("MsgDataId");

    /// <summary>Idx: which article of a bundle, from 1; null when not from an article.</summary>
    public long? ArticleIndex { get; init; } = Fields.Number("Idx");

    /// <summary>BusinessId of mini-program messages; null otherwise.</summary>
    public string? BusinessId { get; init; } = Fields.Optional("BusinessId");
}

/// <summary>text: words, or the click on an item of a message menu.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record TextMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>The text exactly as it was typed; emoji in Unicode or as old <c>/::)</c> codes.</summary>
    public string Content { get; init; } = Fields.Raw("Content");

    /// <summary>bizmsgmenuid: which item of a message menu was clicked (its label is the content); null when it was typed.</summary>
    public string? MenuItemId { get; init; } = Fields.Optional("bizmsgmenuid");
}

/// <summary>image: a picture.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record ImageMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>Address of the picture, made by WeChat.</summary>
    public string PictureUrl { get; init; } = Fields.Text("PicUrl");

    /// <summary>Id for media/get, good for three days.</summary>
    public string MediaId { get; init; } = Fields.Text("MediaId");
}

/// <summary>voice: a voice message.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record VoiceMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>Id for media/get, good for three days.</summary>
    public string MediaId { get; init; } = Fields.Text("MediaId");

    /// <summary>Format of the recording, amr or speex.</summary>
    public string Format { get; init; } = Fields.Text("Format");

    /// <summary>What WeChat understood; WeChat is withdrawing it, so it is often null.</summary>
    public string? Recognition { get; init; } = Fields.Optional("Recognition");

    /// <summary>Id of the 16 kHz recording; null when there is none.</summary>
    public string? MediaId16K { get; init; } = Fields.Optional("MediaId16K");
}

/// <summary>video and shortvideo: a film.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record VideoMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>Id for media/get, good for three days.</summary>
    public string MediaId { get; init; } = Fields.Text("MediaId");

    /// <summary>Id of the still picture.</summary>
    public string ThumbnailMediaId { get; init; } = Fields.Text("ThumbMediaId");

    /// <summary>Whether it was filmed in the chat (小视频).</summary>
    public bool IsShort { get; init; } = Fields.Text("MsgType").Equals("shortvideo", StringComparison.OrdinalIgnoreCase);
}

/// <summary>location: a place that the customer picked.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record LocationMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>The place in GCJ-02; null when WeChat sent no numbers.</summary>
    public GeoPoint? Point { get; init; } = GeoPoint.From(Fields, "Location_X", "Location_Y");

    /// <summary>Zoom of the map.</summary>
    public long? Scale { get; init; } = Fields.Number("Scale");

    /// <summary>Address in words; may be empty.</summary>
    public string Label { get; init; } = Fields.Text("Label");
}

/// <summary>link: a forwarded page.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record LinkMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>Title of the page.</summary>
    public string Title { get; init; } = Fields.Text("Title");

    /// <summary>Summary of the page.</summary>
    public string Description { get; init; } = Fields.Text("Description");

    /// <summary>Address of the page.</summary>
    public string Url { get; init; } = Fields.Text("Url");
}

/// <summary>miniprogrampage: the card that a customer sends from the mini-program's service window.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record MiniProgramPageMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>Title of the card.</summary>
    public string Title { get; init; } = Fields.Text("Title");

    /// <summary>AppID of the mini-program.</summary>
    public string AppId { get; init; } = Fields.Text("AppId");

    /// <summary>Page with its query.</summary>
    public string PagePath { get; init; } = Fields.Text("PagePath");

    /// <summary>Picture of the card.</summary>
    public string ThumbnailUrl { get; init; } = Fields.Text("ThumbUrl");

    /// <summary>Id of the picture for media/get.</summary>
    public string ThumbnailMediaId { get; init; } = Fields.Text("ThumbMediaId");
}

/// <summary>file: a document; WeChat's media call cannot fetch it.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record FileMessage(Fields Fields) : InboundMessage(Fields)
{
    /// <summary>Name of the file.</summary>
    public string Title { get; init; } = Fields.Text("Title");

    /// <summary>Description of the file.</summary>
    public string Description { get; init; } = Fields.Text("Description");

    /// <summary>WeChat's key of the file.</summary>
    public string FileKey { get; init; } = Fields.Text("FileKey");

    /// <summary>MD5 of the file in hex.</summary>
    public string FileMd5 { get; init; } = Fields.Text("FileMd5");

    /// <summary>Size in bytes; null when WeChat left it out.</summary>
    public long? Size { get; init; } = Fields.Number("FileTotalLen");
}

/// <summary>A message type that this client does not know, with all it carried.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record UnknownMessage(Fields Fields) : InboundMessage(Fields);
