using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>Kinds of media that WeChat checks; the numbers are WeChat's.</summary>
public enum CheckedMedia
{
    /// <summary>A recording.</summary>
    Audio = 1,

    /// <summary>A picture.</summary>
    Image = 2,
}

/// <summary>
/// wxa/media_check_async, version 2: has WeChat fetch and check a picture or a recording. The verdict comes within half an hour as
/// wxa_media_check (<see cref="Callbacks.MediaChecked"/>) with the same trace.
/// </summary>
/// <param name="Address">Where WeChat fetches it: http or https.</param>
/// <param name="Kind">What it is.</param>
/// <param name="OpenId">Who sent it, in the mini-program.</param>
/// <param name="Scene">Where it is to appear.</param>
public sealed record CheckMedia(Uri Address, CheckedMedia Kind, string OpenId, ContentScene Scene) : WechatCall<MediaCheckStarted>
{
    /// <summary>Where WeChat fetches it.</summary>
    public Uri Address { get; } = Address is { IsAbsoluteUri: true, Scheme: "http" or "https" }
        ? Address : throw new ArgumentException("WeChat fetches http and https addresses only.", nameof(Address));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxa/media_check_async");

    internal override HttpContent Content(WechatAccount account) =>
        Json(new MediaCheckBody(Address.AbsoluteUri, (int)Kind, 2, OpenId, (int)Scene), WechatJson.Relaxed.MediaCheckBody);

    internal override MediaCheckStarted Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.MediaCheckStarted);
}

/// <summary>Body of media_check_async.</summary>
internal sealed record MediaCheckBody(string MediaUrl, int MediaType, int Version, [property: JsonPropertyName("openid")] string OpenId, int Scene);

/// <summary>A check that WeChat has begun.</summary>
/// <param name="TraceId">What wxa_media_check brings back.</param>
public sealed record MediaCheckStarted(string TraceId);
