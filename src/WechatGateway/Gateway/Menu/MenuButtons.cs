using Courier.Wechat.Client.Calls;

namespace Courier.WechatGateway.Menu;

/// <summary>The configured menu in WeChat's form, and whether WeChat has it already.</summary>
internal static class MenuButtons
{
    public static IReadOnlyList<MenuButton> Of(IReadOnlyList<MenuEntry> menu) => [.. menu.Select(Of)];

    /// <summary>Are they the same menu to a customer? WeChat's answer has empty lists and texts where ours has nothing.</summary>
    public static bool Same(IReadOnlyList<MenuButton>? ours, IReadOnlyList<MenuButton>? theirs) =>
        (ours?.Count ?? 0) == (theirs?.Count ?? 0) && (ours is null || ours.Zip(theirs ?? []).All(p => Same(p.First, p.Second)));

    private static bool Same(MenuButton ours, MenuButton theirs) =>
        ours.Name == theirs.Name && Equal(ours.Type, theirs.Type) && Equal(ours.Key, theirs.Key) && Equal(ours.Url, theirs.Url)
        && Equal(ours.AppId, theirs.AppId) && Equal(ours.PagePath, theirs.PagePath) && Same(ours.SubButton, theirs.SubButton);

    private static bool Equal(string? a, string? b) => string.Equals(a ?? "", b ?? "", StringComparison.Ordinal);

    private static MenuButton Of(MenuEntry entry) => entry.Children.Count > 0
        ? MenuButton.Group(entry.Name, [.. entry.Children.Select(Of)])
        : entry.Type switch
        {
            MenuEntryType.Click => MenuButton.WithKey("click", entry.Name, entry.Key),
            MenuEntryType.View => MenuButton.View(entry.Name, entry.Url),
            MenuEntryType.ScanCodePush => MenuButton.WithKey("scancode_push", entry.Name, entry.Key),
            MenuEntryType.ScanCodeWait => MenuButton.WithKey("scancode_waitmsg", entry.Name, entry.Key),
            MenuEntryType.Camera => MenuButton.WithKey("pic_sysphoto", entry.Name, entry.Key),
            MenuEntryType.CameraOrAlbum => MenuButton.WithKey("pic_photo_or_album", entry.Name, entry.Key),
            MenuEntryType.WechatAlbum => MenuButton.WithKey("pic_weixin", entry.Name, entry.Key),
            MenuEntryType.Location => MenuButton.WithKey("location_select", entry.Name, entry.Key),
            MenuEntryType.MiniProgram => MenuButton.MiniProgram(entry.Name, entry.AppId, entry.PagePath, entry.Url),
        };
}
