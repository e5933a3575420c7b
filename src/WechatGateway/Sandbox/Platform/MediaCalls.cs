using System.Text.RegularExpressions;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Temporary media: real bytes, kept three days.</summary>
internal static partial class MediaCalls
{
    static readonly Dictionary<string, int> mostBytes = new()
    {
        ["image"] = 10 * 1024 * 1024,
        ["voice"] = 2 * 1024 * 1024,
        ["video"] = 10 * 1024 * 1024,
        ["thumb"] = 64 * 1024,
    };

    [GeneratedRegex("^[A-Za-z0-9_-]{10,100}$")]
    private static partial Regex MediaId();

    public static object Upload(PlatformCall call)
    {
        var type = call.Query("type") ?? "";
        var stored = Keep(call, type);
        var created = stored.CreatedAt.ToUnixTimeSeconds();
        return type == "thumb"
            ? new { type, thumb_media_id = stored.MediaId, created_at = created }
            : new { type, media_id = stored.MediaId, created_at = created };
    }

    /// <summary>Keeps the uploaded file when its kind and size are allowed.</summary>
    public static StoredMedia Keep(PlatformCall call, string type)
    {
        if (!mostBytes.TryGetValue(type, out var most))
            throw new PlatformError(40004, "invalid media type", "type 只能是 image、voice、video、thumb。");
        if (call.File is not { Bytes.Length: > 0 } file)
            throw new PlatformError(41005, "media data missing", "要用 multipart 的 media 字段上传文件，并带上 filename。");
        if (file.Bytes.Length > most) throw new PlatformError(45001, "media size out of limit", $"{type} 最大 {most / 1024} KB。");
        return Keep(call.Platform, call.Account.AppId, type, file);
    }

    public static string Address(PlatformCall call, StoredMedia media) => $"{call.Request.Scheme}://{call.Request.Host}/sandbox/wechat/mmbiz/{media.MediaId}";

    public static object Get(PlatformCall call)
    {
        var media = Find(call, call.Query("media_id"), null);
        if (media.Type == "video") return new { video_url = Address(call, media) };
        return Results.File(PathOf(call.Platform, media.MediaId), media.ContentType, media.FileName);
    }

    /// <summary>The bytes by address, as PicUrl and video_url give them.</summary>
    public static IResult Picture(SandboxPlatform platform, string mediaId)
    {
        StoredMedia? media;
        lock (platform.State.Gate) media = platform.State.Media[mediaId];
        return media is null ? Results.NotFound() : Results.File(PathOf(platform, media.MediaId), media.ContentType);
    }

    public static StoredMedia Keep(SandboxPlatform platform, string appId, string type, UploadedFile file)
    {
        var id = SandboxState.RandomText(64);
        Write(PathOf(platform, id), file.Bytes);
        return platform.State.Media.Put(id, new(id, appId, type, SafeName(file.FileName), ContentType(file), platform.Now));
    }

    /// <summary>The account's media of that id; 40007 when there is none, it is over its time or of another kind.</summary>
    public static StoredMedia Find(PlatformCall call, string? mediaId, string? type) =>
        Find(call.Platform, call.Account.AppId, mediaId, type)
        ?? throw new PlatformError(40007, "invalid media_id", "media_id 不存在、类型不符或已超过 3 天，应重新上传。");

    public static StoredMedia? Find(SandboxPlatform platform, string appId, string? mediaId, string? type) =>
        mediaId is not null && MediaId().IsMatch(mediaId) && platform.State.Media.TryGet(mediaId, out var media) && media.AppId == appId
            && IsKept(media, platform.Now, platform.Limits) && (type is null || media.Type == type) ? media : null;

    public static bool IsKept(StoredMedia media, DateTimeOffset now, SandboxLimits limits) => media.Permanent || now - media.CreatedAt < limits.MediaLifetime;

    public static string PathOf(SandboxPlatform platform, string mediaId) => System.IO.Path.Combine(platform.State.MediaDirectory, mediaId);

    /// <summary>Whole or not at all: beside its place, forced to the disk, then moved there.</summary>
    static void Write(string path, byte[] bytes)
    {
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
    }

    static string SafeName(string name) => System.IO.Path.GetFileName(name) is { Length: > 0 } given ? given : "media";

    static string ContentType(UploadedFile file) => System.IO.Path.GetExtension(file.FileName).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".amr" => "audio/amr",
        ".mp3" => "audio/mpeg",
        ".mp4" => "video/mp4",
        _ => file.ContentType.Length > 0 ? file.ContentType : "application/octet-stream",
    };
}
