using System.Text;

namespace Courier.WechatGateway.Menu;

/// <summary>Which limit of WeChat a menu entry breaks.</summary>
internal enum MenuLimit
{
    /// <summary>1 to 3 entries at the top.</summary>
    TopCount,

    /// <summary>1 to 5 entries below a heading.</summary>
    SubCount,

    /// <summary>Two levels only.</summary>
    Levels,

    /// <summary>A heading does nothing itself.</summary>
    HeadingActs,

    /// <summary>An entry has a name.</summary>
    NameMissing,

    /// <summary>A name is 16 bytes long at the top and 60 below.</summary>
    NameLength,

    /// <summary>What tells us its key has one.</summary>
    KeyMissing,

    /// <summary>A key is 128 bytes long.</summary>
    KeyLength,

    /// <summary>A page has an absolute http or https address.</summary>
    UrlForm,

    /// <summary>An address is 1024 bytes long.</summary>
    UrlLength,

    /// <summary>A mini-program has an AppID.</summary>
    AppIdMissing,

    /// <summary>A mini-program has a page.</summary>
    PagePathMissing,
}

/// <summary>A limit that an entry breaks.</summary>
/// <param name="Path">The places of the entry and of those above it; empty for the menu itself.</param>
/// <param name="Name">The entry's name.</param>
/// <param name="Limit">Which limit.</param>
/// <param name="Actual">How many entries or bytes there are.</param>
/// <param name="Most">How many there may be.</param>
/// <param name="Type">What the entry does.</param>
internal sealed record MenuBreach(IReadOnlyList<int> Path, string Name, MenuLimit Limit, int Actual = 0, int Most = 0, MenuEntryType Type = MenuEntryType.Click);

/// <summary>WeChat's limits of a menu (自定义菜单): said before WeChat refuses it with a bare number.</summary>
public static class MenuLimits
{
    private const int Tops = 3, Subs = 5, TopName = 16, SubName = 60, Key = 128, Url = 1024;

    /// <summary>One sentence for each breach, naming the entry; empty when WeChat will take the menu.</summary>
    /// <param name="setting">Name of the setting that holds the menu.</param>
    /// <param name="menu">The entries at the top.</param>
    public static IEnumerable<string> ProblemsOf(string setting, IReadOnlyList<MenuEntry> menu) =>
        BreachesOf(menu).Select(b => Sentence(Entry(setting, menu, b), b)).Distinct();

    /// <summary>Every breach, in the order of the entries.</summary>
    internal static IEnumerable<MenuBreach> BreachesOf(IReadOnlyList<MenuEntry> menu)
    {
        if (menu.Count is 0 or > Tops) yield return new([], "", MenuLimit.TopCount, menu.Count, Tops);
        foreach (var breach in menu.SelectMany((top, i) => OfTop([i], top))) yield return breach;
    }

    private static IEnumerable<MenuBreach> OfTop(IReadOnlyList<int> path, MenuEntry top)
    {
        foreach (var breach in OfName(path, top, TopName)) yield return breach;
        if (top.Children.Count == 0)
        {
            foreach (var breach in OfAction(path, top)) yield return breach;
            yield break;
        }
        if (top.Children.Count > Subs) yield return new(path, top.Name, MenuLimit.SubCount, top.Children.Count, Subs);
        if (top.Key.Length + top.Url.Length + top.AppId.Length > 0) yield return new(path, top.Name, MenuLimit.HeadingActs);
        foreach (var breach in top.Children.SelectMany((sub, i) => OfSub([.. path, i], sub))) yield return breach;
    }

    private static IEnumerable<MenuBreach> OfSub(IReadOnlyList<int> path, MenuEntry sub)
    {
        if (sub.Children.Count > 0) yield return new(path, sub.Name, MenuLimit.Levels);
        foreach (var breach in OfName(path, sub, SubName).Concat(OfAction(path, sub))) yield return breach;
    }

