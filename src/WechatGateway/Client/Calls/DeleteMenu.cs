namespace Courier.Wechat.Client.Calls;

/// <summary>menu/delete: takes away the menu and those for some.</summary>
public sealed record DeleteMenu : WechatCall<Done>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/menu/delete");

    internal override Done Read(CallAnswer answer) => Done.Well;
}
