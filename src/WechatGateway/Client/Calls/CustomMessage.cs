using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>What a customer-service message holds (客服消息). One of the records in this file; nothing else.</summary>
public abstract record CustomMessage
{
    private protected CustomMessage(string type) => Type = type;

    /// <summary>msgtype: also the name of the part that holds the content.</summary>
    [JsonIgnore]
    public string Type { get; }

    internal abstract void Write(Utf8JsonWriter json);
}

/// <summary>text: words, with links as <c>&lt;a href&gt;</c>.</summary>
/// <param name="Content">The words, at most 2048 bytes.</param>
public sealed record CustomText(string Content) : CustomMessage("text")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomText);
}

/// <summary>image: a picture.</summary>
/// <param name="MediaId">Id of an uploaded picture.</param>
public sealed record CustomImage(string MediaId) : CustomMessage("image")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomImage);
}

/// <summary>voice: a recording.</summary>
/// <param name="MediaId">Id of an uploaded recording.</param>
public sealed record CustomVoice(string MediaId) : CustomMessage("voice")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomVoice);
}

/// <summary>video: a film.</summary>
/// <param name="MediaId">Id of an uploaded film.</param>
/// <param name="ThumbMediaId">Id of an uploaded still picture.</param>
/// <param name="Title">Title, or null.</param>
/// <param name="Description">Description, or null.</param>
public sealed record CustomVideo(string MediaId, string ThumbMediaId, string? Title = null, string? Description = null) : CustomMessage("video")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomVideo);
}

/// <summary>music: a piece of music.</summary>
/// <param name="MusicUrl">Address of the music.</param>
/// <param name="HqMusicUrl">Address used on Wi-Fi.</param>
/// <param name="ThumbMediaId">Id of an uploaded picture.</param>
/// <param name="Title">Title, or null.</param>
/// <param name="Description">Description, or null.</param>
public sealed record CustomMusic(
    [property: JsonPropertyName("musicurl")] string MusicUrl,
    [property: JsonPropertyName("hqmusicurl")] string HqMusicUrl,
    string ThumbMediaId,
    string? Title = null,
    string? Description = null) : CustomMessage("music")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomMusic);
}

/// <summary>The card of a news message.</summary>
/// <param name="Title">Title.</param>
/// <param name="Description">Summary.</param>
/// <param name="Url">Page that it opens.</param>
/// <param name="PictureUrl">Picture.</param>
public sealed record CustomNewsArticle(string Title, string Description, string Url, [property: JsonPropertyName("picurl")] string PictureUrl);

/// <summary>news: one card that opens a page; WeChat takes exactly one.</summary>
public sealed record CustomNews : CustomMessage
{
    /// <summary>A card.</summary>
    public CustomNews(CustomNewsArticle article) : base("news") => Articles = [article];

    /// <summary>The card, in the list that WeChat wants.</summary>
    public IReadOnlyList<CustomNewsArticle> Articles { get; }

    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomNews);
}

/// <summary>mpnews: an article of the material library.</summary>
/// <param name="MediaId">Id of the material.</param>
public sealed record CustomPublishedNews(string MediaId) : CustomMessage("mpnews")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomPublishedNews);
}

/// <summary>mpnewsarticle: a published article.</summary>
/// <param name="ArticleId">Id of the article.</param>
public sealed record CustomArticle(string ArticleId) : CustomMessage("mpnewsarticle")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomArticle);
}

/// <summary>One item of a message menu.</summary>
/// <param name="Id">Comes back as bizmsgmenuid.</param>
/// <param name="Content">Its label, which comes back as the text.</param>
public sealed record CustomMenuItem(string Id, string Content);

/// <summary>msgmenu: a question with answers to tap.</summary>
/// <param name="HeadContent">Words above.</param>
/// <param name="List">The items.</param>
/// <param name="TailContent">Words below.</param>
public sealed record CustomMenu(string HeadContent, IReadOnlyList<CustomMenuItem> List, string TailContent) : CustomMessage("msgmenu")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomMenu);
}

/// <summary>wxcard: a card of the card library.</summary>
/// <param name="CardId">Id of the card.</param>
public sealed record CustomCard(string CardId) : CustomMessage("wxcard")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomCard);
}

/// <summary>miniprogrampage: a card that opens a mini-program linked to the account.</summary>
/// <param name="Title">Title.</param>
/// <param name="AppId">AppID of the mini-program.</param>
/// <param name="PagePath">Page with its query.</param>
/// <param name="ThumbMediaId">Id of an uploaded picture.</param>
public sealed record CustomMiniProgram(
    string Title,
    [property: JsonPropertyName("appid")] string AppId,
    [property: JsonPropertyName("pagepath")] string PagePath,
    string ThumbMediaId) : CustomMessage("miniprogrampage")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomMiniProgram);
}

/// <summary>link: a card that opens a page; mini-programs only.</summary>
/// <param name="Title">Title.</param>
/// <param name="Description">Summary.</param>
/// <param name="Url">Page that it opens.</param>
/// <param name="ThumbUrl">Picture.</param>
public sealed record CustomLink(string Title, string Description, string Url, string ThumbUrl) : CustomMessage("link")
{
    internal override void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, WechatJson.Relaxed.CustomLink);
}