    private static IEnumerable<MenuBreach> OfName(IReadOnlyList<int> path, MenuEntry entry, int most)
    {
        if (string.IsNullOrWhiteSpace(entry.Name)) yield return new(path, entry.Name, MenuLimit.NameMissing);
        else if (Bytes(entry.Name) > most) yield return new(path, entry.Name, MenuLimit.NameLength, Bytes(entry.Name), most);
    }

    private static IEnumerable<MenuBreach> OfAction(IReadOnlyList<int> path, MenuEntry entry) => entry.Type switch
    {
        MenuEntryType.View => OfUrl(path, entry),
        MenuEntryType.MiniProgram => OfMiniProgram(path, entry),
        MenuEntryType.Click or MenuEntryType.ScanCodePush or MenuEntryType.ScanCodeWait or MenuEntryType.Camera
            or MenuEntryType.CameraOrAlbum or MenuEntryType.WechatAlbum or MenuEntryType.Location => OfKey(path, entry),
    };

    private static IEnumerable<MenuBreach> OfKey(IReadOnlyList<int> path, MenuEntry entry)
    {
        if (entry.Key.Length == 0) yield return new(path, entry.Name, MenuLimit.KeyMissing, Type: entry.Type);
        else if (Bytes(entry.Key) > Key) yield return new(path, entry.Name, MenuLimit.KeyLength, Bytes(entry.Key), Key);
    }

    private static IEnumerable<MenuBreach> OfUrl(IReadOnlyList<int> path, MenuEntry entry)
    {
        if (!Uri.TryCreate(entry.Url, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
            yield return new(path, entry.Name, MenuLimit.UrlForm);
        else if (Bytes(entry.Url) > Url) yield return new(path, entry.Name, MenuLimit.UrlLength, Bytes(entry.Url), Url);
    }

    private static IEnumerable<MenuBreach> OfMiniProgram(IReadOnlyList<int> path, MenuEntry entry)
    {
        if (entry.AppId.Length == 0) yield return new(path, entry.Name, MenuLimit.AppIdMissing);
        if (entry.PagePath.Length == 0) yield return new(path, entry.Name, MenuLimit.PagePathMissing);
        foreach (var breach in OfUrl(path, entry)) yield return breach;
    }

    private static string Entry(string setting, IReadOnlyList<MenuEntry> menu, MenuBreach breach) => breach.Path switch
    {
        [] => setting,
        [var top] => $"{setting}:{top} '{breach.Name}'",
        [var top, var sub, ..] => $"{setting}:{top} '{menu[top].Name}' › Children:{sub} '{breach.Name}'",
    };

    private static string Sentence(string entry, MenuBreach breach) => breach.Limit switch
    {
        MenuLimit.TopCount => $"{entry} has {breach.Actual} entries; WeChat takes 1 to {breach.Most} at the top",
        MenuLimit.SubCount => $"{entry} has {breach.Actual} Children; WeChat takes at most {breach.Most}",
        MenuLimit.Levels => $"{entry} has Children; WeChat knows two levels only",
        MenuLimit.HeadingActs => $"{entry} has Children, so it is a heading and takes no Key, Url or AppId",
        MenuLimit.NameMissing => $"{entry}: Name is missing",
        MenuLimit.NameLength => $"{entry}: Name has {breach.Actual} bytes; WeChat takes at most {breach.Most} here, a Chinese character being 3",
        MenuLimit.KeyMissing => $"{entry}: Key is required when Type is {breach.Type}",
        MenuLimit.KeyLength => $"{entry}: Key has {breach.Actual} bytes; WeChat takes at most {breach.Most}",
        MenuLimit.UrlForm => $"{entry}: Url must be an absolute http or https address",
        MenuLimit.UrlLength => $"{entry}: Url has {breach.Actual} bytes; WeChat takes at most {breach.Most}",
        MenuLimit.AppIdMissing => $"{entry}: AppId and PagePath are required when Type is MiniProgram",
        MenuLimit.PagePathMissing => $"{entry}: AppId and PagePath are required when Type is MiniProgram",
    };

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
