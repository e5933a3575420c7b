using System.Buffers;
using System.Globalization;
using System.Text;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>Whom a passive reply goes to and from.</summary>
/// <param name="OpenId">The customer: ToUserName of the reply.</param>
/// <param name="AccountId">The account's original id: FromUserName of the reply.</param>
/// <param name="At">CreateTime of the reply.</param>
public readonly record struct ReplyAddress(string OpenId, string AccountId, DateTimeOffset At)
{
    /// <summary>The address of an answer: sender and receiver swapped.</summary>
    public static ReplyAddress BackTo(Inbound inbound, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        return new ReplyAddress(inbound.OpenId, inbound.AccountId, at);
    }
}

/// <summary>What is answered inside the callback itself (被动回复用户消息). One of the records in this file; nothing else.</summary>
public abstract record PassiveReply
{
    private protected PassiveReply(string type) => MsgType = type;

    /// <summary>MsgType of the reply.</summary>
    public string MsgType { get; }

    /// <summary>The reply as XML, texts in CDATA.</summary>
    public string ToXml(ReplyAddress address)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        WriteXml(address, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The reply as JSON, with the same names.</summary>
    public string ToJson(ReplyAddress address)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        WriteJson(address, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the reply as XML in UTF-8.</summary>
    public void WriteXml(ReplyAddress address, IBufferWriter<byte> output) => FieldsWriter.WriteXml(Fields(address), output);

    /// <summary>Writes the reply as JSON in UTF-8.</summary>
    public void WriteJson(ReplyAddress address, IBufferWriter<byte> output) => FieldsWriter.WriteJson(Fields(address), output);

    private protected abstract IEnumerable<Field> Body();

    private protected static Field Text(string name, string? value) => new(name, value ?? "");

    private protected static Field Group(string name, params Field[] children) => new(name, "", new Fields(children));

    private protected static Field Number(string name, long value) =>
        new(name, value.ToString(CultureInfo.InvariantCulture)) { IsNumber = true };

    private Fields Fields(ReplyAddress address) => new(
    [
        Text("ToUserName", address.OpenId),
        Text("FromUserName", address.AccountId),
        Number("CreateTime", address.At.ToUnixTimeSeconds()),
        Text("MsgType", MsgType),
        .. Body(),
    ]);
}

/// <summary>text: words. Longer than WeChat takes (2048 bytes) is cut at the last whole character.</summary>
public sealed record TextReply : PassiveReply
{
    /// <summary>Longest content in UTF-8 bytes.</summary>
    public const int MaxBytes = 2048;

    /// <summary>A text; <see cref="ArgumentException"/> when it is blank, because WeChat shows the customer a fault then.</summary>
    public TextReply(string content) : base("text")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(content);
        Content = Utf8Text.Cut(content, MaxBytes);
    }

    /// <summary>The words, with links as <c>&lt;a href&gt;</c>; at most 2048 bytes.</summary>
    public string Content { get; }

    private protected override IEnumerable<Field> Body() => [Text("Content", Content)];
}

/// <summary>image: a picture.</summary>
/// <param name="MediaId">Id of an uploaded picture.</param>
public sealed record ImageReply(string MediaId) : PassiveReply("image")
{
    private protected override IEnumerable<Field> Body() => [Group("Image", Text("MediaId", MediaId))];
}

/// <summary>voice: a recording.</summary>
/// <param name="MediaId">Id of an uploaded recording.</param>
public sealed record VoiceReply(string MediaId) : PassiveReply("voice")
{
    private protected override IEnumerable<Field> Body() => [Group("Voice", Text("MediaId", MediaId))];
}

/// <summary>video: a film.</summary>
/// <param name="MediaId">Id of an uploaded film.</param>
/// <param name="Title">Title, or null.</param>
/// <param name="Description">Description, or null.</param>
public sealed record VideoReply(string MediaId, string? Title = null, string? Description = null) : PassiveReply("video")
{
    private protected override IEnumerable<Field> Body() =>
        [Group("Video", Text("MediaId", MediaId), Text("Title", Title), Text("Description", Description))];
}

/// <summary>music: a piece of music.</summary>
/// <param name="ThumbnailMediaId">Id of an uploaded picture.</param>
/// <param name="Title">Title, or null.</param>
/// <param name="Description">Description, or null.</param>
/// <param name="MusicUrl">Address of the music, or null.</param>
/// <param name="HighQualityUrl">Address used on Wi-Fi, or null.</param>
public sealed record MusicReply(
    string ThumbnailMediaId, string? Title = null, string? Description = null, string? MusicUrl = null, string? HighQualityUrl = null)
    : PassiveReply("music")
{
    private protected override IEnumerable<Field> Body() =>
    [
        Group("Music", Text("Title", Title), Text("Description", Description), Text("MusicUrl", MusicUrl),
            Text("HQMusicUrl", HighQualityUrl), Text("ThumbMediaId", ThumbnailMediaId)),
    ];
}

/// <summary>One article of a news reply.</summary>
/// <param name="Title">Title.</param>
/// <param name="Description">Summary.</param>
/// <param name="PictureUrl">Picture.</param>
/// <param name="Url">Page that it opens.</param>
public sealed record Article(string Title, string Description, string PictureUrl, string Url);

/// <summary>news: a card with a picture. WeChat takes one article in answer to messages and most menu events, up to eight elsewhere.</summary>
public sealed record NewsReply : PassiveReply
{
    /// <summary>Most articles in one reply.</summary>
    public const int MaxArticles = 8;

    /// <summary>Articles, 1 to 8; <see cref="ArgumentOutOfRangeException"/> otherwise.</summary>
    public NewsReply(params IReadOnlyList<Article> articles) : base("news")
    {
        ArgumentNullException.ThrowIfNull(articles);
        ArgumentOutOfRangeException.ThrowIfZero(articles.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(articles.Count, MaxArticles);
        Articles = articles;
    }

    /// <summary>The articles in order.</summary>
    public IReadOnlyList<Article> Articles { get; }

    private protected override IEnumerable<Field> Body() =>
        [Number("ArticleCount", Articles.Count), Group("Articles", [.. Articles.Select(Item)])];

    private static Field Item(Article article) => Group("item",
        Text("Title", article.Title), Text("Description", article.Description), Text("PicUrl", article.PictureUrl), Text("Url", article.Url));
}

/// <summary>transfer_customer_service: hands the customer to the agents of WeChat's own service tool.</summary>
/// <param name="KfAccount">One agent; null for any. When that agent is offline or full, the customer is not queued for others.</param>
public sealed record TransferToAgentsReply(string? KfAccount = null) : PassiveReply("transfer_customer_service")
{
    private protected override IEnumerable<Field> Body() =>
        KfAccount is null ? [] : [Group("TransInfo", Text("KfAccount", KfAccount))];
}
