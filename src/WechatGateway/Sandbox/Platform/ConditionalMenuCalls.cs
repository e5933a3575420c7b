using System.Globalization;
using System.Text.Json;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Personalised menus (个性化菜单): /cgi-bin/menu/addconditional, delconditional and trymatch.</summary>
internal static class ConditionalMenuCalls
{
    public static object Add(PlatformCall call)
    {
        if (call.State.Menus[call.Account.AppId] is null)
            throw new PlatformError(65303, "there is no selfmenu, please create selfmenu first", "要先用 menu/create 建好默认菜单，才能创建个性化菜单。");
        var buttons = MenuCalls.Buttons(call);
        var (tag, platform) = Rule(call, call.Body.Field("matchrule"));
        var menu = new ConditionalMenu(400_000_000 + call.State.Next(), call.Account.AppId, buttons, tag, platform);
        call.State.ConditionalMenus.Put(Key(menu), menu);
        MenuCalls.Told(call);
        return new { menuid = Text(menu.MenuId) };
    }

    public static object Delete(PlatformCall call)
    {
        var menuId = call.Body.Number("menuid");
        var menu = Of(call.State, call.Account.AppId).FirstOrDefault(known => known.MenuId == menuId)
            ?? throw new PlatformError(65301, "no such conditional menu", "没有这个 menuid 的个性化菜单。");
        call.State.ConditionalMenus.Remove(Key(menu));
        MenuCalls.Told(call);
        return PlatformCall.Ok;
    }

    /// <summary>Which menu somebody sees; the person is named by openid (WeChat also takes a WeChat id, which the sandbox has none of).</summary>
    public static object TryMatch(PlatformCall call)
    {
        var person = call.State.Followers[call.Required("user_id", 40003)];
        if (person is null || person.AppId != call.Account.AppId || !person.Following)
            throw new PlatformError(65302, "no such user", "user_id 不是这个公众号的关注者。");
        return MenuCalls.Seen(call.State, person) is { } seen
            ? new { button = seen.Buttons }
            : throw new PlatformError(46003, "menu no exist", rule: null);
    }

    /// <summary>An account's personalised menus, the newest last.</summary>
    public static IReadOnlyList<ConditionalMenu> Of(SandboxState state, string appId) =>
        [.. state.ConditionalMenus.Values.Where(menu => menu.AppId == appId).OrderBy(menu => menu.MenuId)];

    public static object Shown(ConditionalMenu menu) => new
    {
        button = menu.Buttons,
        matchrule = new { tag_id = menu.TagId is { } tag ? Text(tag) : null, client_platform_type = menu.ClientPlatform is { } kind ? Text(kind) : null },
        menuid = menu.MenuId,
    };

    public static string Key(ConditionalMenu menu) => $"{menu.AppId}/{Text(menu.MenuId)}";

    static (int? Tag, int? Platform) Rule(PlatformCall call, JsonElement? matchrule)
    {
        if (matchrule is not { ValueKind: JsonValueKind.Object } rule || !rule.EnumerateObject().Any(part => part.Value.ValueKind != JsonValueKind.Null))
            throw Empty("matchrule 不能为空。");
        var tag = (int?)rule.Number("tag_id");
        if (tag is { } id && TagCalls.Find(call, id) is null) throw new PlatformError(45159, "invalid tag id", "matchrule 里的 tag_id 不存在。");
        var platform = (int?)rule.Number("client_platform_type");
        if (platform is not (null or 1 or 2 or 3)) throw Empty("client_platform_type 只能是 1（iOS）、2（Android）、3（其他）。");
        return tag is null && platform is null
            ? throw Empty("matchrule 里没有可用的条件：用 tag_id 或 client_platform_type；性别、地区、语言已被微信下线。") : (tag, platform);
    }

    static PlatformError Empty(string rule) => new(65304, "match rule empty", rule);
    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
