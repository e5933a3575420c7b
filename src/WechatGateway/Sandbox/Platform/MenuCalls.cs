using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>The menu at the bottom of an account's chat.</summary>
internal static class MenuCalls
{
    public static object Create(PlatformCall call)
    {
        MenuRules.Check(call.Body);
        var buttons = call.Body.Field("button") ?? throw new InvalidOperationException("MenuRules lets no menu without buttons pass");
        call.State.Menus.Put(call.Account.AppId, new(buttons.Clone(), call.Now));
        call.Platform.Feed.Tell("menu", new { appId = call.Account.AppId });
        return new { errcode = 0, errmsg = "ok" };
    }

    public static object Get(PlatformCall call) =>
        call.State.Menus[call.Account.AppId] is { } menu
            ? new { menu = new { button = menu.Buttons } }
            : throw new PlatformError(46003, "menu no exist", rule: null); // to ask is how one learns it

    public static object Delete(PlatformCall call)
    {
        call.State.Menus.Remove(call.Account.AppId);
        call.Platform.Feed.Tell("menu", new { appId = call.Account.AppId });
        return new { errcode = 0, errmsg = "ok" };
    }

    public static object Current(PlatformCall call) => call.State.Menus[call.Account.AppId] is { } menu
        ? new { is_menu_open = 1, selfmenu_info = new { button = menu.Buttons.EnumerateArray().Select(Published).ToList() } }
        : new { is_menu_open = 0 };

    /// <summary>This call shows submenus one level deeper than menu/get does: sub_button.list.</summary>
    static object Published(System.Text.Json.JsonElement button) => button.Items("sub_button") is { Count: > 0 } subs
        ? new { name = button.Text("name"), sub_button = new { list = subs } }
        : button;
}
