using System.Text.Json;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Permanent material: /cgi-bin/material/*. Articles are not played; pictures, voices, videos and thumbs are.</summary>
internal static class MaterialCalls
{
    const int MostAtOnce = 20;
    static readonly string[] kinds = ["voice", "video", "image", "news"];

    public static object Add(PlatformCall call)
    {
        var type = call.Query("type") ?? "";
        var stored = MediaCalls.Keep(call, type);
        var described = type == "video" ? Description(call) : default;
        call.State.Media.Put(stored.MediaId, stored with { Permanent = true, Title = described.Title, Introduction = described.Introduction });
        return type == "image" ? new { media_id = stored.MediaId, url = MediaCalls.Address(call, stored) } : new { media_id = stored.MediaId };
    }

    public static object Get(PlatformCall call)
    {
        var media = Find(call);
        return media.Type == "video"
            ? new { title = media.Title, description = media.Introduction, down_url = MediaCalls.Address(call, media) }
            : Results.File(MediaCalls.PathOf(call.Platform, media.MediaId), media.ContentType, media.FileName);
    }

    public static object Delete(PlatformCall call)
    {
        call.State.Media.Remove(Find(call).MediaId);
        return PlatformCall.Ok;
    }

    public static object Count(PlatformCall call)
    {
        int Of(string type) => All(call).Count(media => media.Type == type);
        return new { voice_count = Of("voice"), video_count = Of("video"), image_count = Of("image"), news_count = 0 };
    }

    public static object Batch(PlatformCall call)
    {
        var type = call.Required("type", 40004);
        if (!kinds.Contains(type)) throw new PlatformError(40004, "invalid media type", "type 只能是 image、video、voice、news。");
        var (offset, count) = ((int)(call.Body.Number("offset") ?? 0), (int)(call.Body.Number("count") ?? MostAtOnce));
        if (offset < 0 || count is < 1 or > MostAtOnce) throw new PlatformError(40097, "invalid args", $"offset 不小于 0，count 为 1–{MostAtOnce}。");
        var all = All(call).Where(media => media.Type == type).OrderByDescending(media => media.CreatedAt).ToList();
        var page = all.Skip(offset).Take(count).Select(media => new
        {
            media_id = media.MediaId, name = media.FileName, update_time = media.CreatedAt.ToUnixTimeSeconds(), url = MediaCalls.Address(call, media),
        }).ToList();
        return new { total_count = all.Count, item_count = page.Count, item = page };
    }

    static StoredMedia Find(PlatformCall call) => call.State.Media[call.Required("media_id", 40007)] is { Permanent: true } media && media.AppId == call.Account.AppId
        ? media : throw new PlatformError(40007, "invalid media_id", "没有这个永久素材。");

    static IEnumerable<StoredMedia> All(PlatformCall call) => call.State.Media.Values.Where(media => media.AppId == call.Account.AppId && media.Permanent);

    static (string Title, string Introduction) Description(PlatformCall call)
    {
        try
        {
            using var described = JsonDocument.Parse(call.Form("description") ?? "");
            return (described.RootElement.Text("title") ?? "", described.RootElement.Text("introduction") ?? "");
        }
        catch (JsonException)
        {
            throw new PlatformError(47001, "data format error", "视频素材要在表单的 description 里给出 JSON：title、introduction。");
        }
    }
}
