using System.Text;

namespace Courier.WechatGateway.Menu;

/// <summary>WeChat's limits of a menu (自定义菜单): said before WeChat refuses it with a bare number.</summary>
public static class MenuLimits
{
    private const int Tops = 3, Subs = 5, TopName = 16, SubName = 60, Key = 128, Url = 1024;

    /// <summary>One sentence for each breach, naming the entry; empty when WeChat will take the menu.</summary>
    /// <param name="setting">Name of the setting that holds the menu.</param>
    /// <param name="menu">The entries at the top.</param>
    public static IEnumerable<string> ProblemsOf(string setting, IReadOnlyList<MenuEntry> menu)
    {
        if (menu.Count is 0 or > Tops) yield return $"{setting} has {menu.Count} entries; WeChat takes 1 to {Tops} at the top";
        foreach (var problem in menu.SelectMany((top, i) => ProblemsOfTop($"{setting}:{i} '{top.Name}'", top))) yield return problem;
    }

    private static IEnumerable<string> ProblemsOfTop(string name, MenuEntry top)
    {
        foreach (var problem in ProblemsOfName(name, top.Name, TopName)) yield return problem;
        if (top.Children.Count == 0)
        {
            foreach (var problem in ProblemsOfAction(name, top)) yield return problem;
            yield break;
        }
        if (top.Children.Count > Subs) yield return $"{name} has {top.Children.Count} Children; WeChat takes at most {Subs}";
        if (top.Key.Length + top.Url.Length + top.AppId.Length > 0) yield return $"{name} has Children, so it is a heading and takes no Key, Url or AppId";
        foreach (var problem in top.Children.SelectMany((sub, i) => ProblemsOfSub($"{name} › Children:{i} '{sub.Name}'", sub))) yield return problem;
    }

    private static IEnumerable<string> ProblemsOfSub(string name, MenuEntry sub)
    {
        if (sub.Children.Count > 0) yield return $"{name} has Children; WeChat knows two levels only";
        foreach (var problem in ProblemsOfName(name, sub.Name, SubName).Concat(ProblemsOfAction(name, sub))) yield return problem;
    }

    private static IEnumerable<string> ProblemsOfName(string name, string text, int most)
    {
        if (string.IsNullOrWhiteSpace(text)) yield return $"{name}: Name is missing";
        else if (Bytes(text) > most) yield return $"{name}: Name has {Bytes(text)} bytes; WeChat takes at most {most} here, a Chinese character being 3";
    }

    private static IEnumerable<string> ProblemsOfAction(string name, MenuEntry entry) => entry.Type switch
    {
        MenuEntryType.View => ProblemsOfUrl(name, entry.Url),
        MenuEntryType.MiniProgram => ProblemsOfMiniProgram(name, entry),
        MenuEntryType.Click or MenuEntryType.ScanCodePush or MenuEntryType.ScanCodeWait or MenuEntryType.Camera
            or MenuEntryType.CameraOrAlbum or MenuEntryType.WechatAlbum or MenuEntryType.Location => ProblemsOfKey(name, entry),
    };

    private static IEnumerable<string> ProblemsOfKey(string name, MenuEntry entry)
    {
        if (entry.Key.Length == 0) yield return $"{name}: Key is required when Type is {entry.Type}";
        else if (Bytes(entry.Key) > Key) yield return $"{name}: Key has {Bytes(entry.Key)} bytes; WeChat takes at most {Key}";
    }

    private static IEnumerable<string> ProblemsOfUrl(string name, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
            yield return $"{name}: Url must be an absolute http or https address";
        else if (Bytes(url) > Url) yield return $"{name}: Url has {Bytes(url)} bytes; WeChat takes at most {Url}";
    }

    private static IEnumerable<string> ProblemsOfMiniProgram(string name, MenuEntry entry)
    {
        if (entry.AppId.Length == 0 || entry.PagePath.Length == 0) yield return $"{name}: AppId and PagePath are required when Type is MiniProgram";
        foreach (var problem in ProblemsOfUrl(name, entry.Url)) yield return problem;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
