using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>Kinds of WeChat app that a menu can be for; the numbers are WeChat's.</summary>
public enum ClientPlatform
{
    /// <summary>WeChat on iOS.</summary>
    Ios = 1,

    /// <summary>WeChat on Android.</summary>
    Android = 2,

    /// <summary>Any other.</summary>
    Other = 3,
}

/// <summary>
/// For whom a menu is (matchrule). Whoever has the tag and the kind of app sees it; when several match, the one made last counts.
/// Sex, place and language are withdrawn by WeChat.
/// </summary>
/// <param name="TagId">Followers with this tag; null for all.</param>
/// <param name="Platform">Followers with this kind of app; null for all.</param>
public sealed record MenuMatch(int? TagId = null, ClientPlatform? Platform = null);

/// <summary>
/// menu/addconditional: a menu for some (个性化菜单). There must be a menu for everybody (65301), and it must not be changed:
/// another is made and the old one deleted.
/// </summary>
/// <param name="Buttons">One to three entries.</param>
/// <param name="Match">For whom; at least one condition.</param>
public sealed record AddConditionalMenu(IReadOnlyList<MenuButton> Buttons, MenuMatch Match) : WechatCall<ConditionalMenuAdded>
{
    /// <summary>One to three entries.</summary>
    public IReadOnlyList<MenuButton> Buttons { get; } = Limit.Items(Buttons, 1, 3, nameof(Buttons));

    /// <summary>For whom; at least one condition.</summary>
    public MenuMatch Match { get; } = Match is { TagId: null, Platform: null }
        ? throw new ArgumentException("A menu for some needs a tag or a kind of app; for everybody there is menu/create.", nameof(Match)) : Match;

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/menu/addconditional");

    internal override HttpContent Content(WechatAccount account) =>
        Json(new ConditionalMenuBody(Buttons, MatchRuleBody.Of(Match)), WechatJson.Relaxed.ConditionalMenuBody);

    internal override ConditionalMenuAdded Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.ConditionalMenuAdded);
}

/// <summary>Body of menu/addconditional.</summary>
internal sealed record ConditionalMenuBody(IReadOnlyList<MenuButton> Button, [property: JsonPropertyName("matchrule")] MatchRuleBody MatchRule);

/// <summary>A matchrule. WeChat writes its numbers as text, and blank where there is none; menus of old times have a group in the place of a tag.</summary>
internal sealed record MatchRuleBody(
    [property: JsonConverter(typeof(NumberOrBlank))] long? TagId = null,
    [property: JsonConverter(typeof(NumberOrBlank))] long? GroupId = null,
    [property: JsonConverter(typeof(NumberOrBlank))] long? ClientPlatformType = null)
{
    public static MatchRuleBody Of(MenuMatch match) => new(match.TagId, null, (long?)match.Platform);

    public MenuMatch ToMatch() => new((int?)(TagId ?? GroupId), (ClientPlatform?)ClientPlatformType);
}

/// <summary>A menu for some that was made.</summary>
/// <param name="MenuId">Its number: what deletes it, and what events of its entries carry.</param>
public sealed record ConditionalMenuAdded([property: JsonPropertyName("menuid")] long MenuId);
