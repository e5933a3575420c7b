namespace Courier.Wechat.Client.Calls;

/// <summary>menu/create: replaces the menu of the account. Customers see it within five minutes, or at once after following again.</summary>
/// <param name="Buttons">One to three entries.</param>
public sealed record CreateMenu(IReadOnlyList<MenuButton> Buttons) : WechatCall<Done>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/menu/create");

    internal override HttpContent Content(WechatAccount account) => Json(new MenuBody(Buttons), WechatJson.Relaxed.MenuBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}
