namespace Courier.WechatGateway.Menu;

/// <summary>What a menu entry does when it is tapped.</summary>
public enum MenuEntryType
{
    /// <summary>Tells us its key.</summary>
    Click,

    /// <summary>Opens a page.</summary>
    View,

    /// <summary>Scans a code and shows its content.</summary>
    ScanCodePush,

    /// <summary>Scans a code and waits for our answer.</summary>
    ScanCodeWait,

    /// <summary>Takes a picture.</summary>
    Camera,

    /// <summary>Takes or chooses a picture.</summary>
    CameraOrAlbum,

    /// <summary>Chooses pictures of WeChat's album.</summary>
    WechatAlbum,

    /// <summary>Lets the customer pick a place.</summary>
    Location,

    /// <summary>Opens a mini-program.</summary>
    MiniProgram,
}

/// <summary>One entry of a menu, or a heading with <see cref="Children"/>.</summary>
public sealed record MenuEntry
{
    /// <summary>What the customer reads; at most 16 bytes (five Chinese characters) at the top, 60 bytes below.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it does; without meaning for a heading.</summary>
    public MenuEntryType Type { get; init; } = MenuEntryType.Click;

    /// <summary>What a click tells us: a command such as <c>track</c>, or a word of the keyword table; at most 128 bytes.</summary>
    public string Key { get; init; } = "";

    /// <summary>Page of <see cref="MenuEntryType.View"/>, or what an old WeChat opens instead of the mini-program; at most 1024 bytes.</summary>
    public string Url { get; init; } = "";

    /// <summary>AppID of the mini-program.</summary>
    public string AppId { get; init; } = "";

    /// <summary>Page of the mini-program.</summary>
    public string PagePath { get; init; } = "";

    /// <summary>Entries below a heading, at most five.</summary>
    public IReadOnlyList<MenuEntry> Children { get; init; } = [];
}
