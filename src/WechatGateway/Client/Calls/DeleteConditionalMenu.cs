using System.Globalization;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>menu/delconditional: takes away one menu for some; 65303 when there is none with that number.</summary>
/// <param name="MenuId">Its number.</param>
public sealed record DeleteConditionalMenu(long MenuId) : WechatCall<Done>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/menu/delconditional");

    internal override HttpContent Content(WechatAccount account) =>
        Json(new MenuIdBody(MenuId.ToString(CultureInfo.InvariantCulture)), WechatJson.Relaxed.MenuIdBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of menu/delconditional; WeChat wants the number as text.</summary>
internal sealed record MenuIdBody([property: JsonPropertyName("menuid")] string MenuId);
