using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>Kinds of files; WeChat's limits are 10 MB, 2 MB and 60 s, 10 MB, 64 KB.</summary>
public enum MediaType
{
    /// <summary>A picture.</summary>
    Image,

    /// <summary>A recording, amr or mp3.</summary>
    Voice,

    /// <summary>A film, mp4.</summary>
    Video,

    /// <summary>A small picture for videos, music and cards, jpg.</summary>
    Thumb,
}

/// <summary>media/upload: puts a file on WeChat's servers for three days.</summary>
/// <param name="Type">Kind of file.</param>
/// <param name="FileName">Name with an extension that fits.</param>
/// <param name="Bytes">The file.</param>
public sealed record UploadMedia(MediaType Type, string FileName, ReadOnlyMemory<byte> Bytes) : WechatCall<UploadedMedia>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/media/upload");

    internal override void AddQuery(QueryText query, WechatAccount account) => query.Add("type", TypeName);

    internal override HttpContent Content(WechatAccount account)
    {
        // WeChat reads neither a boundary in quotes nor a name without them.
        var form = new MultipartFormDataContent("courierMediaUpload7MA4YWxkTrZu0gW");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=courierMediaUpload7MA4YWxkTrZu0gW");
        var file = new ReadOnlyMemoryContent(Bytes);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"media\"", FileName = $"\"{SafeName}\"" };
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        file.Headers.ContentLength = Bytes.Length;
        form.Add(file);
        return form;
    }

    internal override UploadedMedia Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.UploadedMedia);

    private string SafeName => string.Concat(FileName.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'));

    private string TypeName => Type switch
    {
        MediaType.Image => "image",
        MediaType.Voice => "voice",
        MediaType.Video => "video",
        MediaType.Thumb => "thumb",
    };
}

/// <summary>A file on WeChat's servers.</summary>
public sealed record UploadedMedia
{
    /// <summary>Kind of file as WeChat names it.</summary>
    public required string Type { get; init; }

    /// <summary>Its id, good for three days; null for a thumb.</summary>
    [JsonPropertyName("media_id")]
    public string? PlainMediaId { get; init; }

    /// <summary>The id of a thumb, which WeChat names differently; null for others.</summary>
    public string? ThumbMediaId { get; init; }

    /// <summary>When it was uploaded, in Unix seconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Its id, whatever its kind.</summary>
    [JsonIgnore]
    public string MediaId => PlainMediaId ?? ThumbMediaId ?? "";
}
