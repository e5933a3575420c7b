using Courier.WechatGateway.Editions;

namespace Courier.WechatGateway.Menu;

/// <summary>A menu for followers with a tag.</summary>
internal sealed record PersonalMenu
{
    /// <summary>The tag.</summary>
    public required long TagId { get; init; }

    /// <summary>The entries at the top.</summary>
    public required IReadOnlyList<MenuEntry> Entries { get; init; }
}

/// <summary>The menus of an account.</summary>
internal sealed record MenuContent
{
    /// <summary>The entries at the top of the menu for everybody.</summary>
    public IReadOnlyList<MenuEntry> Default { get; init; } = [];

    /// <summary>Menus for some; the first that fits a follower is shown.</summary>
    public IReadOnlyList<PersonalMenu> Personal { get; init; } = [];

    /// <exception cref="Http.BadInput">It cannot be read.</exception>
    public static MenuContent Read(string json)
    {
        var content = ContentJson.Read<MenuContent>(json);
        return content.Personal.All(p => p is not null) && content.Personal.Select(p => p.Entries).Append(content.Default).All(AreWhole) ? content : throw ContentJson.Unreadable();
    }

    public static string Write(MenuContent content) => ContentJson.Write(content with
    {
        Default = Clean(content.Default), Personal = [.. content.Personal.Select(p => p with { Entries = Clean(p.Entries) })],
    });

    private static bool AreWhole(IReadOnlyList<MenuEntry> entries) => entries.All(e => e is not null && AreWhole(e.Children));

    // What another type of entry has left behind is not published.
    private static IReadOnlyList<MenuEntry> Clean(IReadOnlyList<MenuEntry> entries) => [.. entries.Select(Clean)];

    private static MenuEntry Clean(MenuEntry entry) => entry.Children.Count > 0
        ? new() { Name = entry.Name.Trim(), Children = Clean(entry.Children) }
        : entry.Type switch
        {
            MenuEntryType.View => new() { Name = entry.Name.Trim(), Type = entry.Type, Url = entry.Url.Trim() },
            MenuEntryType.MiniProgram => entry with { Name = entry.Name.Trim(), Key = "", Url = entry.Url.Trim(), AppId = entry.AppId.Trim(), PagePath = entry.PagePath.Trim() },
            MenuEntryType.Click or MenuEntryType.ScanCodePush or MenuEntryType.ScanCodeWait or MenuEntryType.Camera or MenuEntryType.CameraOrAlbum
                or MenuEntryType.WechatAlbum or MenuEntryType.Location => new() { Name = entry.Name.Trim(), Type = entry.Type, Key = entry.Key.Trim() },
        };
}
