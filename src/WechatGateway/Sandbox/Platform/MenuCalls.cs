using System.Text.Json;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>The menu at the bottom of an account's chat.</summary>
internal static class MenuCalls
{
    public static object Create(PlatformCall call)
    {
        call.State.Menus.Put(call.Account.AppId, new(Buttons(call), call.Now));
        Told(call);
        return PlatformCall.Ok;
    }

    /// <summary>menuid is told only when personalised menus stand beside the one for all.</summary>
    public static object Get(PlatformCall call)
    {
        var menu = call.State.Menus[call.Account.AppId] ?? throw new PlatformError(46003, "menu no exist", rule: null); // to ask is how one learns it
        var conditional = ConditionalMenuCalls.Of(call.State, call.Account.AppId);
        return conditional.Count == 0
            ? new { menu = new { button = menu.Buttons } }
            : new { menu = new { button = menu.Buttons, menuid = DefaultMenuId(menu) }, conditionalmenu = conditional.Select(ConditionalMenuCalls.Shown).ToList() };
    }

    /// <summary>Deletes the menu for all and every personalised one.</summary>
    public static object Delete(PlatformCall call)
    {
        call.State.Menus.Remove(call.Account.AppId);
        foreach (var menu in ConditionalMenuCalls.Of(call.State, call.Account.AppId)) call.State.ConditionalMenus.Remove(ConditionalMenuCalls.Key(menu));
        Told(call);
        return PlatformCall.Ok;
    }

    public static object Current(PlatformCall call) => call.State.Menus[call.Account.AppId] is { } menu
        ? new { is_menu_open = 1, selfmenu_info = new { button = menu.Buttons.EnumerateArray().Select(Published).ToList() } }
        : new { is_menu_open = 0 };

    /// <summary>The buttons of the body when they keep the rules.</summary>
    public static JsonElement Buttons(PlatformCall call)
    {
        MenuRules.Check(call.Body);
        return (call.Body.Field("button") ?? throw new InvalidOperationException("MenuRules lets no menu without buttons pass")).Clone();
    }

    /// <summary>What a follower sees: the newest personalised menu that fits, else the one for all.</summary>
    public static (JsonElement Buttons, long MenuId)? Seen(SandboxState state, Follower person)
    {
        if (ConditionalMenuCalls.Of(state, person.AppId).LastOrDefault(menu => menu.Fits(person)) is { } fitting) return (fitting.Buttons, fitting.MenuId);
        return state.Menus[person.AppId] is { } menu ? (menu.Buttons, DefaultMenuId(menu)) : null;
    }

    public static void Told(PlatformCall call) => call.Platform.Feed.Tell("menu", new { appId = call.Account.AppId });

    static long DefaultMenuId(StoredMenu menu) => 200_000_000 + menu.PublishedAt.ToUnixTimeSeconds() % 100_000_000;

    /// <summary>This call shows submenus one level deeper than menu/get does: sub_button.list.</summary>
    static object Published(JsonElement button) => button.Items("sub_button") is { Count: > 0 } subs
        ? new { name = button.Text("name"), sub_button = new { list = subs } }
        : button;
}
