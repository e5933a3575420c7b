namespace Courier.Wechat.Client.Calls;

/// <summary>media/get: a file that a customer sent or that was uploaded. A film may come as an address instead.</summary>
/// <param name="MediaId">Its id.</param>
public sealed record GetMedia(string MediaId) : WechatCall<MediaFile>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/media/get");

    internal override bool AnswersFile => true;

    internal override void AddQuery(QueryText query, WechatAccount account) => query.Add("media_id", MediaId);

    // Neither status nor Content-Type can be trusted alone: what starts like JSON is JSON.
    internal override MediaFile Read(CallAnswer answer) => answer.Body is [(byte)'{', ..]
        ? new MediaFile(ReadOnlyMemory<byte>.Empty, "", null, answer.Json(WechatJson.Relaxed.MediaLink).VideoUrl)
        : new MediaFile(answer.Body, answer.MediaType, answer.FileName, null);
}

/// <summary>A file from WeChat's servers.</summary>
/// <param name="Bytes">The file; empty when it is to be fetched from <paramref name="VideoUrl"/>.</param>
/// <param name="ContentType">Kind of file as WeChat says; may be empty.</param>
/// <param name="FileName">Name of the file; null when WeChat gives none.</param>
/// <param name="VideoUrl">Where a film is to be fetched; null for everything else.</param>
public sealed record MediaFile(ReadOnlyMemory<byte> Bytes, string ContentType, string? FileName, Uri? VideoUrl);

/// <summary>The answer of media/get for a film.</summary>
internal sealed record MediaLink(Uri VideoUrl);
