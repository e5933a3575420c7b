using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>One entry of the menu (自定义菜单). What each type needs is said beside its maker; limits are WeChat's to check, or the caller's before.</summary>
public sealed record MenuButton
{
    /// <summary>Label: at most 16 bytes at the top, 60 below.</summary>
    public required string Name { get; init; }

    /// <summary>Type such as <c>click</c>; null for an entry with entries below it.</summary>
    public string? Type { get; init; }

    /// <summary>EventKey of click, scan, picture and location entries; at most 128 bytes.</summary>
    public string? Key { get; init; }

    /// <summary>Page of view entries, and what old clients open of miniprogram ones; at most 1024 bytes.</summary>
    public string? Url { get; init; }

    /// <summary>Material of media_id and view_limited.</summary>
    public string? MediaId { get; init; }

    /// <summary>Article of article_id and article_view_limited.</summary>
    public string? ArticleId { get; init; }

    /// <summary>AppID of a mini-program.</summary>
    [JsonPropertyName("appid")]
    public string? AppId { get; init; }

    /// <summary>Page of a mini-program.</summary>
    [JsonPropertyName("pagepath")]
    public string? PagePath { get; init; }

    /// <summary>Entries below; null or empty for an entry of its own. WeChat's answer has an empty list where there are none.</summary>
    public IReadOnlyList<MenuButton>? SubButton { get; init; }

    /// <summary>An entry that sends its key (click), scans (scancode_push, scancode_waitmsg), takes pictures (pic_*) or a place (location_select).</summary>
    public static MenuButton WithKey(string type, string name, string key) => new() { Type = type, Name = name, Key = key };

    /// <summary>An entry that opens a page.</summary>
    public static MenuButton View(string name, string url) => new() { Type = "view", Name = name, Url = url };

    /// <summary>An entry that opens a mini-program; the page is for clients that cannot.</summary>
    public static MenuButton MiniProgram(string name, string appId, string pagePath, string url) =>
        new() { Type = "miniprogram", Name = name, AppId = appId, PagePath = pagePath, Url = url };

    /// <summary>An entry with one to five entries below it.</summary>
    public static MenuButton Group(string name, params IReadOnlyList<MenuButton> entries) => new() { Name = name, SubButton = entries };
}

/// <summary>Body of menu/create, and the part <c>menu</c> of menu/get.</summary>
internal sealed record MenuBody(IReadOnlyList<MenuButton> Button);
