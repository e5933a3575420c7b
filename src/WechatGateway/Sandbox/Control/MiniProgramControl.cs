using System.Text.Json;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>Scanning codes and opening links of mini-programs on a phone.</summary>
internal static class MiniProgramControl
{
    public static void MapMiniPrograms(this IEndpointRouteBuilder group, SandboxPlatform platform)
    {
        group.MapGet("/wxacodes", () => Codes(platform));
        group.MapPost("/open", (JsonElement body) => Open(platform, body));
    }

    /// <summary>All codes that mini-programs made, the newest first.</summary>
    static IResult Codes(SandboxPlatform platform)
    {
        lock (platform.State.Gate)
            return Results.Json(new
            {
                codes = platform.State.Entries.Values.Where(entry => entry.Kind is "unlimited" or "wxacode" or "qrcode").OrderByDescending(entry => entry.CreatedAt).Take(30)
                    .Select(entry => new { entry.Id, entry.Content, entry.Path, entry.Query, picture = $"/sandbox/wechat/wxacode/{entry.Id}" }).ToList(),
            }, JsonFields.Wire);
    }

    /// <summary>
    /// {openid, content}: content is what a code holds or a link; or {openid, appId, path}: a menu or card names the page. A
    /// link belongs to the first who opens it.
    /// </summary>
    static IResult Open(SandboxPlatform platform, JsonElement body)
    {
        lock (platform.State.Gate)
        {
            var openId = body.Text("openid") ?? throw new ControlError("openid is required");
            if (platform.State.Followers[openId] is not { } person) throw new ControlError($"there is no follower {openId}", 404);
            return body.Text("content") is { } content
                ? ByEntry(platform, person, Entry(platform, openId, content))
                : ByPath(platform, person, body.Text("appId"), body.Text("path") ?? "");
        }
    }

    static IResult ByEntry(SandboxPlatform platform, Follower person, MiniProgramEntry entry) => Opened(platform, person, entry.AppId, entry.Path, entry.Query);

    static IResult ByPath(SandboxPlatform platform, Follower person, string? appId, string path)
    {
        var parts = path.Split('?', 2);
        return Opened(platform, person, appId ?? "", parts[0].TrimStart('/'), parts.ElementAtOrDefault(1) ?? "");
    }

    static MiniProgramEntry Entry(SandboxPlatform platform, string openId, string content)
    {
        var entry = platform.State.Entries.Values.FirstOrDefault(known => known.Content == content.Trim()) ?? throw new ControlError("no mini-program is behind this", 404);
        if (entry.ExpiresAt <= platform.Now) throw new ControlError("this link is over its time", 409);
        if (entry.ExpiresAt is null) return entry;
        if (entry.OpenedBy is { } first && first != openId) throw new ControlError("this link was opened by somebody else", 409);
        return platform.State.Entries.Put(entry.Id, entry with { OpenedBy = openId });
    }

    /// <summary>Who the person is in the mini-program: the one with the same unionid, or themselves.</summary>
    static IResult Opened(SandboxPlatform platform, Follower person, string appId, string path, string query)
    {
        var account = platform.Account(appId);
        var inside = person.AppId == appId ? person
            : platform.State.Followers.Values.FirstOrDefault(other => other.AppId == appId && other.UnionId is not null && other.UnionId == person.UnionId);
        var page = path.Length == 0 ? "pages/index/index" : path;
        return Results.Json(new
        {
            appId, name = account?.Name ?? "小程序", path = page, query, openid = inside?.OpenId,
            scene = Scene(query), page = platform.Options.MiniProgramBase.Length == 0 ? null : platform.Options.MiniProgramBase + page + (query.Length > 0 ? "?" + query : ""),
        }, JsonFields.Wire);
    }

    /// <summary>The scene as the page gets it: still percent-encoded there, decoded here for reading.</summary>
    static string? Scene(string query) => query.Split('&').FirstOrDefault(part => part.StartsWith("scene=", StringComparison.Ordinal)) is { } part
        ? Uri.UnescapeDataString(part["scene=".Length..]) : null;
}
