using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>menu/get: the menu that was made by a call. An account without one (46003) answers an empty menu.</summary>
public sealed record GetMenu : WechatCall<AccountMenu>
{
    private const int NoMenu = 46003;

    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/menu/get");

    internal override AccountMenu Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.AccountMenu);

    internal override bool IsAnswer(int code, out AccountMenu response)
    {
        response = AccountMenu.None;
        return code == NoMenu;
    }
}

/// <summary>The menus of an account.</summary>
/// <param name="Menu">The menu for everybody.</param>
/// <param name="Conditionalmenu">Menus for some; null when there are none.</param>
public sealed record AccountMenu(MenuForAll Menu, IReadOnlyList<MenuForSome>? Conditionalmenu = null)
{
    /// <summary>No menu at all.</summary>
    public static AccountMenu None { get; } = new(new MenuForAll([]));
}

/// <summary>The menu for everybody.</summary>
/// <param name="Button">Its entries at the top.</param>
/// <param name="Menuid">Its number; null when there are only menus for everybody.</param>
public sealed record MenuForAll(IReadOnlyList<MenuButton> Button, long? Menuid = null);

/// <summary>A menu for some (个性化菜单).</summary>
/// <param name="Button">Its entries at the top.</param>
/// <param name="Menuid">Its number.</param>
public sealed record MenuForSome(IReadOnlyList<MenuButton> Button, long Menuid)
{
    /// <summary>For whom it is; a group of old times counts as the tag that it became.</summary>
    [JsonIgnore]
    public MenuMatch Match => (MatchRule ?? new MatchRuleBody()).ToMatch();

    /// <summary>The matchrule as WeChat tells it.</summary>
    [JsonInclude, JsonPropertyName("matchrule")]
    internal MatchRuleBody? MatchRule { get; init; }
}
